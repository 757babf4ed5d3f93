import { inspect } from 'node:util'

const PROBLEMS = new WeakSet<Error>()

/** What a user can put right: its message is shown alone, without a stack. */
export const problem = (message: string): Error => {
  const error = new Error(message)
  PROBLEMS.add(error)
  return error
}

/** Whether an error was made by `problem`. */
export const isProblem = (error: unknown): error is Error => error instanceof Error && PROBLEMS.has(error)

/** What an error says, whatever was thrown. */
export const messageOf = (error: unknown): string => {
  if (error instanceof Error) return error.message || error.name
  return typeof error === 'string' ? error : inspect(error, { breakLength: Number.POSITIVE_INFINITY })
}
