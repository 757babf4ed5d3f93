import type { Incoming, Outgoing, Peer } from '@ackwire/core'
import { errorIn, EventError } from '@ackwire/core/wire'

/** What a client without the contract at hand knows of every event that it calls: nothing, so it asks for an answer. */
const ANY_INPUT: Outgoing = {
  isAnswered: true,
  // An optional argument that is undefined is left out: JSON would make it null.
  encode: values => values.slice(0, values.findLastIndex(value => value !== undefined) + 1),
  decode(answer) {
    const error = errorIn(answer)
    if (error) throw error
    return answer
  },
}

/** The same of every event that it listens to. */
const ANY_OUTPUT: Incoming = {
  decode: values => values,
  encode: reply => reply,
  failureOf: error =>
    error instanceof EventError ? { code: error.code, message: error.message, data: error.data } : undefined,
}

/** The same where the number of arguments matters: an offset can't be told from an argument but by its place. */
export const ANY_VALUE: Incoming = {
  ...ANY_OUTPUT,
  decode: (values, hasOffset) => (hasOffset && values.length > 1 ? values.slice(0, -1) : values),
}

/** What is known of an event that is called. @throws TypeError if the contract is known and does not have it. */
export const inputOf = (peer: Peer | undefined, event: string): Outgoing => peer?.input(event) ?? ANY_INPUT

/** What is known of an event that is listened to. @throws TypeError if the contract is known and does not have it. */
export const outputOf = (peer: Peer | undefined, event: string, otherwise = ANY_OUTPUT): Incoming =>
  peer?.output(event) ?? otherwise
