import * as assert from 'uvu/assert'

/** Returns a check for `assert.throws` that a message contains a text. A string would be taken for a title, and compared with nothing. */
export const saying =
  (text: string) =>
  (error: unknown): boolean => {
    const message = error instanceof Error ? error.message : String(error)
    if (!message.includes(text)) assert.is(message, text)
    return true
  }
