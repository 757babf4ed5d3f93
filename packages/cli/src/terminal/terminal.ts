import type { Writable } from 'node:stream'
import Table from 'cli-table3'
import colors from 'picocolors'
import { printableLine } from '@ackwire/docs/tooling'

/** The output of a command, and how it is interrupted. */
export interface Terminal {
  readonly colors: ReturnType<typeof colors.createColors>
  /** Writes the result to the standard output, unchanged. Callers that write for people pass data through `printableLine`. */
  print(text: string): void
  /** Writes lines to the standard error. Line breaks and invisible characters in a line are escaped. */
  tell(...lines: readonly string[]): void
  /** Calls back when all output is written. */
  flush(done: () => void): void
  /** Resolves when the command is interrupted, as by Ctrl+C. */
  interrupted(): Promise<void>
}

/** The parts of a terminal. */
export interface TerminalParts {
  readonly out: Write
  readonly error: Write
  readonly hasColors: boolean
  interrupted(): Promise<void>
}

/** Writes a text, and calls back when it is written. */
export type Write = (text: string, done?: () => void) => unknown

/**
 * Creates the terminal. Colours are off for files and pipes, and if `NO_COLOR` is set. From here on the standard output belongs
 * to the terminal: what a contract prints goes to the standard error, so that it can't mix with the document.
 */
export const createTerminal = (): Terminal => {
  const out = process.stdout.write.bind(process.stdout)
  const error = process.stderr.write.bind(process.stderr)
  process.stdout.write = error
  const hasColors = colors.isColorSupported && isTerminal(process.stdout)
  return terminalOf({ out, error, hasColors, interrupted })
}

/** Creates a terminal from its parts. */
export const terminalOf = ({ out, error, hasColors, interrupted }: TerminalParts): Terminal => ({
  colors: colors.createColors(hasColors),
  print: text => void out(text),
  tell: (...lines) => void error(`${lines.map(printableLine).join('\n')}\n`),
  flush: done => void out('', () => error('', done)),
  interrupted,
})

const interrupted = (): Promise<void> =>
  new Promise(done => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => done())
  })

const isTerminal = (stream: Writable): boolean =>
  Reflect.get(stream, 'isTTY') === true || process.env['FORCE_COLOR'] !== undefined

/** The width of a table if the terminal's is unknown. */
const WIDTH = 100

/** Formats rows below their heads, and wraps cells that are too long. `paint` colours the first cell of a row. */
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
  // The last column holds the sentences, and gets the remaining width.
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

// Removes the colour codes.
// oxlint-disable-next-line no-control-regex
const plain = (text: string): string => text.replaceAll(/\u001B\[\d+m/g, '')
