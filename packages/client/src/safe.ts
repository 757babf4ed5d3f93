import { EventError } from '@ackwire/core/wire'
import type { Call, CallError } from '@ackwire/core'

/**
 * Turns a call's rejection into a value, so that `error.code` narrows `error.data`.
 *
 * @throws what is not an `EventError`.
 * @example
 * const [error, user] = await safe(client.emit.user_sign_up(input))
 */
export const safe = <Reply, Errors>(
  call: Call<Reply, Errors>,
): Promise<[error: CallError<Errors>] | [error: undefined, value: Reply]> =>
  call.then(
    value => [undefined, value],
    (error: unknown) => {
      if (error instanceof EventError) return [error as CallError<Errors>]
      throw error
    },
  )
