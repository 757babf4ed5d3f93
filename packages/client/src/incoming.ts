import type { Incoming } from '@ackwire/core'
import { EventError } from '@ackwire/core/wire'

/** What a client without the contract at hand knows of every event that it listens to. */
export const ANY_OUTPUT: Incoming = {
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
