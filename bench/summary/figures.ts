import { readFileSync } from 'node:fs'
import { median } from '../table.js'

/** A row of a table in a README, by column. */
type Row = ReadonlyMap<string, string>

const page = readFileSync(new URL('../README.md', import.meta.url), 'utf8')

/** Returns the rows of one of the tables in this folder's README. */
const rowsOf = (name: string): readonly Row[] => {
  const block = new RegExp(`<!-- ${name} -->\\n(.*?)<!-- end -->`, 's').exec(page)?.[1] ?? ''
  const [columns = [], , ...rows] = block
    .split('\n')
    .filter(line => line.startsWith('|'))
    .map(line => line.split('|').slice(1, -1))
  return rows.map(cells => new Map(columns.map((column, index) => [column.trim(), (cells[index] ?? '').trim()])))
}

const CONTENDERS = [
  'the same again',
  'checks by hand',
  'ackwire',
  'zod-sockets',
  'tRPC',
  'oRPC',
  'Feathers',
  'NestJS',
] as const
/** The contenders that the tables call by another name. */
const NAMES: ReadonlyMap<string, string> = new Map([['checks by hand', 'Socket.IO, checks by hand']])

/** Extracts the ratio from a cell such as `123 ms, × 1.07 (1.07–1.14)` or `0.38 (0.38–0.38)`. */
const ratioIn = (cell: string): number => Number(/(?:× |^)([\d.]+) \(/.exec(cell)?.[1])

/** A line of the summary: its description, and a cell for each contender. */
interface Line {
  readonly what: string
  cell(contender: string): string
}

/** Returns a line with the median of all loads. */
const loads = (what: string, input: string): Line => ({
  what,
  cell(contender) {
    const row = rowsOf('peers: cpu').find(each => each.get('input') === input && each.get('contender') === contender)
    const ratios = [...(row ?? [])].map(([, cell]) => ratioIn(cell)).filter(ratio => !Number.isNaN(ratio))
    return ratios.length === 0 ? '' : median(ratios).toFixed(2)
  },
})

/** Returns a line with one column of a table, from the rows that have the given cells. */
const one = (what: string, table: string, column: string, where: Readonly<Record<string, string>> = {}): Line => ({
  what,
  cell(contender) {
    const all = Object.entries({ ...where, contender })
    const row = rowsOf(table).find(each => all.every(([name, value]) => each.get(name) === value))
    const ratio = ratioIn(row?.get(column) ?? '')
    if (!Number.isNaN(ratio)) return ratio.toFixed(2)
    return [...(row?.values() ?? [])].some(cell => cell.startsWith('refused')) ? 'refused' : ''
  },
})

const LARGE = { TypeScript: '7', events: '1000' }
const LINES: readonly Line[] = [
  loads('server CPU per call, small, the median of six loads', 'small, valid'),
  loads('… a kilobyte', '1 kB, valid'),
  loads('… an invalid kilobyte', '1 kB, invalid'),
  one('from `node` to the first answer', 'start', 'to the answer'),
  one('type check of 1,000 events', 'types', 'check × event maps', LARGE),
  one('names offered in an editor, after an edit of 1,000 events', 'editor', 'completion', LARGE),
]

/** Returns the summary of the benchmarks: the ratios that matter most, from the other tables. */
export const summary = (): string => {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
  const rows = LINES.map(({ what, cell }) => line([what, ...CONTENDERS.map(name => cell(NAMES.get(name) ?? name))]))
  return [line(['× plain Socket.IO', ...CONTENDERS]), line(['', ...CONTENDERS].map(() => '---')), ...rows].join('\n')
}
