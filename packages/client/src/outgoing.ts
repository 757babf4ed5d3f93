import type { ClientInput } from '@ackwire/core/declarations'
import { errorIn, errorOf } from '@ackwire/core/wire'

/** Drops trailing undefined arguments, since JSON would turn them into null. */
export const withoutTrailing = (values: readonly unknown[]): readonly unknown[] => {
  let end = values.length
  while (end && values[end - 1] === undefined) end--
  return values.slice(0, end)
}

/** The codec of every input in a client without the contract. It asks for an answer, since any input may have one. */
export const ANY_INPUT: ClientInput = {
  isAnswered: true,
  encode: withoutTrailing,
  decode(answer, value) {
    // No other ack has two arguments, the first of which is null.
    if (answer === null && value !== undefined)
      throw errorOf({ code: 'INVALID_REPLY', message: "set acks: 'error-first'" })
    const error = errorIn(answer)
    if (error) throw error
    return answer
  },
}

/** The codec of every input of a client without the contract whose acks are error-first. */
export const ERROR_FIRST_INPUT: ClientInput = {
  ...ANY_INPUT,
  decode(error, value) {
    if (error === null || error === undefined) return value
    throw errorOf(error)
  },
}
