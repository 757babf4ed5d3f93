import type { Socket } from 'socket.io'
import { kindOf } from '../../definition-error.js'
import { printable } from '../../printable.js'
import { EventError } from '../../wire.js'
import { isPromise } from '../../thenable.js'
import { within } from '../promise.js'

/** The phase of a message in which an error occurred. */
export type Phase =
  /** The handshake's `auth` does not match its schema, `authenticate` threw, or a `Decode` of the namespace's parameters returned a promise. */
  | 'authenticate'
  /** The received arguments don't match the contract. */
  | 'input'
  /** The event is not in the contract and nothing listens to it; with `unknownEvents: 'refuse'`, once per name and connection. */
  | 'unknown'
  /** A limit rejected the call. */
  | 'limit'
  /** A call could not be counted: `userOf` threw, or the rate limiter failed, which is reported once until it counts again. */
  | 'count'
  /** The handler, a lifecycle listener, or a listener of a `signal` threw or rejected. */
  | 'handler'
  /** The handler's reply can't be sent: it does not match its schema, or JSON can't carry it. */
  | 'reply'
  /** The arguments of a handler's emit, or of an emit whose promise nobody awaits, don't match the contract, or JSON can't carry them. */
  | 'output'
  /** A client's answer to an output does not match the contract; the emit rejects with the same error. */
  | 'ack'
  /** A function of an observer threw; only the first error of each function is reported. */
  | 'observer'

/** An error, and the place where it occurred. */
export interface ErrorReport {
  /** The thrown value; an `EventError` with `issues` if a value does not match its schema. Its `cause` is what your own code threw. */
  readonly error: unknown
  /** The phase in which it was thrown. */
  readonly phase: Phase
  /**
   * The event's name on the wire, or `connection`, `disconnecting` or `disconnect`. For the failure of a rate limiter, the
   * path of the event, group or namespace that has the limit. In the phase `unknown`, its first 64 characters.
   */
  readonly event: string
  /** The namespace's name, such as `/admin`. */
  readonly namespace: string
  /**
   * The socket; `undefined` for the failure of a rate limiter, for parameters that can't be decoded, and for an answer to a
   * broadcast, whose sender Socket.IO does not tell.
   */
  readonly socket: Socket | undefined
}

/**
 * Handles every error that the contract does not declare. Its result, awaited, becomes the ack if it matches the event's ack
 * schema; it is ignored if the server owes no ack, as in the phase `ack`.
 */
export type ErrorHandler = (report: ErrorReport) => unknown

/** Reports errors to the error handler of the application or, without one, to the console. */
export interface Reporter {
  /** The error handler of the application; without one, errors go to the console. */
  handler: ErrorHandler | undefined
  /** Tells whether a report of this event would be delivered: of clients' mistakes, the console gets only the first. */
  hears(phase: Phase, namespace: string, event: string): boolean
  /** Reports an error and returns the result of the error handler, or `undefined` if that fails. It does not throw. */
  tell(report: ErrorReport): unknown
}

/** The phases in which a client has made the mistake. */
const MISTAKES: ReadonlySet<Phase> = new Set(['authenticate', 'input', 'unknown', 'limit', 'ack'])

/** Reports to the console until a handler is set. */
export const createReporter = (): Reporter => {
  // A client can make any number of mistakes. The console gets the first for each event, so that nobody can flood it.
  const blamed = new Set<string>()
  // An input and an output can have the same name.
  const keyOf = (phase: Phase, namespace: string, event: string): string =>
    // Clients choose the names of unknown events, and could fill the memory with them.
    phase === 'unknown' ? `${phase} ${namespace}` : `${phase} ${namespace} ${event}`

  return {
    handler: undefined,
    hears(phase, namespace, event) {
      return this.handler !== undefined || !blamed.has(keyOf(phase, namespace, event))
    },
    tell(report) {
      if (this.handler === undefined) {
        const { phase, namespace, event } = report
        if (!this.hears(phase, namespace, event)) return undefined
        if (MISTAKES.has(phase)) blamed.add(keyOf(phase, namespace, event))
        return print(report)
      }
      try {
        const instead = this.handler(report)
        if (!isPromise(instead)) return instead
        const late = (): void => write(`ackwire: server.onError took more than ${LONGEST_WAIT} ms for ${report.event}`)
        return within(instead, LONGEST_WAIT, late).catch((error: unknown) => printBoth(report, error))
      } catch (error) {
        return printBoth(report, error)
      }
    },
  }
}

/** The time that an answer waits for the error handler's promise, in milliseconds. */
const LONGEST_WAIT = 5_000

const WHAT_FAILED: Readonly<Record<Phase, string>> = {
  authenticate: 'refused a client (server.onError gets each of these, the console only the first)',
  input: 'rejected what a client sent (server.onError gets each of these, the console only the first)',
  unknown: 'refused an unknown event (server.onError gets each of these, the console only the first)',
  limit: 'rejected what a client sent beyond a limit (server.onError gets each of these, the console only the first)',
  count: 'could not count a call',
  handler: 'the handler threw',
  reply: "the reply can't be sent",
  ack: 'rejected what a client answered (server.onError gets each of these, the console only the first)',
  output: 'the handler emitted a value that the contract does not allow',
  observer: 'an observer threw (the console gets only the first)',
}

/** Writes to the console; the only place that does, since the message may contain a peer's text. */
const write = (text: string): void => console.error(printable(text))

const print = (report: ErrorReport): void => write(line(report))

const printBoth = (report: ErrorReport, error: unknown): void => {
  print(report)
  write(`ackwire: and server.onError itself failed: ${describe(error)}`)
}

const line = ({ error, phase, event, namespace }: ErrorReport): string => {
  const place = namespace === '/' ? event : `${namespace} ${event}`
  return `ackwire: ${place}: ${WHAT_FAILED[phase]}: ${describe(error)}`
}

/** Returns the reason behind issues if it is one of ours. Other messages can contain the value, such as that of `JSON.parse`. */
const ownReason = (cause: unknown): string => {
  const { message }: { readonly message?: unknown } = Object(Object(cause).error ?? cause)
  return typeof message === 'string' && message.startsWith('ackwire: ') ? `: ${message}` : ''
}

/** Returns an error's name and message, and the place in the code that threw it. */
const describe = (error: unknown): string => {
  // Anything can be thrown, even an object whose getters throw.
  try {
    if (!(error instanceof Error)) return typeof error === 'string' ? error : kindOf(error)
    if (error instanceof EventError && error.issues.length > 0)
      return error.issues.map(({ path, message }) => `${path} ${message}`).join('; ') + ownReason(error.cause)
    const frame = error instanceof EventError ? undefined : error.stack?.split('\n').find(row => /^\s+at /.test(row))
    return `${error.name}: ${error.message}${frame === undefined ? '' : ` (${frame.trim()})`}`
  } catch {
    return "an error that can't be shown"
  }
}
