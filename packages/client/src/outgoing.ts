import type { ClientInput } from '@ackwire/core/declarations'
import { errorIn } from '@ackwire/core/wire'

/** The codec of every input in a client without the contract. It asks for an answer, since any input may have one. */
export const ANY_INPUT: ClientInput = {
  isAnswered: true,
  // Trailing undefined arguments are dropped, since JSON would turn them into null.
  encode: values => values.slice(0, values.findLastIndex(value => value !== undefined) + 1),
  decode(answer) {
    const error = errorIn(answer)
    if (error) throw error
    return answer
  },
}
