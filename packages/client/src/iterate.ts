import type { Incoming } from '@ackwire/core'
import { EventError } from '@ackwire/core/wire'
import { leavable } from './closable-iterator.js'
import { unanswered, wait, whenOver, type Limits } from './wait.js'
import { receive, valueOf } from './receive.js'
import type { Target } from './target.js'

/** How many outputs may wait for a loop that is slower than the server; 1,000 by default. */
export interface IterateOptions {
  readonly limit?: number
}

/** Gives what came, or throws why nothing does any more. */
type Read = () => unknown

/**
 * Iterates over an event from now on. It throws what `once` rejects with; `OVERFLOW`, after all that waited, where more came
 * than may wait; and `DISCONNECTED`, after all that waited, when the client is closed.
 */
export const iterate = (
  [socket, event, output]: Target<Incoming>,
  limits: Limits,
  { limit = 1_000 }: IterateOptions = {},
): AsyncIterableIterator<unknown> => {
  const waiting: Read[] = []
  /** How many have been asked for that have not been given. */
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
    } else fail(new EventError('OVERFLOW', { limit }, `${event}: more than ${limit} came that nobody had asked for`))
  })
  forget = whenOver(socket, limits.signal, code => {
    // Whoever aborts wants no more of it.
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
        // It has been left.
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
