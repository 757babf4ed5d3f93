import { EventError, type StandardErrors } from '@ackwire/core/wire'
import type { Socket } from 'socket.io-client'

/** What bounds a wait. */
export interface Limits {
  /** In milliseconds; `undefined` for no limit. */
  readonly timeout?: number | undefined
  readonly signal?: AbortSignal | undefined
}

/** Who is to hear of an end: that a socket is closed, or that a signal is aborted. */
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

/** Ends all that waits for a socket with `DISCONNECTED`; and what comes later, until it connects again. */
export const closePending = (socket: Socket): void => {
  closed.add(socket)
  waitingFor(socket).forEach(disconnect => disconnect())
}

/** What a timer takes as it is: it fires at once for more than about 24 days. */
export const limited = (ms: number): number => Math.min(ms, 2 ** 31 - 1)

/** Why nothing came. */
export const unanswered = (event: string, code: keyof StandardErrors): EventError =>
  new EventError(code, undefined, `${event} was not answered: ${code}`)

type End = 'DISCONNECTED' | 'ABORTED'

/** Calls back when the socket is closed or the signal aborted, or at once if that has happened. The function returned ends it. */
export const whenOver = (socket: Socket, signal: AbortSignal | undefined, over: (end: End) => void): (() => void) => {
  const disconnect = (): void => over('DISCONNECTED')
  const abort = (): void => over('ABORTED')
  const onClose = waitingFor(socket)
  const onAbort = signal && waitingFor(signal)
  onClose.add(disconnect)
  onAbort?.add(abort)
  // A socket that connects again after it was closed is active.
  if (closed.has(socket) && !socket.active) disconnect()
  else if (signal?.aborted) abort()
  return () => {
    onClose.delete(disconnect)
    onAbort?.delete(abort)
  }
}

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
    const ends: ((() => void) | void)[] = []
    let isSettled = false
    const answer = (read: () => unknown): void => {
      if (isSettled) return
      isSettled = true
      ends.forEach(end => end?.())
      try {
        resolve(read())
      } catch (error) {
        reject(error)
      }
    }
    const fail = (code: keyof StandardErrors): void =>
      answer(() => {
        throw unanswered(event, code)
      })
    const forget = whenOver(socket, signal, fail)
    if (isSettled) return forget()
    const timer = timeout === undefined ? undefined : setTimeout(() => fail('TIMEOUT'), limited(timeout))
    ends.push(forget, () => clearTimeout(timer))
    try {
      ends.push(start(answer, () => fail('DISCONNECTED')))
    } catch (error) {
      // An argument can't be serialized.
      answer(() => {
        throw error
      })
    }
  })
  promise.catch(() => {})
  return promise
}
