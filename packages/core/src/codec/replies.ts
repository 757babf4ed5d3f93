import type { TSchema } from '@sinclair/typebox'
import { isStandardCode, messageOf } from '../codes.js'
import type { EventEntry } from '../contract/contract.js'
import { EventError, errorIn, errorOf, isEnvelope, type Issue, type StandardErrors } from '../wire.js'
import { errorCodecsOf, invalidReply } from './failure.js'
import type { Compiling } from './codec-options.js'
import type { SchemaCodec } from './schema-codec.js'
import { unreadable } from './transform-error.js'

/** Decodes the answers of the other side into values that match the contract, or into errors. */
export interface Replies {
  /**
   * Returns the value of one answer, given the arguments of the ack. @throws EventError for a failure and for an invalid
   * answer; `tell` gets the latter, too.
   */
  one(answer: readonly unknown[], tell?: TellInvalid): unknown
  /** True if an answer has a value, and it is the second argument of the ack. */
  readonly isValueSecond: boolean
  /**
   * Returns the values of all answers, of each of which only the first argument is known. @throws EventError if one is invalid or some are missing; its `data.replies`
   * holds the valid ones. `tell` gets each invalid answer.
   */
  all(answers: readonly unknown[], isComplete: boolean, tell?: TellInvalid): unknown[]
}

/** Options with which the answers of an event are compiled. */
export interface MeasuredReplies extends Compiling {
  /** Returns what would be acceptable if an answer is too large or too deep; absent if that is not checked. */
  readonly measure?: ((answer: readonly unknown[]) => string | undefined) | undefined
}

/** Receives the error of an answer that does not match the contract. */
export type TellInvalid = (error: EventError) => void

/**
 * Compiles the ack of an event. `relay` decides what is kept of a valid error, whose message is written by the other
 * side.
 */
export const repliesOf = (
  entry: EventEntry,
  schema: TSchema | undefined,
  { maxIssues, codecFor, measure }: MeasuredReplies,
  relay: Relay,
): Replies => {
  const codec = schema === undefined ? undefined : codecFor(schema, `${entry.path} ack`)
  const errors = errorCodecsOf(entry, codecFor)
  const ownSchema = entry.ack?.errorFirst
  const ownCodec = ownSchema ? codecFor(ownSchema, `${entry.path} ack errorFirst`) : undefined

  const failureIn = (answer: unknown): EventError | undefined => {
    const error = errorIn(answer)
    return error && relayed(error)
  }

  const relayed = (error: EventError): EventError => {
    const own = errors.get(error.code)
    if (own !== undefined) {
      const data = entered(own, error.data)
      return own.check(data) ? relay.declared(error, decoded(own, data)) : invalidReply([])
    }
    return isStandardCode(error.code) ? relay.standard(error, error.code) : invalidReply([])
  }

  /** Returns the error of an error-first ack. */
  const errorFrom = (codec: SchemaCodec, given: unknown): EventError => {
    const failure = errorOf(given)
    if (errors.has(failure.code) || isEnvelope(given)) return relayed(failure)
    const value = entered(codec, given)
    if (codec.check(value)) return Object.assign(relayedOwn(failure, relay), { cause: decoded(codec, value) })
    return isStandardCode(failure.code) && Reflect.get(Object(given), 'code') === failure.code
      ? relayed(failure)
      : invalidReply(codec.issues(value, '/0', maxIssues))
  }

  const read = (answer: readonly unknown[], tell: TellInvalid | undefined): Read => {
    const result = readAny(answer)
    if (result.error?.code === 'INVALID_REPLY') tell?.(result.error)
    return result
  }

  const readAny = (answers: readonly unknown[]): Read => {
    const excess = measure?.(answers)
    if (excess !== undefined)
      return { error: invalidReply([{ path: '/0', message: `Expected ${excess}` }]), value: undefined }
    // A value can be nested more deeply than the stack allows, and a transform can throw.
    try {
      const [first, second] = answers
      if (ownCodec !== undefined && first !== null && first !== undefined)
        return { error: errorFrom(ownCodec, first), value: undefined }
      const answer = ownCodec === undefined ? first : second
      const error = failureIn(answer)
      if (error !== undefined || codec === undefined) return { error, value: undefined }
      const value = valueOf(codec, answer)
      if (!codec.check(value)) return { error: invalidReply(codec.issues(value, '/0', maxIssues)), value: undefined }
      return { error: undefined, value: decoded(codec, value) }
    } catch (cause) {
      return { error: Object.assign(invalidReply(unreadable(cause, '/0')), { cause }), value: undefined }
    }
  }

  return {
    isValueSecond: ownCodec !== undefined && codec !== undefined,
    one(answer, tell) {
      const { error, value } = read(answer, tell)
      if (error !== undefined) throw error
      return value
    },
    all(answers, isComplete, tell) {
      const all = answers.map(answer => read([answer], tell))
      const replies = all.filter(({ error }) => error === undefined).map(({ value }) => value)
      const failure = all.find(({ error }) => error !== undefined)?.error
      if (failure !== undefined) throw partial(replies, failure.code, failure.message, failure.issues)
      if (!isComplete) throw partial(replies, 'TIMEOUT', messageOf('TIMEOUT'))
      return replies
    },
  }
}

/** Returns the error that stands for an error of the application's own. */
const relayedOwn = (error: EventError, relay: Relay): EventError =>
  isStandardCode(error.code) ? relay.standard(error, error.code) : relay.declared(error, undefined)

/** Returns the error of answers that are not complete. What has been answered is not enumerable, so that it is not logged with the error. */
const partial = (replies: readonly unknown[], code: string, message: string, issues?: readonly Issue[]): EventError =>
  Object.defineProperty(new EventError(code, undefined, message, issues), 'data', {
    value: { replies },
    enumerable: false,
  })

/** Converts the errors in answers of the other side. */
export interface Relay {
  declared(error: EventError, data: unknown): EventError
  standard(error: EventError, code: keyof StandardErrors): EventError
}

/** The result of reading one answer. */
interface Read {
  readonly error: EventError | undefined
  readonly value: unknown
}

/** Returns the value of an answer. One without arguments is null where only that is declared: python-socketio sends `None` so. */
const valueOf = (codec: SchemaCodec, answer: unknown): unknown => {
  const value = entered(codec, answer)
  return value === undefined && !codec.check(undefined) && codec.check(null) ? null : value
}

const entered = ({ prepare }: SchemaCodec, value: unknown): unknown => (prepare === undefined ? value : prepare(value))

const decoded = ({ decode }: SchemaCodec, value: unknown): unknown => (decode === undefined ? value : decode(value))
