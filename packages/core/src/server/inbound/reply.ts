import { envelope, EventError, isEnvelope, type Failure, type Issue } from '../../wire.js'
import { encoded, invalidReply, isInvalidOutput, standardFailure } from '../../codec/failure.js'
import { holdPromises } from '../../thenable.js'
import type { Phase } from '../observe/error-handler.js'
import { sentFormOf } from '../outbound/sent-form.js'
import { wireFormOf } from '../outbound/wire-form.js'
import { writeTexts } from '../serialization.js'
import type { Exchange } from './exchange.js'
import type { Route } from './route.js'

// None of the functions below throws, whatever the value is, so a promise can call them.

/** The way in which a value is answered. */
export interface ReplyForm {
  /** Makes the error of a value that can't be sent. */
  readonly invalid: typeof invalidReply
  /** Returns the arguments of the ack for a reply, which is empty for a receipt. */
  readonly argumentsOf: (reply: readonly unknown[]) => readonly unknown[]
  /** Called for a value that does not match its schema; returns whether it has answered with another. */
  readonly otherwise: (() => boolean) | undefined
}

/** Answers with what a handler returned, or with `INTERNAL` if it can't be sent. */
export const replyValue = (exchange: Exchange, given: unknown, form?: ReplyForm): void => {
  const { route, inbound } = exchange
  const invalid = form?.invalid ?? invalidReply
  let reply = given
  try {
    if (route.reply !== undefined) reply = encoded(route.reply, given, invalid)
  } catch (error) {
    return form?.otherwise?.() === true ? undefined : replyInternal(exchange, 'reply', error)
  }
  if (!isReply(route, reply)) {
    if (form?.otherwise?.() === true) return
    holdPromises([given, reply])
    return replyInternal(exchange, 'reply', invalid(issuesOf(route, reply, inbound)))
  }
  try {
    const values = route.reply === undefined ? [] : [reply]
    send(exchange, form === undefined ? answerOf(route, values) : form.argumentsOf(values))
  } catch (error) {
    replyInternal(exchange, 'reply', unsentReply(error, reply))
  }
}

/** Answers a handler's error: with a failure that the event declares, or with `INTERNAL`. */
export const replyThrown = (exchange: Exchange, error: unknown): void => {
  const failure = exchange.route.errors.failureOf(error)
  if (failure === undefined) return replyInternal(exchange, isInvalidOutput(error) ? 'output' : 'handler', error)
  replyFailure(exchange, failure)
}

/** Returns the code that the client gets for a handler's error. */
export const codeOf = ({ errors }: Route, error: unknown): string => errors.failureOf(error)?.code ?? 'INTERNAL'

/** Answers `TIMEOUT` for a handler, or a plain listener, that takes too long. */
export const replyTimeout = (exchange: Exchange): void => {
  const failure = standardFailure('TIMEOUT')
  replyError(exchange, 'handler', new EventError('TIMEOUT', undefined, failure.message), failure)
}

/** Answers with a failure that is not reported. */
export const replyFailure = (exchange: Exchange, failure: Failure): void => {
  try {
    sendFailure(exchange, failure)
  } catch (error) {
    replyInternal(exchange, 'reply', unsentReply(error, failure.data))
  }
}

/** Reports an error and answers with `INTERNAL`. */
export const replyInternal = (exchange: Exchange, phase: Phase, error: unknown): void =>
  replyError(exchange, phase, error, standardFailure('INTERNAL'))

/** Reports an error, and answers with the result of the error handler or, without one, with the failure. */
export const replyError = (exchange: Exchange, phase: Phase, error: unknown, failure: Failure): void => {
  const { inbound, route, connection } = exchange
  const report = { error, phase, event: route.name, namespace: inbound.namespace, socket: connection.socket }
  const instead = inbound.reporter.tell(report)
  if (instead instanceof Promise) instead.then(value => sendEither(exchange, value, failure))
  else sendEither(exchange, instead, failure)
}

const sendEither = (exchange: Exchange, reply: unknown, failure: Failure): void => {
  const { route } = exchange
  if (reply !== undefined && route.reply !== undefined) {
    try {
      const encoded = route.reply.encode === undefined ? reply : route.reply.encode(reply)
      if (isReply(route, encoded)) return send(exchange, answerOf(route, [encoded]))
    } catch {
      // The value can't be encoded or serialized, so the failure is sent instead.
    }
  }
  sendFailure(exchange, failure)
}

/** Answers with a failure. Without data it is nothing but texts of ours, which the JSON parser sends as they are. */
const sendFailure = (exchange: Exchange, failure: Failure): void => {
  const { isJson } = exchange.inbound.serialization
  send(exchange, [failureAnswerOf(exchange.route, failure)], failure.code, isJson && failure.data === undefined)
}

/** Returns the arguments of the ack for a reply: after `null`, if the ack is error-first. */
const answerOf = ({ ownError }: Route, reply: readonly unknown[]): readonly unknown[] =>
  ownError === undefined ? reply : [null, ...reply]

/** Returns the argument of the ack for a failure: in its envelope, unless the ack is error-first. */
const failureAnswerOf = ({ ownError }: Route, failure: Failure): unknown =>
  ownError === undefined ? envelope(failure) : failure

/** Tells whether an encoded value is a reply. */
export const isReply = ({ reply }: Route, value: unknown): boolean => {
  try {
    // A record, or an object with undeclared properties, can look like a failure to the client.
    return reply === undefined || (reply.check(value) && !isEnvelope(value))
  } catch {
    return false
  }
}

const issuesOf = ({ reply }: Route, value: unknown, { maxIssues }: Exchange['inbound']): readonly Issue[] =>
  namingUndefined(value, reply?.issues(value, '/0', maxIssues) ?? [])

/** Adds the cause to the issues of a missing reply, since a forgotten `return` is a common mistake. */
const namingUndefined = (reply: unknown, issues: readonly Issue[]): readonly Issue[] =>
  reply === undefined ? issues.map(({ path, message }) => ({ path, message: `${message}, got undefined` })) : issues

/** Returns the error of a reply that could not be serialized: one with the place, if JSON can't carry the value. */
export const unsentReply = (error: unknown, value: unknown): unknown => {
  try {
    wireFormOf(value, '/0', invalidReply)
    return error
  } catch (invalid) {
    return invalid
  }
}

/** Returns the error for the data of a failure, whose path does not begin in the envelope. */
const invalidFailure = (issues: readonly Issue[]): EventError =>
  invalidReply(issues.map(({ path, message }) => ({ path: path.replace('/$error/data', ''), message })))

/**
 * Calls the ack, where there is one. `code` is that of a failure, and `isOwnText` true for values that are known to hold only texts.
 * @throws EventError `INVALID_REPLY` for what can't be sent.
 */
export const send = (
  { ack, connection, observation, inbound, route }: Exchange,
  reply: readonly unknown[],
  code?: string,
  isOwnText = false,
): void => {
  const { connected } = connection.socket
  // After the socket has disconnected, Socket.IO would still write to the transport, which other namespaces may share.
  if (connected && ack !== undefined) {
    const { form, isText } = isOwnText
      ? { form: reply, isText: true }
      : sentFormOf(reply, {
          invalid: code === undefined ? invalidReply : invalidFailure,
          issuesOf: values => {
            const json = route.ownError === undefined ? values[0] : values[1]
            return code !== undefined || isReply(route, json) ? undefined : issuesOf(route, json, inbound)
          },
          isCarried: !inbound.serialization.isJson,
          encoding: 'json',
        })
    if (isText) writeTexts(form, () => ack(...form))
    else ack(...form)
  }
  observation?.answered(connected || ack === undefined ? code : 'DISCONNECTED')
}
