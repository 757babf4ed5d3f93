import type { Socket } from 'socket.io'
import { kindOf } from '../../definition-error.js'
import type { TraceContext } from '../../trace-context.js'

/** Where something was observed. */
export interface ObservedSocket {
  /** The namespace as the contract names it: `/game-{id}`; the socket's own `nsp.name` is `/game-42`. */
  readonly namespace: string
  /** Socket.IO's own. */
  readonly socket: Socket
}

/** A message of an input that the contract declares. All that is told of one message is told with the same object. */
export interface ObservedCall extends ObservedSocket {
  /** The event's name on the wire. */
  readonly event: string
  /** Whether the contract gives it an answer. */
  readonly isAnswered: boolean
  /** What the client said of the trace that it is a part of, where the contract lets it: nothing of it is checked but its form. */
  readonly traceContext: TraceContext | undefined
}

/** An output that was emitted, to one socket or to many. All that is told of it is told with the same object. */
export interface ObservedOutput {
  /** The event's name on the wire. */
  readonly event: string
  /** The namespace as the contract names it. */
  readonly namespace: string
  /** `undefined` where it went to many. */
  readonly socket: Socket | undefined
  /** Whether the contract gives it an answer, so that `onAck` follows. */
  readonly isAnswered: boolean
}

/** What something came to. */
export interface Outcome {
  /** A standard code or one that the event declares, such as `INVALID_INPUT`; `undefined` if it went well. */
  readonly code: string | undefined
  /** In milliseconds. */
  readonly durationMs: number
}

/** What a call came to. Its duration is that from the message to the answer. */
export interface Answer extends Outcome {
  /** Whether it was answered without any handler or listener: the input does not match, a limit is reached, the server closes, nobody listens. */
  readonly isRefused: boolean
}

/** How a socket left. */
export interface ObservedDisconnect extends ObservedSocket {
  /** Socket.IO's reason, such as `transport close`. */
  readonly reason: string
  /** Since the handshake, in milliseconds, by the wall clock. */
  readonly durationMs: number
}

/**
 * Is told of each phase of a server's messages, for logs, metrics and traces: never of what they carry. The functions are
 * called synchronously, in the order in which the observers were added. What one throws reaches nobody: `server.onError` is
 * told of the first for each function.
 */
export interface Observer {
  /** A handshake was checked, by a schema of `auth` or by `authenticate`: `code` says why it was refused. */
  readonly onAuthenticate?: (socket: ObservedSocket, outcome: Outcome) => void
  /** A socket has connected. */
  readonly onConnection?: (socket: ObservedSocket) => void
  /** A message has come. Nothing has been looked at but its event. */
  readonly onReceive?: (call: ObservedCall) => void
  /**
   * Its input is valid, and `run` starts its handler, or its listeners: what is around `run`, such as an `AsyncLocalStorage`,
   * is around them. It is called once, at once: if the observer does not, it is called all the same.
   */
  readonly onHandle?: (call: ObservedCall, run: () => void) => void
  /** Its handler has returned or thrown, or its promise has settled, even if it had been answered `TIMEOUT` by then. Not told of plain listeners. */
  readonly onHandled?: (call: ObservedCall, outcome: Outcome) => void
  /**
   * It has its answer, or needs none any more; `code` is what the client was told, or `DISCONNECTED` if it left before.
   * A plain listener that has nothing to answer has done so as soon as it was called; one that never answers never does.
   */
  readonly onAnswer?: (call: ObservedCall, answer: Answer) => void
  /** An output has been emitted. */
  readonly onEmit?: (output: ObservedOutput) => void
  /** Its answer came, or all that were asked for, or it failed: what the emit rejects with has that code. */
  readonly onAck?: (output: ObservedOutput, outcome: Outcome) => void
  /** A socket has left. */
  readonly onDisconnect?: (departure: ObservedDisconnect) => void
}

const HOOKS: readonly (keyof Observer)[] = [
  'onAuthenticate',
  'onConnection',
  'onReceive',
  'onHandle',
  'onHandled',
  'onAnswer',
  'onEmit',
  'onAck',
  'onDisconnect',
]

/** The value, if it can observe. It may have more than these functions, as an object of a class has. @throws TypeError if it can't */
export const observerOf = (value: unknown): Observer => {
  if (typeof value !== 'object' || value === null)
    throw new TypeError(`ackwire: observe: expected an object of functions, got ${kindOf(value)}`)
  const known: ReadonlySet<string> = new Set(HOOKS)
  const other = Object.keys(value).find(key => /^on[A-Z]/.test(key) && !known.has(key))
  if (other !== undefined)
    throw new TypeError(`ackwire: observe: unknown key "${other}"; expected one of ${HOOKS.join(', ')}`)
  for (const hook of HOOKS) {
    const given: unknown = Reflect.get(value, hook)
    if (given !== undefined && typeof given !== 'function')
      throw new TypeError(`ackwire: observe: ${hook}: expected a function, got ${kindOf(given)}`)
  }
  return value
}
