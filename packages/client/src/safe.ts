import { EventError } from '@ackwire/core/wire'
import type { ErrorOf } from '@ackwire/core/declarations'

/** A `Call` or `Calls`: a promise whose type knows its rejections. */
interface TypedPromise<Reply, Errors> extends PromiseLike<Reply> {
  readonly '~errors'?: Errors
}

/**
 * Turns a call's rejection into a value, so that `error.code` narrows `error.data`.
 *
 * @throws Any error that is not an `EventError`.
 * @example
 * const [error, user] = await safe(client.emit.user_sign_up(input))
 */
export const safe = async <Reply, Errors>(
  call: TypedPromise<Reply, Errors>,
): Promise<[error: ErrorOf<Errors>] | [error: undefined, value: Reply]> => {
  try {
    return [undefined, await call]
  } catch (error) {
    // The call's type knows its errors; a catch clause doesn't.
    if (error instanceof EventError) return [error as ErrorOf<Errors>]
    throw error
  }
}
