import type { TSchema } from '@sinclair/typebox'
import { isStandardCode, messageOf } from '../codes.js'
import type { EventEntry } from '../contract.js'
import { EventError, errorIn, type StandardErrors } from '../wire.js'
import { errorPortsOf, invalidReply } from './failure.js'
import type { Compiling } from './compiling.js'
import type { Port } from './port.js'

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

/** Is told of an answer that does not match the contract. */
export type TellInvalid = (error: EventError) => void

/**
 * Compiles the ack of an event. `standard` says what becomes of an error with a standard code, which the other side can
 * have filled with anything.
 */
export const repliesOf = (
  entry: EventEntry,
  schema: TSchema | undefined,
  { maxIssues, portFor }: Compiling,
  standard: (error: EventError, code: keyof StandardErrors) => EventError,
): Replies => {
  const port = schema === undefined ? undefined : portFor(schema, `${entry.path} ack`)
  const errors = errorPortsOf(entry, portFor)

  const failureIn = (answer: unknown): EventError | undefined => {
    const error = errorIn(answer)
    if (error === undefined) return undefined
    const own = errors.get(error.code)
    const data = own && stripped(own, error.data)
    if (own?.check(data)) return new EventError(error.code, decoded(own, data))
    return isStandardCode(error.code) ? standard(error, error.code) : invalidReply([])
  }

  const read = (answer: unknown, tell: TellInvalid | undefined): Read => {
    const came = readAny(answer)
    if (came.error?.code === 'INVALID_REPLY') tell?.(came.error)
    return came
  }

  const readAny = (answer: unknown): Read => {
    // A value can be nested more deeply than the stack, and a transform can throw.
    try {
      const error = failureIn(answer)
      if (error !== undefined || port === undefined) return { error, value: undefined }
      const value = stripped(port, answer)
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

/** What one answer comes to. */
interface Read {
  readonly error: EventError | undefined
  readonly value: unknown
}

const stripped = ({ strip }: Port, value: unknown): unknown => (strip === undefined ? value : strip(value))

const decoded = ({ decode }: Port, value: unknown): unknown => (decode === undefined ? value : decode(value))
