import { EventError, type Issue } from '../../wire.js'
import { replyError, replyFailure, replyInternal, send } from './reply.js'
import type { Exchange } from './exchange.js'
import { invalidInput, standardFailure } from '../../codec/failure.js'
import { unreadable } from '../../codec/transform-error.js'
import { countRefusal } from '../limits/refusals.js'

// None of the functions below throws, whatever the value is.

/** Answers arguments that don't match the contract. */
export const rejectInput = (exchange: Exchange, args: readonly unknown[]): void =>
  rejectArguments(exchange, () => exchange.route.args.issues(args, exchange.inbound.maxIssues))

/** Rejects arguments whose getters throw. Only the error handler gets the reason. */
export const rejectUnreadable = (exchange: Exchange, cause: unknown): void =>
  rejectArguments(exchange, () => unreadable(cause), { cause })

/** Rejects arguments that are too many, or too large to be validated. */
export const rejectExcess = (exchange: Exchange, issue: Issue): void => rejectArguments(exchange, () => [issue])

/** Rejects a packet with an ack that is not declared, or without one that is required, and counts it as a refusal. */
export const rejectAck = (exchange: Exchange, issue: Issue): void => {
  const { inbound, route, connection } = exchange
  rejectExcess(exchange, issue)
  countRefusal(inbound, route.name, connection.socket)
}

/** Rejects invalid arguments. Their issues are computed only if the client or the error handler gets them. */
const rejectArguments = (
  exchange: Exchange,
  issuesOf: () => readonly Issue[],
  details?: { readonly cause: unknown },
): void => {
  const { ack, inbound, route } = exchange
  const isReported = inbound.reporter.hears('input', inbound.namespace, route.name)
  if (ack === undefined && !isReported) return send(exchange, [], 'INVALID_INPUT')
  const issues = issuesOf()
  const failure = standardFailure('INVALID_INPUT', issues)
  if (!isReported) return replyFailure(exchange, failure)
  const error = withoutStack(() => invalidInput(issues))
  replyError(exchange, 'input', details === undefined ? error : Object.assign(error, details), failure)
}

/** Answers a call that a limit does not let in, and counts it: who runs against limits without end is disconnected. */
export const rejectLimited = (
  exchange: Exchange,
  { code, retryAfterMs }: { readonly code: 'RATE_LIMITED' | 'OVERLOADED'; readonly retryAfterMs: number },
): void => {
  const failure = { ...standardFailure(code), data: { retryAfterMs } }
  const { inbound, route, connection } = exchange
  if (inbound.reporter.hears('limit', inbound.namespace, route.name)) {
    const error = withoutStack(() => new EventError(code, failure.data, failure.message))
    replyError(exchange, 'limit', error, failure)
  } else replyFailure(exchange, failure)
  countRefusal(inbound, route.name, connection.socket)
}

/** Answers a call that a server does not take any more, as it closes, and counts it as one that a limit refuses. */
export const rejectClosing = (exchange: Exchange): void => {
  const { inbound, route, connection } = exchange
  const retryAfterMs = Math.max(0, inbound.serverState.drainUntil - Date.now())
  replyFailure(exchange, { ...standardFailure('OVERLOADED'), data: { retryAfterMs } })
  countRefusal(inbound, route.name, connection.socket)
}

/** Answers a call that could not be counted. */
export const rejectUncounted = (exchange: Exchange, error: unknown): void => replyInternal(exchange, 'count', error)

/** Calls a function without stack traces: a client's mistake has no useful one, and it would be most of the cost of a rejection. */
const withoutStack = <Made>(make: () => Made): Made => {
  const limit = Error.stackTraceLimit
  setStackTraceLimit(0)
  try {
    return make()
  } finally {
    setStackTraceLimit(limit)
  }
}

const setStackTraceLimit = (limit: number): void => {
  // It throws where the intrinsics are frozen; Reflect.set would not, but takes ten times as long.
  try {
    Error.stackTraceLimit = limit
  } catch {}
}
