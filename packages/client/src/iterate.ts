import type { Incoming } from '@ackwire/core'
import { EventError } from '@ackwire/core/wire'
import type { Socket } from 'socket.io-client'
import { wait, type Limits } from './pending.js'
import { receive, valueOf } from './receive.js'

/** How many outputs wait for a loop that is slower than the server; 1,000 by default. */
export interface IterateOptions {
  readonly limit?: number
}

/**
 * Iterates over an event from now on. It throws what `once` rejects with, and `OVERFLOW`, after all that waited, where
 * more came than may wait.
 */
export const iterate = (
  socket: Socket,
  event: string,
  output: Incoming,
  limits: Limits,
  { limit = 1_000 }: IterateOptions = {},
): AsyncIterableIterator<unknown> => {
  // Each is read when it is asked for, so that one that does not match throws in its place.
  const waiting: (() => unknown)[] = []
  const wakes = new Set<() => void>()
  const wake = (): void => wakes.forEach(each => each())
  const state = { isOver: false }
  const stop = receive(socket, event, output, read => {
    if (waiting.length < limit) waiting.push(() => valueOf(read()))
    else {
      stop()
      waiting.push(() => {
        throw new EventError('OVERFLOW', { limit }, `${event}: more than ${limit} came before they were asked for`)
      })
    }
    wake()
  })
  const end = (): IteratorReturnResult<undefined> => {
    state.isOver = true
    stop()
    wake()
    return { done: true, value: undefined }
  }
  const came = (): Promise<unknown> =>
    wait(socket, event, limits, answer => {
      const woken = (): void => answer(() => undefined)
      wakes.add(woken)
      return () => wakes.delete(woken)
    })

  return {
    async next() {
      try {
        while (waiting.length === 0 && !state.isOver) await came()
        const read = state.isOver ? undefined : waiting.shift()
        return read === undefined ? end() : { done: false, value: read() }
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
