import type { TSchema } from '@sinclair/typebox'
import { isStandardCode, messageOf } from '../codes.js'
import type { EventEntry } from '../contract.js'
import { EventError, errorIn } from '../wire.js'
import { errorPortsOf, invalidReply } from './failure.js'
import type { Port, PortFor } from './port.js'

/** Turns what clients answer to an output into values that match the contract, or errors. */
export interface Replies {
  /** The value of one answer. @throws EventError for a failure, and for what is no answer. */
  one(answer: unknown): unknown
  /** The values of all answers. @throws EventError if one is not valid, or not all came; its `data.replies` has those that are. */
  all(answers: readonly unknown[], isComplete: boolean): unknown[]
}

/** Compiles the ack of an output. What a client answers is as little to be trusted as what it sends. */
export const repliesOf = (entry: EventEntry, schema: TSchema | undefined, most: number, portFor: PortFor): Replies => {
  const port = schema === undefined ? undefined : portFor(schema, `${entry.path} ack`)
  const errors = errorPortsOf(entry, portFor)

  const errorOf = (answer: unknown): EventError | undefined => {
    const error = errorIn(answer)
    if (error === undefined) {
      return port === undefined || port.check(stripped(port, answer))
        ? undefined
        : invalidReply(port.issues(stripped(port, answer), '/0', most))
    }
    const own = errors.get(error.code)
    if (own?.check(stripped(own, error.data))) return new EventError(error.code, decoded(own, error.data))
    if (isStandardCode(error.code)) return new EventError(error.code, undefined, messageOf(error.code))
    return invalidReply([])
  }
  const valueOf = (answer: unknown): unknown => (port === undefined ? undefined : decoded(port, answer))

  return {
    one(answer) {
      const error = errorOf(answer)
      if (error !== undefined) throw error
      return valueOf(answer)
    },
    all(answers, isComplete) {
      const failures = answers.map(errorOf)
      const replies = answers.filter((_, index) => failures[index] === undefined).map(valueOf)
      const failure = failures.find(error => error !== undefined)
      if (failure !== undefined) throw new EventError(failure.code, { replies }, failure.message, failure.issues)
      if (!isComplete) throw new EventError('TIMEOUT', { replies }, messageOf('TIMEOUT'))
      return replies
    },
  }
}

const stripped = ({ strip }: Port, value: unknown): unknown => (strip === undefined ? value : strip(value))

const decoded = (port: Port, value: unknown): unknown => {
  const own = stripped(port, value)
  if (port.decode === undefined) return own
  try {
    return port.decode(own)
  } catch (cause) {
    throw Object.assign(invalidReply([]), { cause })
  }
}
