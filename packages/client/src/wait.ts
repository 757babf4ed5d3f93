import { EventError, type StandardErrors } from '@ackwire/core/wire'
import type { Socket } from 'socket.io-client'

/** What bounds a wait. */
export interface Limits {
  /** In milliseconds; `undefined` for no limit. */
  readonly timeout?: number | undefined
  readonly signal?: AbortSignal | undefined
}

/** Why a wait is over before an answer has come. */
type End = 'DISCONNECTED' | 'ABORTED'

type Over = (end: End) => void

/** Who is to hear of an end: that a socket is closed, or that a signal is aborted. */
const waiting = new WeakMap<object, Set<Over>>()

/** Sockets that were closed by `close`. */
const closed = new WeakSet<Socket>()

const waitingFor = (end: object): Set<Over> => {
  const known = waiting.get(end)
  if (known) return known
  const all = new Set<Over>()
  waiting.set(end, all)
  // One listener, however many calls share a signal.
  if (end instanceof AbortSignal) end.addEventListener('abort', () => all.forEach(over => over('ABORTED')))
  return all
}

/** Ends all that waits for a socket with `DISCONNECTED`; and what comes later, until it connects again. */
export const closePending = (socket: Socket): void => {
  closed.add(socket)
  waitingFor(socket).forEach(over => over('DISCONNECTED'))
}

/** What a timer takes as it is: it fires at once for more than about 24 days. */
export const limited = (ms: number): number => Math.min(ms, 2 ** 31 - 1)

/** Why nothing came. */
export const unanswered = (event: string, code: keyof StandardErrors): EventError =>
  new EventError(code, undefined, `${event} was not answered: ${code}`)

/**
 * Calls back when the socket is closed or the signal aborted. The function returned ends it; where that has happened
 * already, it calls back at once, and returns none.
 */
export const whenOver = (socket: Socket, signal: AbortSignal | undefined, over: Over): (() => void) | undefined => {
  // A socket that connects again after it was closed is active.
  if (closed.has(socket) && !socket.active) return void over('DISCONNECTED')
  if (signal?.aborted) return void over('ABORTED')
  const all = [socket, signal ?? socket].map(waitingFor)
  all.forEach(those => those.add(over))
  return () => all.forEach(those => those.delete(over))
}

/** What starts a wait; the function returned ends what it has begun. */
export type Start = (answer: (read: () => unknown) => void, disconnect: () => void) => (() => void) | void

/**
 * Waits for the answer to an event, which is what `read` returns or throws: it settles whatever happens, on time-out, abort
 * and close too. A rejection that nobody awaits does not end the process.
 */
export const wait = (socket: Socket, event: string, { timeout, signal }: Limits, start: Start): Promise<unknown> => {
  const ends: ((() => void) | void)[] = []
  const promise = new Promise((resolve, reject) => {
    const fail = (code: keyof StandardErrors): void => reject(unanswered(event, code))
    const forget = whenOver(socket, signal, fail)
    if (!forget) return
    const timer = timeout === undefined ? undefined : setTimeout(() => fail('TIMEOUT'), limited(timeout))
    ends.push(forget, () => clearTimeout(timer))
    const answer = (read: () => unknown): void => {
      try {
        resolve(read())
      } catch (error) {
        reject(error)
      }
    }
    // It throws where an argument can't be serialized, and the promise rejects with that.
    ends.push(start(answer, () => fail('DISCONNECTED')))
  })
  const end = (): void => ends.forEach(end => end?.())
  promise.then(end, end)
  return promise
}
