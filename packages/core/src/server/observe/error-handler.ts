import type { Socket } from 'socket.io'
import { kindOf } from '../../definition-error.js'
import { shown } from '../../printable.js'
import { EventError } from '../../wire.js'
import { isPromise, within } from '../promise.js'

/** Where an error arose. */
export type Phase =
  /** The handshake's `auth` does not match its schema, or `authenticate` threw. */
  | 'authenticate'
  /** The arguments that came don't match the contract. */
  | 'input'
  /** A limit does not let the call in. */
  | 'limit'
  /** A call could not be counted: `userOf` threw, or the rate limiter failed, of which only the first failure is told until it counts again. */
  | 'count'
  /** The handler, or a lifecycle listener, threw or rejected. */
  | 'handler'
  /** What the handler returned can't be sent: it does not match its schema, or it can't be serialized. */
  | 'reply'
  /** What the handler wanted to emit does not match the contract. */
  | 'output'
  /** What a client answered to an output does not match the contract: the emit rejects with the same error. */
  | 'ack'
  /** A function of an observer threw: this is its first time. */
  | 'observer'

/** An error and where it arose. */
export interface ErrorReport {
  /** What was thrown; an `EventError` with `issues` where a value does not match its schema. */
  readonly error: unknown
  /** The phase in which it was thrown. */
  readonly phase: Phase
  /**
   * The event's name on the wire, or `connection`, `disconnecting` or `disconnect`. In the phase `count` of a rate limiter,
   * the path of what has the limit.
   */
  readonly event: string
  /** The namespace's name, such as `/admin`. */
  readonly namespace: string
  /** `undefined` for a rate limiter's failure, and for an answer to an emit to many: Socket.IO does not say whose it is. */
  readonly socket: Socket | undefined
}

/**
 * Called with every error that the contract does not declare. What it returns, or resolves to, becomes the ack if the
 * event's ack schema takes it; where the server owes no ack, such as in the phase `ack`, it is ignored.
 */
export type ErrorHandler = (report: ErrorReport) => unknown

/** Tells the error handler of the application, if there is one, or the console. */
export interface Reporter {
  /** The application's own; `undefined` as long as the console is told. */
  handler: ErrorHandler | undefined
  /** Tells whether a report of this event would reach anybody: of what clients do wrong, the console gets only the first. */
  hears(phase: Phase, namespace: string, event: string): boolean
  /** Returns what the error handler returned, a rejection as `undefined`. It does not throw. */
  tell(report: ErrorReport): unknown
}

/** The phases in which a client has made the mistake. */
const MISTAKES: ReadonlySet<Phase> = new Set(['authenticate', 'input', 'limit', 'ack'])

/** Reports to the console until a handler is set. */
export const createReporter = (): Reporter => {
  // A client can send mistakes without end. The console is told of the first for each event, so that nobody floods it.
  const blamed = new Set<string>()
  // An input and an output can have the same name.
  const keyOf = (phase: Phase, namespace: string, event: string): string => `${phase} ${namespace} ${event}`

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

/** The time that an answer waits for what the error handler resolves to, in milliseconds. */
const LONGEST_WAIT = 5_000

const WHAT_FAILED: Readonly<Record<Phase, string>> = {
  authenticate: 'refused a client (server.onError gets each of these, the console only the first)',
  input: 'rejected what a client sent (server.onError gets each of these, the console only the first)',
  limit: 'rejected what a client sent beyond a limit (server.onError gets each of these, the console only the first)',
  count: 'could not count a call',
  handler: 'the handler threw',
  reply: "the reply can't be sent",
  ack: 'rejected what a client answered (server.onError gets each of these, the console only the first)',
  output: 'the handler emitted a value that the contract does not allow',
  observer: 'an observer threw (the console gets only the first)',
}

/** The only way to the console: what is printed can have a peer's text in it. */
const write = (text: string): void => console.error(shown(text))

const print = (report: ErrorReport): void => write(line(report))

const printBoth = (report: ErrorReport, error: unknown): void => {
  print(report)
  write(`ackwire: and server.onError itself failed: ${describe(error)}`)
}

const line = ({ error, phase, event, namespace }: ErrorReport): string => {
  const place = namespace === '/' ? event : `${namespace} ${event}`
  return `ackwire: ${place}: ${WHAT_FAILED[phase]}: ${describe(error)}`
}

/** An error's name and message, and the place in the code that it comes from. */
const describe = (error: unknown): string => {
  // What is thrown can be anything, also an object whose properties throw when they are read.
  try {
    if (!(error instanceof Error)) return typeof error === 'string' ? error : kindOf(error)
    if (error instanceof EventError && error.issues.length > 0)
      return error.issues.map(({ path, message }) => `${path} ${message}`).join('; ')
    const frame = error instanceof EventError ? undefined : error.stack?.split('\n').find(row => /^\s+at /.test(row))
    return `${error.name}: ${error.message}${frame === undefined ? '' : ` (${frame.trim()})`}`
  } catch {
    return "an error that can't be shown"
  }
}
