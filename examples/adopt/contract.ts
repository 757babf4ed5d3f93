import { event, router } from '@ackwire/core'
import { Type } from '@sinclair/typebox'

const Name = Type.String({ minLength: 1 })
const Text = Type.String({ pattern: '\\S' })

export const api = router({
  /** Client to server: the answer is who is there. */
  join: event.input(Name).ack(Type.Array(Name)),

  /** The answer is the message's number. */
  say: event.input(Type.Object({ text: Text })).ack(Type.Integer()),

  /** The answer is the text of a message. */
  read: event
    .input(Type.Integer({ minimum: 1 }))
    .ack(Text)
    .errors({ NOT_FOUND: Type.Object({ number: Type.Integer() }) }),

  /** Server to client. */
  joined: event.output(Name),
  said: event.output(Type.Object({ from: Name, text: Text })),
})
