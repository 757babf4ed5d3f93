import { withTimeLimit } from '@ackwire/docs/tooling'
import { problem } from '../terminal/problem.js'

/** The time limit for a document, in seconds. Our own large ones take one or two. */
const LIMIT_SECONDS = 20

/** Returns true for V8's message of a full call stack, and for messages of libraries that contain it. */
export const isTooDeep = (message: string): boolean => /call stack size exceeded/i.test(message)

/** Creates the problem of a document that is nested too deeply. */
export const tooDeep = (file: string): Error =>
  problem(`${file}: is nested too deeply, directly or by references; flatten it`)

/**
 * Processes a document that may come from an untrusted source.
 *
 * @throws A problem that names the file if it takes too long or is nested too deeply.
 */
export const bounded = <Result>(file: string, use: () => Result): Result => {
  try {
    return withTimeLimit(LIMIT_SECONDS * 1_000, use, () => {
      throw problem(
        `${file}: takes more than ${LIMIT_SECONDS} s; look for a pattern that backtracks, or for references that multiply`,
      )
    })
  } catch (error) {
    if (error instanceof RangeError)
      throw isTooDeep(error.message) ? tooDeep(file) : problem(`${file}: ${error.message}`)
    throw error
  }
}
