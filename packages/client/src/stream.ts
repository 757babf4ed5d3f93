import type { ClientInput } from '@ackwire/core/declarations'
import { EventError, type Page } from '@ackwire/core/wire'
import type { Target } from './target.js'
import { sendUnqueued, type CallOptions } from './call.js'
import { closable } from './closable-iterator.js'
import { isRetrying } from './retry.js'
import { isAborted, unanswered, wait, whenOver, type Limits, type Start } from './wait.js'

/** A stream before its event's types are applied. */
interface AnyStream extends AsyncIterableIterator<unknown, unknown, undefined> {
  readonly result: Promise<unknown>
}

/**
 * Opens a stream when its first item is requested, and reads it page by page, each once the previous one has been consumed.
 * After a lost connection it resumes behind the last item, if that has an id.
 */
export const stream = (
  [socket, event, input]: Target<ClientInput>,
  { ackTimeout, timeout, signals }: Pick<Required<CallOptions>, 'ackTimeout'> & Limits,
  values: readonly unknown[],
): AnyStream => {
  /** The cursor of the next page, as long as the server has the stream. */
  let next: string | undefined
  let lastEventId: string | undefined
  let isOver = false
  /** The number of empty pages since the last item. */
  let emptyPages = 0
  let endWait: (() => void) | undefined
  let resolve!: (value: unknown) => void
  let reject!: (error: unknown) => void
  const result = new Promise((...settle) => ([resolve, reject] = settle))
  result.catch(() => {})

  const stop = (): void => {
    if (next && socket.connected) sendUnqueued(socket, event + ':stop', [next])
    next = undefined
  }
  const waitFor = (limit: number | undefined, start: Start): Promise<unknown> =>
    wait(socket, event, { timeout: limit, signals }, (answer, disconnect) => {
      endWait = () => answer(() => ({ items: [] }))
      return start(answer, disconnect)
    })
  const ask = async (verb: string, args: readonly unknown[], limit = timeout): Promise<Page> => {
    const page = await waitFor(limit, (answer, disconnect) => {
      return sendUnqueued(
        socket,
        event + verb,
        [
          ...args,
          (lost: Error | null, reply?: Partial<Page>) => {
            // Stored even if nobody waits for the page any more. Without a reply, it is the wait that has ended.
            if (lost || reply) next = reply?.next
            // The stream was opened after it had been left, so it is stopped.
            if (isOver) stop()
            if (lost) disconnect()
            else answer(() => input.decode(reply))
          },
        ],
        // An open stream's first answer is still needed: it has the cursor by which the stream is stopped.
        next,
      )
    })
    if (Array.isArray((page as Page | null | undefined)?.items)) return page as Page
    throw unanswered(event, 'INVALID_REPLY')
  }
  /** Waits as long as Socket.IO tries to reconnect. */
  const reconnected = (): Promise<unknown> =>
    waitFor(timeout, (answer, disconnect) => {
      const check = (): void => {
        if (socket.connected) answer(() => {})
        else if (!socket.active && !isRetrying(socket)) disconnect()
      }
      check()
      if (!socket.io.reconnection()) disconnect()
      socket.on('connect', check).on('connect_error', check)
      socket.io.on('reconnect_failed', disconnect)
      return () => {
        socket.off('connect', check).off('connect_error', check)
        socket.io.off('reconnect_failed', disconnect)
      }
    })
  const pageAfter = async (): Promise<Page> => {
    // An empty page must not keep the client busy. Anything else that ends the pause also ends the next step.
    if (emptyPages++ > 1) await waitFor(Math.min(2 ** emptyPages, 1_000), () => {}).catch(() => {})
    if (isOver) return { items: [] }
    try {
      if (!next) {
        const args = input.encode(values)
        const isNew = lastEventId === undefined
        return await ask(isNew ? '' : ':resume', isNew ? args : [lastEventId, ...args], timeout ?? ackTimeout)
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
    const forget = whenOver(socket, signals, end => void (end === 'ABORTED' && stop()))
    try {
      for (;;) {
        const page = await pageAfter()
        if (page.items.length > 0) {
          ;({ lastEventId } = page)
          emptyPages = 0
        }
        for (const item of page.items) {
          // An abort discards the remaining items.
          if (signals.some(isAborted)) throw unanswered(event, 'ABORTED')
          yield item
        }
        if (!page.next) {
          resolve(page.value)
          return page.value
        }
      }
    } catch (error) {
      reject(error)
      throw error
    } finally {
      forget?.()
      isOver = true
      stop()
    }
  }
  const close = (): void => {
    isOver = true
    endWait?.()
    reject(unanswered(event, 'ABORTED'))
  }
  return { result, ...closable(read(), close) }
}
