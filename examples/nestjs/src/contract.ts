import { event, router } from '@ackwire/core'
import { Type } from '@ackwire/core/typebox'

const Room = Type.String({ pattern: '^[a-z]{1,20}$' })
const Message = Type.Object({ from: Type.String(), text: Type.String(), at: Type.Date() }, { $id: 'Message' })

export const api = router(
  {
    /** Client to server: joins a room. The answer is what was said in it. */
    join: event.input(Room).ack(Type.Array(Message)),

    /** Client to server: says something in a room. */
    say: event
      .input(Room, Type.String({ minLength: 1, maxLength: 2_000 }))
      .ack(Message)
      .errors({ MUTED: Type.Object({ until: Type.Date() }) }),

    /** Server to client: somebody has said something. */
    said: event.output(Room, Message),

    moderation: router({
      /** Client to server: mutes a user. */
      mute: event
        .input(Type.Object({ name: Type.String(), minutes: Type.Integer({ minimum: 1, default: 10 }) }))
        .ack()
        .errors({ FORBIDDEN: Type.Object({ role: Type.String() }) }),
    }),
  },
  {
    auth: Type.Object({ token: Type.String() }),
    errors: { TOKEN_EXPIRED: Type.Object({ at: Type.Date() }) },
  },
)
