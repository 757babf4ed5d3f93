import type { ClientInput } from '@ackwire/core/declarations'
import { errorIn } from '@ackwire/core/wire'

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
  decode(answer) {
    const error = errorIn(answer)
    if (error) throw error
    return answer
  },
}
