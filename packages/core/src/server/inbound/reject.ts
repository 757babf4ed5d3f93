import { EventError, type Issue } from '../../wire.js'
import { answerError, answerFailure, answerInternal, send } from './reply.js'
import type { Exchange } from './exchange.js'
import { invalidInput, standardFailure } from '../../codec/failure.js'
import { countRefusal } from '../limits/refusals.js'

// As in answer.ts, none of these throws.

/** Answers arguments that don't match the contract. */
export const refuseInput = (exchange: Exchange, args: readonly unknown[]): void =>
  refuseArguments(exchange, () => exchange.route.args.issues(args, exchange.inlet.maxIssues))

/** Answers arguments that could not be read, without a word of why: the error handler is told. */
export const refuseUnread = (exchange: Exchange, cause: unknown): void =>
  refuseArguments(exchange, () => [{ path: '', message: 'Expected a value that can be read' }], { cause })

/** Answers arguments that are too many, or too large to be looked at. */
export const refuseExcess = (exchange: Exchange, issue: Issue): void => refuseArguments(exchange, () => [issue])

/** Answers arguments that are wrong. How they are is looked for only if somebody sees it: the client, or who is told of errors. */
const refuseArguments = (
  exchange: Exchange,
  differ: () => readonly Issue[],
  details?: { readonly cause: unknown },
): void => {
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

/** Answers a call that a limit does not let in, and counts it: who runs against limits without end is disconnected. */
export const refuseLimit = (
  exchange: Exchange,
  { code, retryAfterMs }: { readonly code: 'RATE_LIMITED' | 'OVERLOADED'; readonly retryAfterMs: number },
): void => {
  const failure = { ...standardFailure(code), data: { retryAfterMs } }
  const { inlet, route, connection } = exchange
  if (inlet.reporter.hears('limit', inlet.namespace, route.name)) {
    const error = withoutStack(() => new EventError(code, failure.data, failure.message))
    answerError(exchange, 'limit', error, failure)
  } else answerFailure(exchange, failure)
  countRefusal(inlet, route.name, connection.socket)
}

/** Answers a call that a server does not take any more, as it closes, and counts it as one that a limit refuses. */
export const refuseClosing = (exchange: Exchange): void => {
  const { inlet, route, connection } = exchange
  const retryAfterMs = Math.max(0, inlet.duty.drainUntil - Date.now())
  answerFailure(exchange, { ...standardFailure('OVERLOADED'), data: { retryAfterMs } })
  countRefusal(inlet, route.name, connection.socket)
}

/** Answers a call whose limits could not be looked at. */
export const refuseBroken = (exchange: Exchange, error: unknown): void => answerInternal(exchange, 'count', error)

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
