import type { ClientOutput } from '@ackwire/core/declarations'
import { EventError } from '@ackwire/core/wire'

/** The codec of every output in a client without the contract. */
export const ANY_OUTPUT: ClientOutput = {
  decode: values => values,
  encode: reply => reply,
  failureOf: error =>
    error instanceof EventError ? { code: error.code, message: error.message, data: error.data } : undefined,
}

/**
 * The codec for verbs that depend on the number of arguments, where the offset can be told from an argument only by its position.
 */
export const ANY_VALUE: ClientOutput = {
  ...ANY_OUTPUT,
  decode: (values, hasOffset) => (hasOffset && values.length > 1 ? values.slice(0, -1) : values),
}
