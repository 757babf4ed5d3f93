import type { Writable } from 'node:stream'
import Table from 'cli-table3'
import colors from 'picocolors'
import { printableLine } from '@ackwire/docs/tooling'

/** Where a command writes to, and how. */
export interface Terminal {
  readonly colors: ReturnType<typeof colors.createColors>
  /** Writes to the standard output: what was asked for, as it is. Who writes it for people passes data through `printableLine`. */
  print(text: string): void
  /** Writes lines to the standard error: what is said about it. Whatever stands in a line stays in it, and can be seen. */
  tell(...lines: readonly string[]): void
  /** Calls back when all is written. */
  flush(done: () => void): void
}

/**
 * Colours are for people: not for files and pipes, nor where `NO_COLOR` is set. From here on the standard output is the
 * terminal's alone: what a contract prints goes to the standard error, and not into the document.
 */
export const createTerminal = (): Terminal => {
  const out = process.stdout.write.bind(process.stdout)
  const error = process.stderr.write.bind(process.stderr)
  process.stdout.write = error
  return {
    colors: colors.createColors(colors.isColorSupported && isTerminal(process.stdout)),
    print: text => void out(text),
    tell: (...lines) => void error(`${lines.map(printableLine).join('\n')}\n`),
    flush: done => void out('', () => error('', () => done())),
  }
}

const isTerminal = (stream: Writable): boolean =>
  Reflect.get(stream, 'isTTY') === true || process.env['FORCE_COLOR'] !== undefined

/** How wide a table is where nobody says how wide the screen is. */
const WIDTH = 100

/** Rows under their heads, each cell broken into lines where it is too long for the screen. `paint` colours the first of a row. */
export const tableOf = (
  head: readonly string[],
  given: readonly (readonly string[])[],
  paint: (text: string, row: number) => string,
): string => {
  const rows = given.map((cells, row) =>
    cells.map(printableLine).map((text, column) => (column === 0 ? paint(text, row) : text)),
  )
  const width = process.stdout.columns ?? WIDTH
  const longest = head.map(
    (title, column) => Math.max(title.length, ...rows.map(row => plain(row[column] ?? '').length)) + 2,
  )
  const last = longest.length - 1
  const taken = longest.slice(0, last).reduce((sum, each) => sum + each, 0)
  // The last column has the sentences: it takes what is left.
  longest[last] = Math.max(24, Math.min(longest[last] ?? 0, width - taken - longest.length - 1))
  const table = new Table({
    head: [...head],
    colWidths: longest,
    wordWrap: true,
    style: { head: [], border: [] },
    chars: { ...NO_LINES, 'mid-mid': '' },
  })
  table.push(...rows)
  return table
    .toString()
    .split('\n')
    .map(line => line.trimEnd())
    .join('\n')
}

const NO_LINES = Object.fromEntries(
  [
    'top',
    'top-mid',
    'top-left',
    'top-right',
    'bottom',
    'bottom-mid',
    'bottom-left',
    'bottom-right',
    'left',
    'left-mid',
    'mid',
    'right',
    'right-mid',
    'middle',
  ].map(name => [name, '']),
)

// Without the signs that colour it.
// oxlint-disable-next-line no-control-regex
const plain = (text: string): string => text.replaceAll(/\u001B\[\d+m/g, '')
