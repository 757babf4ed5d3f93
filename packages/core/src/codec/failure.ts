import { messageOf } from '../codes.js'
import { kindOf } from '../definition-error.js'
import type { EventEntry } from '../contract/contract.js'
import { holdPromises } from '../thenable.js'
import { errorIn, EventError, type Failure, type Issue } from '../wire.js'
import type { Compiling } from './codec-options.js'
import type { SchemaCodec, CodecFor } from './schema-codec.js'
import { jsonOf } from './to-json.js'
import { unencodable } from './transform-error.js'
import { passes } from './validator.js'

/** The compiled errors that an event declares. */
export interface DeclaredErrors {
  /**
   * Throws a declared error. Throws a different error if the code is not declared or the data does not match its
   * schema.
   */
  fail(this: void, code: string, data?: unknown, options?: { readonly message?: string }): never
  /**
   * Returns the encoded failure of an envelope if the event declares its code and the data matches, otherwise
   * `undefined`. Throws `INVALID_REPLY` if the data can't be encoded.
   */
  declared(reply: unknown): Failure | undefined
  /** Returns the failure to answer if this `fail` threw the error, otherwise `undefined`. */
  failureOf(error: unknown): Failure | undefined
}

/** Compiles the errors that an event declares. */
export const declaredErrorsOf = (
  entry: Pick<EventEntry, 'name' | 'errors' | 'path'>,
  { maxIssues, codecFor }: Compiling,
  advice = 'with .errors',
): DeclaredErrors => {
  const { name } = entry
  const codecs = errorCodecsOf(entry, codecFor)
  // An error from elsewhere, such as another service's client, can have the same code; it is not a declared error of this event.
  const thrown = new WeakMap<object, Failure>()
  return {
    fail(code, given, { message = code } = {}) {
      const codec = codecs.get(code)
      if (codec === undefined) {
        throw new TypeError(
          `ackwire: fail("${code}"): ${name} declares ${[...codecs.keys()].join(', ') || 'no errors'}; add this code ${advice}, or use a declared one`,
        )
      }
      const invalid = (issues: readonly Issue[]): EventError =>
        new EventError('INVALID_REPLY', undefined, `fail("${code}"): the data does not match its schema`, issues)
      const data = encoded(codec, given, invalid)
      for (const each of [data, sentAs(data)])
        if (!passes(codec, each)) throw refused([given, data], invalid(codec.issues(each, '/0', maxIssues)))
      if (typeof message !== 'string')
        throw new TypeError(`ackwire: fail("${code}"): expected a string as the message, got ${kindOf(message)}`)
      const error = new EventError(code, data, message)
      thrown.set(error, { code, message: error.message, data })
      throw error
    },
    declared(reply) {
      const error = errorIn(reply)
      const codec = error && codecs.get(error.code)
      if (error === undefined || codec === undefined) return undefined
      const data = encoded(codec, error.data, invalidReply)
      return passes(codec, data) ? { code: error.code, message: error.message, data } : undefined
    },
    // Not `instanceof`: the thrown value can be a proxy that throws when it is inspected.
    failureOf: error => (typeof error === 'object' && error !== null ? thrown.get(error) : undefined),
  }
}

/** Returns what `toJSON` makes of a value; the value itself if that can't be told, since then it can't be sent, either. */
const sentAs = (value: unknown): unknown => {
  try {
    return jsonOf(value)
  } catch {
    return value
  }
}

/** Returns a value encoded. @throws the error that `invalid` makes, with the cause, if that fails. */
export const encoded = (
  { encode }: SchemaCodec,
  value: unknown,
  invalid: (issues: readonly Issue[]) => EventError,
): unknown => {
  if (encode === undefined) return value
  try {
    return encode(value)
  } catch (cause) {
    throw Object.assign(invalid(unencodable(cause, '/0')), { cause })
  }
}

/** Compiles the schema of the data of each declared error. */
export const errorCodecsOf = (
  { errors, path }: Pick<EventEntry, 'errors' | 'path'>,
  codecFor: CodecFor,
): ReadonlyMap<string, SchemaCodec> =>
  new Map(Object.entries(errors).map(([code, schema]) => [code, codecFor(schema, `${path} errors.${code}`)]))

/** Returns the failure of a standard code. */
export const standardFailure = (code: Parameters<typeof messageOf>[0], issues?: readonly Issue[]): Failure =>
  issues === undefined ? { code, message: messageOf(code) } : { code, message: messageOf(code), issues }

/** Returns the error for input that does not match the contract. */
export const invalidInput = (issues: readonly Issue[]): EventError =>
  new EventError('INVALID_INPUT', undefined, messageOf('INVALID_INPUT'), issues)

/** Returns the error for a reply that does not match the contract. */
export const invalidReply = (issues: readonly Issue[]): EventError =>
  new EventError('INVALID_REPLY', undefined, messageOf('INVALID_REPLY'), issues)

/**
 * Returns the error that an `emit` throws to its caller. `place` names the event. It is never sent, so its code is not
 * one of the wire.
 */
export const invalidOutput = (place: string, issues: readonly Issue[]): EventError<'INVALID_OUTPUT'> => {
  const [first] = issues
  return new EventError(
    'INVALID_OUTPUT',
    undefined,
    `${place}: ${first === undefined ? '' : `${first.path} ${first.message}`}`,
    issues,
  )
}

/** Returns whether an `emit` threw this error. */
export const isInvalidOutput = (error: unknown): boolean => {
  try {
    return error instanceof EventError && error.code === 'INVALID_OUTPUT'
  } catch {
    return false
  }
}

/** Returns the error for values that are refused. The promises in them are held, since nobody will await them. */
export const refused = (values: unknown, error: EventError): EventError => {
  holdPromises(values)
  return error
}
