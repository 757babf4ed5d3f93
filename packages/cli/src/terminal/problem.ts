import { inspect } from 'node:util'
import { printableLine } from '@ackwire/docs/tooling'

const PROBLEMS = new WeakSet<Error>()

/**
 * Creates an error that the user can fix, which is shown without a stack. Each argument is one line; line breaks in it are
 * escaped.
 */
export const problem = (...lines: readonly string[]): Error => {
  const error = new Error(lines.map(printableLine).join('\n'))
  PROBLEMS.add(error)
  return error
}

/** Creates a problem from a foreign error's message after `start`; the message keeps its lines. */
export const problemOf = (start: string, message: string): Error => {
  const own = message.replace(/^ackwire: /, '')
  return own === message ? problem(...indented(start + message)) : problem(start + own)
}

/** Indents further lines of a foreign message, so that none of them can pass for one of ours. */
const indented = (message: string): readonly string[] =>
  message.split(/\r?\n/).map((line, index) => (index === 0 || line === '' || line.startsWith(' ') ? line : `  ${line}`))

/** Returns true if an error was created by `problem`. */
export const isProblem = (error: unknown): error is Error => error instanceof Error && PROBLEMS.has(error)

/** Returns the message of anything that was thrown. */
export const messageOf = (error: unknown): string => {
  if (error instanceof Error) return error.message || error.name
  return typeof error === 'string' ? error : inspect(error, { breakLength: Number.POSITIVE_INFINITY })
}

/** Returns the message of an error as lines for the terminal. */
export const linesOf = (error: unknown, start = ''): readonly string[] =>
  (isProblem(error) ? error : problemOf(start, messageOf(error))).message.split('\n')
