/** Arguments of an output, and those that a client gets. */
interface Sample {
  readonly title: string
  readonly args: readonly unknown[]
  /** The arguments that arrive, if they are not equal to those given. */
  readonly arrives?: readonly unknown[]
}

interface Value {
  readonly at: Date
  readonly day: Date
  readonly text: string
  readonly bytes?: Uint8Array
  readonly note?: string
}

const at = new Date('2026-01-02T03:04:05.678Z')
const day = new Date('2026-01-02')
const value = { at, day, text: 'some' }
const bytes = Uint8Array.of(1, 2, 255)

/** PostgreSQL's notifications have fewer than 8,000 bytes, of which some are the packet's own. */
const LENGTHS = [7_700, 7_750, 7_800, 7_850, 7_900, 7_950, 8_000, 8_100, 100_000]

/** Arguments of `sampled.note`, `sampled.date` and `sampled.pack`. */
export const SAMPLES: Readonly<Record<'note' | 'date' | 'pack', readonly Sample[]>> = {
  note: [
    { title: 'without optional arguments', args: ['a'] },
    { title: 'with an optional argument', args: ['a', 1] },
    { title: 'with all arguments', args: ['a', 1, 'c'] },
    { title: 'with undefined at the end', args: ['a', undefined], arrives: ['a'] },
    { title: 'with a text that looks like an offset', args: ['a', 1, '1767323045678-0'] },
    { title: 'with an empty text', args: ['', 0, ''] },
    ...LENGTHS.map((length): Sample => ({ title: `of ${length} bytes`, args: ['x'.repeat(length), 1] })),
    { title: 'of many bytes in few characters', args: ['ü€😀'.repeat(2_000), 1] },
  ],
  date: [
    { title: 'with a date and a transform', args: [at, { day, note: 'noted' }] },
    { title: 'with an undefined property', args: [at, { day, note: undefined }], arrives: [at, { day }] },
  ],
  pack: [
    { title: 'with bytes', args: [bytes, value] },
    { title: 'with a Buffer that is a part of another', args: [Buffer.from('abcdef').subarray(2, 4), value] },
    { title: 'with no bytes', args: [new Uint8Array(), { ...value, bytes: new Uint8Array() }] },
    { title: 'with many bytes', args: [new Uint8Array(100_000).fill(7), { ...value, bytes, note: 'noted' }] },
    {
      title: 'with bytes and an undefined property',
      args: [bytes, { ...value, note: undefined }],
      arrives: [bytes, value],
    },
  ],
}

/** Values that clients answer with. */
export const VALUES: readonly Value[] = [
  value,
  { ...value, note: 'noted' },
  { ...value, bytes },
  { ...value, text: 'x'.repeat(9_000) },
  { ...value, text: 'x'.repeat(9_000), bytes: new Uint8Array(9_000).fill(7) },
]
