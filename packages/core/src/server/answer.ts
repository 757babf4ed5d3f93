import { envelope, EventError, isEnvelope, type Failure, type Issue } from '../wire.js'
import type { CallWatch } from './call-watch.js'
import type { Connection } from './connection.js'
import type { Duty } from './duty.js'
import { invalidInput, invalidReply, isInvalidOutput, standardFailure } from '../codec/failure.js'
import type { Patience } from './limits/patience.js'
import type { Limits } from './limits/scope.js'
import type { Phase, Reporter } from './report.js'
import type { Route } from './route.js'
import type { Watch } from './watch.js'

/** The inputs of a namespace, and whom to tell of errors. */
export interface Inlet {
  readonly namespace: string
  readonly routes: ReadonlyMap<string, Route>
  /** By the events' names; empty where nothing is limited. */
  readonly limits: ReadonlyMap<string, Limits>
  /** How often a client may run against them. */
  readonly patience: Patience
  readonly reporter: Reporter
  readonly duty: Duty
  readonly watch: Watch
  /** How long a handler may take, in milliseconds; `undefined` for as long as it wants. */
  readonly timeout: number | undefined
  /** Whether to answer an event that neither the contract nor a listener knows. */
  readonly unknownEvents: 'pass' | 'answer'
  /** How many items of a stream may wait for its reader. */
  readonly streamWindow: number
  /** How many streams a socket may have open. */
  readonly maxStreams: number
  /** How many issues to report of one value. */
  readonly maxIssues: number
}

/** Socket.IO's ack function: only its first call that does not throw has an effect. */
export type Ack = (...reply: readonly unknown[]) => void

/** Neither parser can carry a function, so one that stands among the arguments is Socket.IO's. */
export const isAck = (value: unknown): value is Ack => typeof value === 'function'

/** One message and all that answering it takes. */
export interface Exchange {
  readonly inlet: Inlet
  readonly route: Route
  readonly connection: Connection
  /** Absent where the client asked for no answer. */
  readonly ack: Ack | undefined
  /** Absent where nobody observes. */
  readonly watched: CallWatch | undefined
}

// None of the functions below throws, whatever the value, so that a promise's callbacks can be made of them.

/** Answers with what a handler returned, or with `INTERNAL` if it can't be sent. */
export const succeed = (exchange: Exchange, given: unknown): void => {
  const { route, inlet } = exchange
  let reply = given
  try {
    if (route.reply?.leave !== undefined) reply = route.reply.leave(given)
  } catch (error) {
    return answerInternal(exchange, 'reply', error)
  }
  if (!isReply(route, reply)) {
    const issues = route.reply?.issues(reply, '/0', inlet.maxIssues) ?? []
    return answerInternal(exchange, 'reply', invalidReply(issues))
  }
  try {
    send(exchange, route.reply === undefined ? [] : [reply])
  } catch (error) {
    answerInternal(exchange, 'reply', error)
  }
}

/** Answers what a plain listener gave to its ack: what a handler returns, or a failure that the event declares, in its envelope. */
export const answerPlain = (exchange: Exchange, reply: unknown): void => {
  let failure: Failure | undefined
  try {
    if (isEnvelope(reply)) failure = exchange.route.errors.declared(reply)
  } catch (error) {
    return answerInternal(exchange, 'reply', error)
  }
  if (failure === undefined) succeed(exchange, reply)
  else answerFailure(exchange, failure)
}

/** Answers what a handler threw: a failure that the event declares, or `INTERNAL`. */
export const failed = (exchange: Exchange, error: unknown): void => {
  const failure = exchange.route.errors.failureOf(error)
  if (failure === undefined) return answerInternal(exchange, isInvalidOutput(error) ? 'output' : 'handler', error)
  answerFailure(exchange, failure)
}

/** The code of what a handler threw, as far as the client is told. */
export const codeOf = ({ errors }: Route, error: unknown): string => errors.failureOf(error)?.code ?? 'INTERNAL'

/** Answers for a handler that takes too long. */
export const expired = (exchange: Exchange): void => {
  const failure = standardFailure('TIMEOUT')
  answerError(exchange, 'handler', new EventError('TIMEOUT', undefined, failure.message), failure)
}

/** Answers arguments that don't match the contract. */
export const refuseInput = (exchange: Exchange, args: readonly unknown[]): void =>
  refuse(exchange, () => exchange.route.args.issues(args, exchange.inlet.maxIssues))

/** Answers arguments that could not be read, without a word of why: the error handler is told. */
export const refuseUnread = (exchange: Exchange, cause: unknown): void =>
  refuse(exchange, () => [{ path: '', message: 'Expected a value that can be read' }], { cause })

/** Answers arguments that are too many, or too large to be looked at. */
export const refuseExcess = (exchange: Exchange, issue: Issue): void => refuse(exchange, () => [issue])

/** Answers arguments that are wrong. How they are is looked for only if somebody sees it: the client, or who is told of errors. */
const refuse = (exchange: Exchange, differ: () => readonly Issue[], details?: { readonly cause: unknown }): void => {
  const { ack, inlet, route } = exchange
  const isTold = inlet.reporter.hears('input', inlet.namespace, route.name)
  if (ack === undefined && !isTold) return send(exchange, [], 'INVALID_INPUT')
  const issues = differ()
  const failure = standardFailure('INVALID_INPUT', issues)
  if (!isTold) return answerFailure(exchange, failure)
  const error = Object.assign(
    withoutStack(() => invalidInput(issues)),
    details,
  )
  answerError(exchange, 'input', error, failure)
}

/** Answers a call that a limit does not let in. */
export const refuseLimit = (
  exchange: Exchange,
  { code, retryAfterMs }: { readonly code: 'RATE_LIMITED' | 'OVERLOADED'; readonly retryAfterMs: number },
): void => {
  const failure = { ...standardFailure(code), data: { retryAfterMs } }
  const { inlet, route } = exchange
  if (!inlet.reporter.hears('limit', inlet.namespace, route.name)) return answerFailure(exchange, failure)
  const error = withoutStack(() => new EventError(code, failure.data, failure.message))
  answerError(exchange, 'limit', error, failure)
}

/** Answers a call whose limits could not be looked at. */
export const refuseBroken = (exchange: Exchange, error: unknown): void => answerInternal(exchange, 'count', error)

/** Answers with a failure that is nobody's error. */
export const answerFailure = (exchange: Exchange, failure: Failure): void => {
  try {
    send(exchange, [envelope(failure)], failure.code)
  } catch (error) {
    answerInternal(exchange, 'reply', error)
  }
}

const answerInternal = (exchange: Exchange, phase: Phase, error: unknown): void =>
  answerError(exchange, phase, error, standardFailure('INTERNAL'))

/** Tells of an error, and answers with what the error handler says instead, or else with the failure. */
const answerError = (exchange: Exchange, phase: Phase, error: unknown, failure: Failure): void => {
  const { inlet, route, connection } = exchange
  const report = { error, phase, event: route.name, namespace: inlet.namespace, socket: connection.socket }
  const instead = inlet.reporter.tell(report)
  if (instead instanceof Promise) instead.then(value => sendEither(exchange, value, failure))
  else sendEither(exchange, instead, failure)
}

const sendEither = (exchange: Exchange, reply: unknown, failure: Failure): void => {
  const { route } = exchange
  if (reply !== undefined && route.reply !== undefined) {
    try {
      const encoded = route.reply.leave === undefined ? reply : route.reply.leave(reply)
      if (isReply(route, encoded)) return send(exchange, [encoded])
    } catch {
      // It can't be encoded or serialized: then the failure is the answer.
    }
  }
  send(exchange, [envelope(failure)], failure.code)
}

const isReply = ({ reply }: Route, value: unknown): boolean => {
  try {
    // A record or an open object can hold what a client would take for a failure.
    return reply === undefined || (reply.check(value) && !isEnvelope(value))
  } catch {
    return false
  }
}

const send = ({ ack, connection, watched }: Exchange, reply: readonly unknown[], code?: string): void => {
  const { connected } = connection.socket
  // After the socket has left, Socket.IO would still write to the transport, which other namespaces may share.
  if (connected) ack?.(...reply)
  watched?.answered(connected || ack === undefined ? code : 'DISCONNECTED')
}

/** A client's mistake comes from no line of the server's, and to look for one is most of what refusing it would cost. */
const withoutStack = <Made>(make: () => Made): Made => {
  const limit = Error.stackTraceLimit
  // Reflect.set does not throw where the intrinsics are frozen.
  Reflect.set(Error, 'stackTraceLimit', 0)
  try {
    return make()
  } finally {
    Reflect.set(Error, 'stackTraceLimit', limit)
  }
}
