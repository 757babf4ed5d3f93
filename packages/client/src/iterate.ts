import type { Incoming } from '@ackwire/core'
import { EventError } from '@ackwire/core/wire'
import type { Socket } from 'socket.io-client'
import { unanswered, wait, whenOver, type Limits } from './pending.js'
import { receive, valueOf } from './receive.js'

/** How many outputs may wait for a loop that is slower than the server; 1,000 by default. */
export interface IterateOptions {
  readonly limit?: number
}

/** Gives what came, or throws why nothing does any more. */
type Read = () => unknown

const OVER = Symbol()

/**
 * Iterates over an event from now on. It throws what `once` rejects with; `OVERFLOW`, after all that waited, where more came
 * than may wait; and `DISCONNECTED`, after all that waited, when the client is closed.
 */
export const iterate = (
  socket: Socket,
  event: string,
  output: Incoming,
  limits: Limits,
  { limit = 1_000 }: IterateOptions = {},
): AsyncIterableIterator<unknown> => {
  const waiting: Read[] = []
  const asking: ((read: Read) => void)[] = []
  const give = (read: Read): void => {
    const ask = asking.shift()
    if (ask) ask(read)
    else waiting.push(read)
  }
  let isLeft = false
  const leave = (): void => {
    isLeft = true
    stop()
    forget?.()
  }
  const fail = (error: EventError): void => {
    leave()
    give(() => {
      throw error
    })
  }
  const stop = receive(socket, event, output, read => {
    if (asking.length > 0 || waiting.length < limit) give(() => valueOf(read()))
    else fail(new EventError('OVERFLOW', { limit }, `${event}: more than ${limit} came that nobody had asked for`))
  })
  let forget: (() => void) | undefined
  forget = whenOver(socket, limits.signal, end => {
    // Whoever aborts wants no more of it.
    if (end === 'ABORTED') waiting.length = 0
    fail(unanswered(event, end))
  })
  // It can be over before it has begun.
  if (isLeft) forget()
  let isOver = false
  const end = (): IteratorReturnResult<undefined> => {
    isOver = true
    leave()
    asking.splice(0).forEach(ask => ask(() => OVER))
    return { done: true, value: undefined }
  }
  const ask = (): Promise<unknown> =>
    wait(socket, event, limits, answer => {
      asking.push(answer)
      return () => {
        const index = asking.indexOf(answer)
        if (index >= 0) asking.splice(index, 1)
      }
    })

  return {
    async next() {
      try {
        const read = waiting.shift()
        const value = isOver ? OVER : read ? read() : await ask()
        return value === OVER ? end() : { done: false, value }
      } catch (error) {
        end()
        throw error
      }
    },
    return: () => Promise.resolve(end()),
    [Symbol.asyncIterator]() {
      return this
    },
  }
}
