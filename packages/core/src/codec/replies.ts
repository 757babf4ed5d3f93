import type { TSchema } from '@sinclair/typebox'
import { isStandardCode, messageOf } from '../codes.js'
import type { EventEntry } from '../contract/contract.js'
import { EventError, errorIn, type StandardErrors } from '../wire.js'
import { errorCodecsOf, invalidReply } from './failure.js'
import type { Compiling } from './codec-options.js'
import type { SchemaCodec } from './schema-codec.js'

/** Turns what the other side answers into values that match the contract, or errors. */
export interface Replies {
  /** The value of one answer. @throws EventError for a failure, and for what is no answer, which is told of. */
  one(answer: unknown, tell?: TellInvalid): unknown
  /**
   * The values of all answers. @throws EventError if one is not valid, or not all came; its `data.replies` has those that
   * are. Each that is no answer is told of.
   */
  all(answers: readonly unknown[], isComplete: boolean, tell?: TellInvalid): unknown[]
}

/** How the answers of an event are compiled. */
export interface MeasuredReplies extends Compiling {
  /** Says what is too much of an answer, if anything is; absent where that is not asked. */
  readonly measure?: ((answer: unknown) => string | undefined) | undefined
}

/** Is told of an answer that does not match the contract. */
export type TellInvalid = (error: EventError) => void

/**
 * Compiles the ack of an event. `relay` says what becomes of an error that is valid: what it says besides its code and its
 * data is the other side's own words.
 */
export const repliesOf = (
  entry: EventEntry,
  schema: TSchema | undefined,
  { maxIssues, codecFor, measure }: MeasuredReplies,
  relay: Relay,
): Replies => {
  const port = schema === undefined ? undefined : codecFor(schema, `${entry.path} ack`)
  const errors = errorCodecsOf(entry, codecFor)

  const failureIn = (answer: unknown): EventError | undefined => {
    const error = errorIn(answer)
    if (error === undefined) return undefined
    const own = errors.get(error.code)
    if (own !== undefined) {
      const data = entered(own, error.data)
      return own.check(data) ? relay.declared(error, decoded(own, data)) : invalidReply([])
    }
    return isStandardCode(error.code) ? relay.standard(error, error.code) : invalidReply([])
  }

  const read = (answer: unknown, tell: TellInvalid | undefined): Read => {
    const came = readAny(answer)
    if (came.error?.code === 'INVALID_REPLY') tell?.(came.error)
    return came
  }

  const readAny = (answer: unknown): Read => {
    const excess = measure?.(answer)
    if (excess !== undefined)
      return { error: invalidReply([{ path: '/0', message: `Expected ${excess}` }]), value: undefined }
    // A value can be nested more deeply than the stack, and a transform can throw.
    try {
      const error = failureIn(answer)
      if (error !== undefined || port === undefined) return { error, value: undefined }
      const value = entered(port, answer)
      if (!port.check(value)) return { error: invalidReply(port.issues(value, '/0', maxIssues)), value: undefined }
      return { error: undefined, value: decoded(port, value) }
    } catch (cause) {
      return { error: Object.assign(invalidReply([]), { cause }), value: undefined }
    }
  }

  return {
    one(answer, tell) {
      const { error, value } = read(answer, tell)
      if (error !== undefined) throw error
      return value
    },
    all(answers, isComplete, tell) {
      const all = answers.map(answer => read(answer, tell))
      const replies = all.filter(({ error }) => error === undefined).map(({ value }) => value)
      const failure = all.find(({ error }) => error !== undefined)?.error
      if (failure !== undefined) throw new EventError(failure.code, { replies }, failure.message, failure.issues)
      if (!isComplete) throw new EventError('TIMEOUT', { replies }, messageOf('TIMEOUT'))
      return replies
    },
  }
}

/** What is kept of an error that the other side answers. */
export interface Relay {
  declared(error: EventError, data: unknown): EventError
  standard(error: EventError, code: keyof StandardErrors): EventError
}

/** What one answer comes to. */
interface Read {
  readonly error: EventError | undefined
  readonly value: unknown
}

const entered = ({ prepare }: SchemaCodec, value: unknown): unknown => (prepare === undefined ? value : prepare(value))

const decoded = ({ decode }: SchemaCodec, value: unknown): unknown => (decode === undefined ? value : decode(value))
