import { EventError } from '@ackwire/core/wire'
import type { ErrorOf } from '@ackwire/core'

/** A `Call`, or `Calls`: a promise that knows what it can reject with. */
interface Failing<Reply, Errors> extends PromiseLike<Reply> {
  readonly '~errors'?: Errors
}

/**
 * Turns a call's rejection into a value, so that `error.code` narrows `error.data`.
 *
 * @throws what is not an `EventError`.
 * @example
 * const [error, user] = await safe(client.emit.user_sign_up(input))
 */
export const safe = async <Reply, Errors>(
  call: Failing<Reply, Errors>,
): Promise<[error: ErrorOf<Errors>] | [error: undefined, value: Reply]> => {
  try {
    return [undefined, await call]
  } catch (error) {
    // What a call rejects with is in its type, which a catch can't know.
    if (error instanceof EventError) return [error as ErrorOf<Errors>]
    throw error
  }
}
