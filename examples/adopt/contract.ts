import { event, router } from '@ackwire/core'
import { Type } from '@ackwire/core/typebox'

const Name = Type.String({ minLength: 1 })
const Text = Type.String({ pattern: '\\S' })

export const api = router({
  /** Client to server: joins the chat. The answer lists everyone present. */
  join: event.input(Name).ack(Type.Array(Name)),

  /** Client to server: posts a message. The answer is its number. */
  say: event.input(Type.Object({ text: Text })).ack(Type.Integer()),

  /** Client to server: reads a message by its number. The answer is its text. */
  read: event
    .input(Type.Integer({ minimum: 1 }))
    .ack(Text)
    .errors({ NOT_FOUND: Type.Object({ number: Type.Integer() }) }),

  /** Server to client: someone has joined. */
  joined: event.output(Name),
  said: event.output(Type.Object({ from: Name, text: Text })),
})
