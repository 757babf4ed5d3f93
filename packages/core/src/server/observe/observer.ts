import type { Socket } from 'socket.io'
import { kindOf } from '../../definition-error.js'
import type { TraceContext } from '../../trace-context.js'

/** The socket of an observed event, and its namespace. */
export interface ObservedSocket {
  /** The namespace's name in the contract, such as `/game-{id}`; the socket's own `nsp.name` is `/game-42`. */
  readonly namespace: string
  /** Socket.IO's own socket. */
  readonly socket: Socket
}

/** A message of an input that the contract declares. All functions get the same object for the same message. */
export interface ObservedCall extends ObservedSocket {
  /** The event's name on the wire. */
  readonly event: string
  /** True if the contract declares an ack for it. */
  readonly isAnswered: boolean
  /** The trace context that the client sent, if the contract allows one: only its format is checked. */
  readonly traceContext: TraceContext | undefined
}

/** An output that was emitted to one socket or to many. All functions get the same object for the same emit. */
export interface ObservedOutput {
  /** The event's name on the wire. */
  readonly event: string
  /** The namespace's name in the contract. */
  readonly namespace: string
  /** The recipient; `undefined` for a broadcast. */
  readonly socket: Socket | undefined
  /** True if the contract declares an ack for it, so that `onAck` follows. */
  readonly isAnswered: boolean
}

/** The outcome of an observed operation. */
export interface Outcome {
  /** A standard code or one that the event declares, such as `INVALID_INPUT`; `undefined` for a success. */
  readonly code: string | undefined
  /** The duration in milliseconds. */
  readonly durationMs: number
}

/** The outcome of a call. Its duration is the time from the message to the answer. */
export interface Answer extends Outcome {
  /** True if it was answered without a handler or listener: the input is invalid, a limit is exceeded, the server is closing, or nothing listens to the event. */
  readonly isRefused: boolean
}

/** A socket that has disconnected. */
export interface ObservedDisconnect extends ObservedSocket {
  /** Socket.IO's reason, such as `transport close`. */
  readonly reason: string
  /** The time since the handshake, in milliseconds, by the wall clock. */
  readonly durationMs: number
}

/**
 * Observes each phase of a server's messages, for logs, metrics and traces; it never gets their arguments or replies. The
 * functions are called synchronously, in the order in which the observers were added. Their errors don't affect the message;
 * `server.onError` gets the first of each function.
 */
export interface Observer {
  /** Called when a handshake was checked by a schema of `auth` or by `authenticate`: `code` tells why it was refused. */
  readonly onAuthenticate?: (socket: ObservedSocket, outcome: Outcome) => void
  /** Called when a socket has connected. */
  readonly onConnection?: (socket: ObservedSocket) => void
  /** Called when a message was received. Only its event has been read so far. */
  readonly onReceive?: (call: ObservedCall) => void
  /**
   * Called when the input of a message is valid, before its handler or listeners. `run` starts them synchronously, within the
   * observer's context, such as that of an `AsyncLocalStorage`. If the observer does not call it, they are started all the same.
   */
  readonly onHandle?: (call: ObservedCall, run: () => void) => void
  /** Called when the handler has returned, thrown or settled its promise, even after the call was answered `TIMEOUT`. Not called for plain listeners. */
  readonly onHandled?: (call: ObservedCall, outcome: Outcome) => void
  /**
   * Called when a call is answered, or needs no answer any more; `code` is that of the answer, or `DISCONNECTED` if the client
   * left before. For a plain listener of an event without an ack it is called at once; for one that never acks it never is.
   */
  readonly onAnswer?: (call: ObservedCall, answer: Answer) => void
  /** Called when an output has been emitted. */
  readonly onEmit?: (output: ObservedOutput) => void
  /** Called when all answers to an output were received, or when it failed with the code of the error that the emit rejects with. */
  readonly onAck?: (output: ObservedOutput, outcome: Outcome) => void
  /** Called when a socket has disconnected. */
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

/** Returns a valid observer as it is; it may have other members, as an instance of a class has. @throws TypeError for an invalid one. */
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
