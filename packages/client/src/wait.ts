import { EventError, type StandardErrors } from '@ackwire/core/wire'
import type { Socket } from 'socket.io-client'

/** The limits of a wait. */
export interface Limits {
  /** The timeout in milliseconds; `undefined` for none. */
  readonly timeout?: number | undefined
  /** The signals, each of which ends the wait when it is aborted. */
  readonly signals: readonly AbortSignal[]
}

/** The reason why a wait ended before its answer. */
type End = 'DISCONNECTED' | 'ABORTED'

type Over = (end: End) => void

type Timer = ReturnType<typeof setTimeout>

/**
 * The callbacks for the end of each socket and signal, by number. Not a Set, of which V8 keeps each table that it has outgrown until
 * a full collection of garbage, with the calls that it holds: each call would cost ten times as much.
 */
const callbacks = new WeakMap<object, Record<number, Over>>()
let last = 0

/** Sockets that were closed by `close`. */
const closed = new WeakMap<Socket, boolean>()

const callbacksOf = (source: Socket | AbortSignal): Record<number, Over> => {
  let all = callbacks.get(source)
  if (all) return all
  callbacks.set(source, (all = {}))
  // A single listener for any number of calls that share a signal. A polyfill's signal, or that of another window, is no instance of
  // AbortSignal; and a socket has `addEventListener`, too.
  if ('aborted' in source) source.addEventListener('abort', () => end(source, 'ABORTED'))
  return all
}

const end = (source: Socket | AbortSignal, by: End): void => {
  for (const over of Object.values(callbacksOf(source))) over(by)
}

/** Ends all waits on a socket with `DISCONNECTED`, and later ones until it connects again. */
export const closePending = (socket: Socket): void => {
  closed.set(socket, true)
  end(socket, 'DISCONNECTED')
}

/** Connects a socket again. */
export const reopen = (socket: Socket): void => {
  closed.set(socket, false)
  socket.connect()
}

/** Limits a delay to the range of timers, which fire at once for more than about 24 days. */
export const limited = (ms: number): number => Math.min(ms, 2 ** 31 - 1)

/** Creates the error of an event that got no answer. */
export const unanswered = (event: string, code: keyof StandardErrors): EventError =>
  new EventError(code, undefined, `${event} was not answered: ${code}`)

/** Returns whether a signal is aborted. */
export const isAborted = ({ aborted }: AbortSignal): boolean => aborted

/**
 * Calls back when the socket is closed or one of the signals is aborted. The returned function cancels this. If either has happened
 * already, calls back at once and returns nothing.
 */
export const whenOver = (socket: Socket, signals: readonly AbortSignal[], over: Over): (() => void) | undefined => {
  // A socket that reconnects after it was closed is active.
  if (closed.get(socket) && !socket.active) return over('DISCONNECTED') as undefined
  if (signals.some(isAborted)) return over('ABORTED') as undefined
  const all = [socket, ...signals].map(callbacksOf)
  const at = ++last
  for (const those of all) those[at] = over
  return () => {
    for (const those of all) delete those[at]
  }
}

/** Starts a wait; the returned function cleans up after it. */
export type Start = (answer: (read: () => unknown) => void, disconnect: () => void) => (() => void) | void

/**
 * Waits for the answer to an event, which is what `read` returns or throws. It always settles, at the timeout, an abort or a
 * close at the latest. A rejection that nobody awaits does not end the process.
 */
export const wait = (socket: Socket, event: string, { timeout, signals }: Limits, start: Start): Promise<unknown> => {
  let forget: (() => void) | undefined
  let timer: Timer | undefined
  let end: (() => void) | void
  const promise = new Promise((resolve, reject) => {
    const fail = (code: keyof StandardErrors): void => reject(unanswered(event, code))
    forget = whenOver(socket, signals, fail)
    if (!forget) return
    if (timeout !== undefined) timer = setTimeout(fail, limited(timeout), 'TIMEOUT')
    const answer = (read: () => unknown): void => {
      try {
        resolve(read())
      } catch (error) {
        reject(error)
      }
    }
    // `start` throws if an argument can't be serialized, which rejects the promise.
    end = start(answer, () => fail(socket.connected ? 'TIMEOUT' : 'DISCONNECTED'))
  })
  const cleanUp = (): void => {
    forget?.()
    clearTimeout(timer)
    end?.()
  }
  promise.then(cleanUp, cleanUp)
  return promise
}
