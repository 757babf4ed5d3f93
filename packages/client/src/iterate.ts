import type { ClientOutput } from '@ackwire/core/declarations'
import { EventError } from '@ackwire/core/wire'
import { leavable } from './closable-iterator.js'
import { unanswered, wait, whenOver, type Limits } from './wait.js'
import { receive, valueOf } from './receive.js'
import type { Target } from './target.js'

/** Options of an iteration. */
export interface IterateOptions {
  /**
   * The number of outputs.
   *
   * @default 1000
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
  const waiting: Read[] = []
  /** The number of requested outputs that have not arrived yet. */
  let asked = 0
  let wake: (() => void) | undefined
  let forget: (() => void) | undefined
  const leave = (): void => {
    stop()
    forget?.()
    wake?.()
  }
  const fail = (error: EventError): void => {
    waiting.push(() => {
      throw error
    })
    leave()
  }
  const stop = receive(socket, event, output, read => {
    if (waiting.length < limit + asked) {
      waiting.push(() => valueOf(read()))
      wake?.()
    } else fail(new EventError('OVERFLOW', { limit }, `${event}: more than ${limit} outputs are waiting to be read`))
  })
  forget = whenOver(socket, limits.signal, code => {
    // An abort discards the queue.
    if (code === 'ABORTED') waiting.length = 0
    fail(unanswered(event, code))
  })
  async function* items(): AsyncGenerator<unknown, undefined, undefined> {
    try {
      for (;;) {
        if (waiting.length === 0)
          await wait(socket, event, limits, answer => {
            wake = () => answer(() => {})
          })
        const read = waiting.shift()
        // The iteration has been closed.
        if (!read) return
        asked--
        yield read()
      }
    } finally {
      leave()
    }
  }
  const drop = (): void => {
    waiting.length = 0
    leave()
  }
  return leavable(items(), drop, () => void asked++)
}
