import { encoded, invalidReply } from '../../codec/failure.js'
import type { SchemaCodec } from '../../codec/schema-codec.js'
import { passes } from '../../codec/validator.js'
import { assertNoPromise, holdPromises } from '../../thenable.js'
import { envelope, EventError, isEnvelope, type Failure } from '../../wire.js'
import type { Exchange } from './exchange.js'
import { replyFailure, replyInternal, replyValue, send, unsentReply } from './reply.js'

// None of the functions below throws, whatever the values are, so a plain listener can call them.

/** Answers what a plain listener called its ack with: what a handler returns, or a failure. */
export const replyPlain = (exchange: Exchange, values: readonly unknown[]): void => {
  const { ownError } = exchange.route
  const [first, second] = values
  const isSeveral = values.length > (ownError === undefined ? 1 : 2)
  const invalid = isSeveral ? (): EventError => unknownForm(exchange, values.length) : invalidReply
  if (ownError === undefined) replyOrFail(exchange, first, invalid)
  else if (first !== undefined && first !== null) replyError(exchange, ownError, first)
  else if (isSeveral) replyInternal(exchange, 'reply', invalid([]))
  else replyOrFail(exchange, second, invalid)
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
const replyOrFail = (exchange: Exchange, reply: unknown, invalid: typeof invalidReply): void => {
  let failure: Failure | undefined
  try {
    assertNoPromise(reply, `on ${exchange.route.name}`, 'the ack to be called with a value', 'await it first')
    if (isEnvelope(reply)) failure = exchange.route.errors.declared(reply)
  } catch (error) {
    return replyInternal(exchange, 'reply', error)
  }
  if (failure === undefined) replyValue(exchange, reply, invalid)
  else replyFailure(exchange, failure)
}

/** Answers with the error of an error-first ack: a failure that the event declares, or an error of the application's own. */
const replyError = (exchange: Exchange, codec: SchemaCodec, error: unknown): void => {
  const { route, inbound } = exchange
  try {
    assertNoPromise(error, `on ${route.name}`, 'the ack to be called with an error', 'await it first')
    const failure = route.errors.declared(isEnvelope(error) ? error : envelope(error as Failure))
    if (failure !== undefined) return replyFailure(exchange, failure)
    for (const candidate of formsOf(error)) {
      const own = encoded(codec, candidate, invalidReply)
      if (!passes(codec, own)) continue
      try {
        return send(exchange, [own], 'INTERNAL')
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
 * Returns the forms in which an error can be sent: as it is or, for an `Error`, which JSON makes `{}`, its message. Where that is empty,
 * as for a refused TCP connection, its code or its name, since a client that tests for a truthy error would take '' for a success.
 */
const formsOf = (error: unknown): readonly unknown[] => {
  if (!(error instanceof Error)) return [error]
  const message = error.message || String(Reflect.get(error, 'code') ?? error.name)
  return [message, { message, ...('code' in error && { code: error.code }) }]
}
