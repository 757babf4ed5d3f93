import { encoded, invalidReply } from '../../codec/failure.js'
import type { SchemaCodec } from '../../codec/schema-codec.js'
import { passes } from '../../codec/validator.js'
import { assertNoPromise, holdPromises } from '../../thenable.js'
import { envelope, EventError, isEnvelope, type Failure } from '../../wire.js'
import { wireFormOf } from '../outbound/wire-form.js'
import type { Exchange } from './exchange.js'
import { isReply, replyFailure, replyInternal, replyValue, send, unsentReply, type ReplyForm } from './reply.js'

// None of the functions below throws, whatever the values are, so a plain listener can call them.

/**
 * Answers what a plain listener called its ack with: what a handler returns, or a failure. The client's ack is called with as many
 * arguments as the listener's, so that a client that was there before the contract gets the packets that it got then.
 */
export const replyPlain = (exchange: Exchange, values: readonly unknown[]): void => {
  const { ownError } = exchange.route
  const [first, second] = values
  if (ownError !== undefined && !isNothing(first)) return replyError(exchange, ownError, values)
  const isSeveral = values.length > (ownError === undefined ? 1 : 2)
  const invalid = isSeveral ? (): EventError => unknownForm(exchange, values.length) : invalidReply
  if (ownError === undefined)
    replyOrFail(exchange, first, { invalid, argumentsOf: reply => reply.slice(0, values.length) })
  else if (isSeveral) replyInternal(exchange, 'reply', invalid([]))
  else replyOrFail(exchange, second, { invalid, argumentsOf: reply => withoutError(reply, values) })
}

const isNothing = (value: unknown): boolean => value === undefined || value === null

/** Returns the arguments of an error-first ack without an error. A receipt has no value, but the listener may have given `null`. */
const withoutError = (reply: readonly unknown[], values: readonly unknown[]): readonly unknown[] => {
  const [value = null] = reply
  const hasValue = reply.length > 0 || isNothing(values[1])
  return [null, value].slice(0, hasValue ? values.length : 1)
}

const unknownForm = ({ route }: Exchange, count: number): EventError => {
  const expected =
    route.ownError === undefined
      ? 'expected one; if it is called as ack(error) and ack(null, value), declare .ack(…, { errorFirst: true })'
      : 'expected ack(error) or ack(null, value)'
  return new EventError(
    'INVALID_REPLY',
    undefined,
    `on ${route.name}: the ack was called with ${count} values; ${expected}`,
  )
}

/** Answers with a value, or with a failure that the event declares, in its envelope. */
const replyOrFail = (exchange: Exchange, reply: unknown, form: Omit<ReplyForm, 'otherwise'>): void => {
  let failure: Failure | undefined
  try {
    assertNoPromise(reply, `on ${exchange.route.name}`, 'the ack to be called with a value', 'await it first')
    if (isEnvelope(reply)) failure = exchange.route.errors.declared(reply)
  } catch (error) {
    return replyInternal(exchange, 'reply', error)
  }
  if (failure !== undefined) return replyFailure(exchange, failure)
  replyValue(exchange, reply, { ...form, otherwise: () => sendJson(exchange, reply, form) })
}

/** Sends what JSON makes of a value, such as the text of a date, if that matches the schema; returns whether it does. */
const sendJson = (exchange: Exchange, value: unknown, { argumentsOf }: Pick<ReplyForm, 'argumentsOf'>): boolean => {
  const { route } = exchange
  if (route.reply === undefined) return false
  try {
    const json = encoded(route.reply, jsonOf(value), invalidReply)
    if (!isReply(route, json)) return false
    send(exchange, argumentsOf([json]))
    return true
  } catch {
    return false
  }
}

/** Returns what JSON makes of an argument. @throws EventError `INVALID_REPLY` for what it can't carry. */
const jsonOf = (value: unknown): unknown => wireFormOf(value, '/0', invalidReply) ?? null

/** Answers with the error of an error-first ack: a failure that the event declares, or an error of the application's own. */
const replyError = (exchange: Exchange, codec: SchemaCodec, [error, ...values]: readonly unknown[]): void => {
  const { route, inbound } = exchange
  try {
    assertNoPromise(error, `on ${route.name}`, 'the ack to be called with an error', 'await it first')
    const failure = route.errors.declared(isEnvelope(error) ? error : envelope(error as Failure))
    if (failure !== undefined) return replyFailure(exchange, failure)
    for (const candidate of formsOf(error)) {
      const own = encoded(codec, candidate, invalidReply)
      if (!passes(codec, own)) continue
      try {
        // As in `ack(error, null)`.
        const rest = values.length === 1 && isNothing(values[0]) ? [null] : []
        return send(exchange, [own, ...rest], 'INTERNAL')
      } catch (cause) {
        return replyInternal(exchange, 'reply', unsentReply(cause, own))
      }
    }
    holdPromises(error)
    replyInternal(exchange, 'reply', invalidReply(codec.issues(error, '/0', inbound.maxIssues)))
  } catch (cause) {
    replyInternal(exchange, 'reply', cause)
  }
}

/**
 * Returns the forms in which an error can be sent: as it is or, for an `Error`, its message, with and without its code; then what JSON
 * makes of it. Without a message, as for a refused TCP connection, it is the code or the name, since a client that tests for a truthy
 * error would take '' for a success.
 */
const formsOf = function* (error: unknown): Generator<unknown> {
  if (error instanceof Error) {
    const message = error.message || String(Reflect.get(error, 'code') ?? error.name)
    yield message
    yield { message, ...('code' in error && { code: error.code }) }
  } else yield error
  yield jsonOf(error)
}
