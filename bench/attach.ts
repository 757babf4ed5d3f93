/**
 * Measures what the size of a contract costs once: its definition, `attach`, its document and the first calls. Each contract is
 * measured in a cold process of its own. The sizes take turns, in a different order each time. Every figure is also given per
 * event, as a ratio to that of 100 events in the same turn, so that disproportionate growth shows.
 */
import { parseArgs } from 'node:util'
import { measure, STEPS, type Measured, type Step } from './attach/measure.js'
import { median, spread, write } from './table.js'

const { values } = parseArgs({
  options: {
    turns: { type: 'string', default: '5' },
    events: { type: 'string', default: '10,100,1000,5000' },
    json: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
  },
})
const turns = Number(values.turns)
const sizes = values.events.split(',').map(Number)
const BASE = 100

// A discarded run that warms the file system's cache.
await measure(BASE)
const results = new Map<number, Measured[]>(sizes.map(size => [size, []]))
const bases: Measured[] = []
for (let turn = 0; turn < turns; turn++) {
  const first = turn % sizes.length
  if (!sizes.includes(BASE)) bases.push(await measure(BASE))
  for (const size of [...sizes.slice(first), ...sizes.slice(0, first)]) results.get(size)?.push(await measure(size))
}
const base = results.get(BASE) ?? bases

const row = (name: string, cell: (size: number, measured: readonly Measured[]) => string) =>
  Object.fromEntries([
    ['', name],
    ...[...results].map(([size, measured]) => [`${size.toLocaleString('en')} events`, cell(size, measured)]),
  ])
const ONCE: readonly Step[] = ['schemas', 'define', 'attach', 'again', 'render']
const CALLS: readonly Step[] = ['first', 'fresh', 'next']
const steps = (all: readonly Step[], unit: string) =>
  all.map(step => row(`${STEPS[step]}, ${unit}`, (_, measured) => spread(measured.map(({ [step]: ms }) => ms))))
const rows = [
  ...steps(ONCE, 'ms of CPU'),
  ...ONCE.map(step =>
    row(`${STEPS[step]}, per event × ${BASE}`, (size, measured) =>
      spread(measured.map(({ [step]: ms }, turn) => ms / size / ((base[turn]?.[step] ?? Number.NaN) / BASE))),
    ),
  ),
  ...steps(CALLS, 'ms'),
  row('the document, kB', (_, measured) => (median(measured.map(({ bytes }) => bytes)) / 1_000).toFixed(0)),
]
write('attach', `A contract's size, ${turns} turns; each in a process of its own`, rows, values)
