import { withTimeLimit } from '@ackwire/docs/tooling'
import { problem } from '../terminal/problem.js'

/** How long a document may take, in seconds. Large ones of our own take one or two. */
const LIMIT_SECONDS = 20

/** Whether a message is V8's for a stack that is full, or that of a library which passes it on. */
export const isTooDeep = (message: string): boolean => /call stack size exceeded/i.test(message)

/** The problem of a document that is too deep to be read. */
export const tooDeep = (file: string): Error =>
  problem(`${file}: goes too deep, by what stands or refers in each other; make it flatter`)

/**
 * Does something with a document that somebody else may have written.
 *
 * @throws a problem that names the file where it takes too long, or goes too deep.
 */
export const bounded = <Result>(file: string, use: () => Result): Result => {
  try {
    return withTimeLimit(LIMIT_SECONDS * 1_000, use, () => {
      throw problem(
        `${file}: takes more than ${LIMIT_SECONDS} s, and is given up; look for a pattern that backtracks, or for much that refers to much`,
      )
    })
  } catch (error) {
    if (error instanceof RangeError)
      throw isTooDeep(error.message) ? tooDeep(file) : problem(`${file}: ${error.message}`)
    throw error
  }
}
