import type { Outgoing } from '@ackwire/core'
import { EventError, type Page } from '@ackwire/core/wire'
import type { Socket } from 'socket.io-client'
import { send, type CallOptions } from './call.js'
import { unanswered, wait, whenOver, type Limits } from './pending.js'

/** A stream before its event's types are put on it. */
interface AnyStream extends AsyncIterableIterator<unknown, unknown, undefined> {
  readonly result: Promise<unknown>
}

/**
 * Opens a stream when it is first asked for an item, and reads it page by page, the next when all of one has been taken.
 * A connection that is lost is waited for, if the last item had an id after which it can go on.
 */
export const stream = (
  socket: Socket,
  event: string,
  values: readonly unknown[],
  input: Outgoing,
  { ackTimeout }: Required<CallOptions>,
  { timeout, signal }: Limits,
): AnyStream => {
  /** There as long as the server has the stream. */
  let next: string | undefined
  let lastEventId: string | undefined
  let isOver = false
  let leave: (() => void) | undefined
  let [resolve, reject]: ((value: unknown) => void)[] = []
  const result = new Promise((...settle) => ([resolve, reject] = settle))
  result.catch(() => {})

  const stop = (): void => {
    if (next !== undefined && socket.connected) send(socket, `${event}:stop`, [next])
    next = undefined
  }
  const waiting = (
    limit: number | undefined,
    start: (answer: (read: () => unknown) => void, disconnect: () => void) => (() => void) | void,
  ): Promise<unknown> =>
    wait(socket, event, { timeout: limit, signal }, (answer, disconnect) => {
      leave = () => answer(() => ({ items: [] }))
      return start(answer, disconnect)
    })
  const ask = async (verb: string, args: readonly unknown[], limit = timeout): Promise<Page> => {
    const page = await waiting(limit, (answer, disconnect) =>
      send(socket, event + verb, args, (lost, reply) => {
        // Also where nobody waits for it any more.
        next = (reply as Page | null | undefined)?.next
        if (isOver) stop()
        if (lost) disconnect()
        else answer(() => input.decode(reply))
      }),
    )
    if (Array.isArray((page as Page | null | undefined)?.items)) return page as Page
    throw unanswered(event, 'INVALID_REPLY')
  }
  /** Waits as long as Socket.IO tries to connect again. */
  const reconnected = (): Promise<unknown> =>
    waiting(timeout, (answer, disconnect) => {
      if (socket.connected) return answer(() => {})
      if (!socket.active || !socket.io.reconnection()) return disconnect()
      const connect = (): void => answer(() => {})
      const refused = (): void => void (socket.active || disconnect())
      socket.on('connect', connect).on('connect_error', refused)
      socket.io.on('reconnect_failed', disconnect)
      return () => {
        socket.off('connect', connect).off('connect_error', refused)
        socket.io.off('reconnect_failed', disconnect)
      }
    })
  const pageAfter = async (): Promise<Page> => {
    try {
      if (next === undefined) {
        const args = input.encode(values)
        return await (lastEventId === undefined
          ? ask('', args, timeout ?? ackTimeout)
          : ask(':resume', [lastEventId, ...args], timeout ?? ackTimeout))
      }
      if (socket.connected) return await ask(':next', [next])
      next = undefined
      throw unanswered(event, 'DISCONNECTED')
    } catch (error) {
      if (lastEventId === undefined || !(error instanceof EventError) || error.code !== 'DISCONNECTED') throw error
      await reconnected()
      return pageAfter()
    }
  }

  async function* read(): AsyncGenerator<unknown, unknown, undefined> {
    const forget = whenOver(socket, signal, end => void (end === 'ABORTED' && stop()))
    try {
      for (;;) {
        const page = await pageAfter()
        if (page.items.length > 0) ({ lastEventId } = page)
        for (const item of page.items) {
          // Whoever aborts wants no more of it.
          if (signal?.aborted) throw unanswered(event, 'ABORTED')
          yield item
        }
        if (page.next === undefined) {
          resolve?.(page.value)
          return page.value
        }
      }
    } catch (error) {
      reject?.(error)
      throw error
    } finally {
      forget()
      isOver = true
      stop()
    }
  }
  const items = read()
  return {
    result,
    next: () => items.next(),
    return() {
      leave?.()
      reject?.(unanswered(event, 'ABORTED'))
      return items.return(undefined)
    },
    [Symbol.asyncIterator]() {
      return this
    },
  }
}
