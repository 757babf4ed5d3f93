import { EventError, type StandardErrors } from '@ackwire/core/wire'
import type { Socket } from 'socket.io-client'

/** What bounds a wait. */
export interface Limits {
  /** In milliseconds; `undefined` for no limit. */
  readonly timeout?: number | undefined
  readonly signal?: AbortSignal | undefined
}

/** What waits, by what would end it: a socket that is closed, or a signal that is aborted. */
const waiting = new WeakMap<object, Set<() => void>>()

/** Sockets that were closed by `close`. */
const closed = new WeakSet<Socket>()

const waitingFor = (end: object): Set<() => void> => {
  const known = waiting.get(end)
  if (known) return known
  const all = new Set<() => void>()
  waiting.set(end, all)
  // One listener, however many calls share a signal.
  if (end instanceof AbortSignal) end.addEventListener('abort', () => all.forEach(abort => abort()), { once: true })
  return all
}

/** Rejects all that waits on a socket with `DISCONNECTED`; and what comes later, until it connects again. */
export const closePending = (socket: Socket): void => {
  closed.add(socket)
  waitingFor(socket).forEach(disconnect => disconnect())
}

/** What a timer takes as it is: it fires at once for more than about 24 days. */
export const limited = (ms: number): number => Math.min(ms, 2 ** 31 - 1)

/**
 * Waits for the answer to an event, which is what `read` returns or throws: it settles whatever happens, on time-out, abort
 * and close too. A rejection that nobody awaits does not end the process.
 */
export const wait = (
  socket: Socket,
  event: string,
  { timeout, signal }: Limits,
  start: (answer: (read: () => unknown) => void, disconnect: () => void) => (() => void) | void,
): Promise<unknown> => {
  const promise = new Promise((resolve, reject) => {
    const failing = (code: keyof StandardErrors) => () =>
      settle(() => reject(new EventError(code, undefined, `${event} was not answered: ${code}`)))
    const [disconnect, abort] = [failing('DISCONNECTED'), failing('ABORTED')]
    const timer = timeout === undefined ? undefined : setTimeout(failing('TIMEOUT'), limited(timeout))
    const [onClose, onAbort] = [waitingFor(socket), signal && waitingFor(signal)]
    let stop: (() => void) | void

    const settle = (end: () => void): void => {
      clearTimeout(timer)
      onClose.delete(disconnect)
      onAbort?.delete(abort)
      stop?.()
      end()
    }
    onClose.add(disconnect)
    onAbort?.add(abort)

    // A socket that connects again after it was closed is active.
    if (closed.has(socket) && !socket.active) return disconnect()
    if (signal?.aborted) return abort()
    try {
      stop = start(
        read =>
          settle(() => {
            try {
              resolve(read())
            } catch (error) {
              reject(error)
            }
          }),
        disconnect,
      )
    } catch (error) {
      // An argument can't be serialized.
      settle(() => reject(error))
    }
  })
  promise.catch(() => {})
  return promise
}
