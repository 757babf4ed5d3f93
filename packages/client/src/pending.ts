import { EventError, type StandardErrors } from '@ackwire/core/wire'
import type { Socket } from 'socket.io-client'

/** What bounds a wait. */
export interface Limits {
  /** In milliseconds; `undefined` for no limit. */
  readonly timeout: number | undefined
  readonly signal: AbortSignal | undefined
}

/** What waits on one socket, so that `close` can settle everything, and whatever is called after it. */
interface Pending {
  readonly disconnects: Set<() => void>
  isClosed: boolean
}

const waiting = new WeakMap<Socket, Pending>()

const pendingOn = (socket: Socket): Pending => {
  const pending = waiting.get(socket) ?? { disconnects: new Set(), isClosed: false }
  waiting.set(socket, pending)
  return pending
}

/** Rejects all that waits on a socket with `DISCONNECTED`, and from now on whatever would. */
export const closePending = (socket: Socket): void => {
  const pending = pendingOn(socket)
  pending.isClosed = true
  for (const disconnect of pending.disconnects) disconnect()
}

/** Lets calls wait on a socket again. */
export const openPending = (socket: Socket): void => {
  pendingOn(socket).isClosed = false
}

/**
 * Waits for the answer to an event: it settles whatever happens, on time-out, abort and close too. A rejection that nobody
 * awaits does not end the process.
 */
export const wait = (
  socket: Socket,
  event: string,
  { timeout, signal }: Limits,
  start: (
    resolve: (value: unknown) => void,
    reject: (error: EventError | keyof StandardErrors) => void,
  ) => (() => void) | void,
): Promise<unknown> => {
  const promise = new Promise((resolve, reject) => {
    const { disconnects, isClosed } = pendingOn(socket)
    const failing = (code: keyof StandardErrors) => () =>
      settle(() => reject(new EventError(code, undefined, `${event} was not answered: ${code}`)))
    const abort = failing('ABORTED')
    const disconnect = failing('DISCONNECTED')
    const timer = timeout === undefined ? undefined : setTimeout(failing('TIMEOUT'), timeout)
    let stop: (() => void) | void

    const settle = (end: () => void): void => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', abort)
      disconnects.delete(disconnect)
      stop?.()
      end()
    }
    disconnects.add(disconnect)
    signal?.addEventListener('abort', abort)

    if (isClosed) disconnect()
    else if (signal?.aborted) abort()
    else {
      stop = start(
        value => settle(() => resolve(value)),
        error => (typeof error === 'string' ? failing(error)() : settle(() => reject(error))),
      )
    }
  })
  promise.catch(() => {})
  return promise
}
