import type { ClientOutput } from '@ackwire/core/declarations'
import { EventError } from '@ackwire/core/wire'
import { closable } from './closable-iterator.js'
import { unanswered, wait, whenOver, type Limits } from './wait.js'
import { receive, valueOf } from './receive.js'
import type { Target } from './target.js'

/** Options of an iteration. */
export interface IterateOptions {
  /**
   * The maximum number of received outputs that the loop has not read yet; one more throws `OVERFLOW`.
   *
   * @default 1_000
   */
  readonly limit?: number
}

/** Returns the output, or throws the error that ended the iteration. */
type Read = () => unknown

/**
 * Iterates over an event from now on. Throws the errors of `once`; `OVERFLOW` after the queued outputs if more arrive than may be
 * queued; and `DISCONNECTED` after the queued outputs when the client is closed.
 */
export const iterate = (
  [socket, event, output]: Target<ClientOutput>,
  limits: Limits,
  { limit = 1_000 }: IterateOptions = {},
): AsyncIterableIterator<unknown> => {
  const queue: Read[] = []
  /** The number of requested outputs that have not arrived yet. */
  let requested = 0
  let wake: (() => void) | undefined
  let forget: (() => void) | undefined
  const close = (): void => {
    stop()
    forget?.()
    wake?.()
  }
  const fail = (error: EventError): void => {
    queue.push(() => {
      throw error
    })
    close()
  }
  const stop = receive(socket, event, output, read => {
    if (queue.length < limit + requested) {
      queue.push(() => valueOf(read()))
      wake?.()
    } else fail(new EventError('OVERFLOW', { limit }, `${event}: more than ${limit} outputs are waiting to be read`))
  })
  forget = whenOver(socket, limits.signals, code => {
    // An abort discards the queue.
    if (code === 'ABORTED') queue.length = 0
    fail(unanswered(event, code))
  })
  async function* items(): AsyncGenerator<unknown, undefined, undefined> {
    try {
      for (;;) {
        if (queue.length === 0)
          await wait(socket, event, limits, answer => {
            wake = () => answer(() => {})
          })
        const read = queue.shift()
        // The iteration has been closed.
        if (!read) return
        requested--
        yield read()
      }
    } finally {
      close()
    }
  }
  const discard = (): void => {
    queue.length = 0
    close()
  }
  return closable(items(), discard, () => void requested++)
}
