import { inspect } from 'node:util'
import { printableLine } from '@ackwire/docs/tooling'

const PROBLEMS = new WeakSet<Error>()

/** What a user can put right: its message is shown alone, without a stack. Each text is a line, with no other line breaks in it. */
export const problem = (...lines: readonly string[]): Error => {
  const error = new Error(lines.map(printableLine).join('\n'))
  PROBLEMS.add(error)
  return error
}

/** A problem with what somebody else's error says after `start`: its lines are kept, and what ackwire says is one line. */
export const problemOf = (start: string, message: string): Error => {
  const own = message.replace(/^ackwire: /, '')
  return own === message ? problem(...indented(start + message)) : problem(start + own)
}

/** Further lines of a foreign message are indented, so that none of them can pass for a message of ours. */
const indented = (message: string): readonly string[] =>
  message.split(/\r?\n/).map((line, index) => (index === 0 || line === '' || line.startsWith(' ') ? line : `  ${line}`))

/** Whether an error was made by `problem`. */
export const isProblem = (error: unknown): error is Error => error instanceof Error && PROBLEMS.has(error)

/** What an error says, whatever was thrown. */
export const messageOf = (error: unknown): string => {
  if (error instanceof Error) return error.message || error.name
  return typeof error === 'string' ? error : inspect(error, { breakLength: Number.POSITIVE_INFINITY })
}

/** What an error says, as the lines that a terminal shows. */
export const linesOf = (error: unknown, start = ''): readonly string[] =>
  (isProblem(error) ? error : problemOf(start, messageOf(error))).message.split('\n')
