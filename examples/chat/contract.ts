import { event, router } from '@ackwire/core'
import { Type, type Static } from '@sinclair/typebox'

const Name = Type.String({ pattern: '^[A-Za-z][A-Za-z0-9_-]{0,19}$', examples: ['alice'] })
const Room = Type.Union([Type.Literal('lobby'), Type.Literal('kitchen'), Type.Literal('garden')])
const Text = Type.String({ minLength: 1, maxLength: 1_000, examples: ['Hello'] })
const Message = Type.Object({ id: Type.Integer(), author: Name, text: Text, sentAt: Type.Integer() })

export type Name = Static<typeof Name>
export type Room = Static<typeof Room>
export type Message = Static<typeof Message>

export const api = router(
  {
    /** What was said in a room, and then what is said. Who reads it is in the room. */
    read: event.input(Room).stream(Message),

    /** Says something; it is answered as soon as the others can read it. */
    say: event
      .input(Room, Text)
      .ack()
      .errors({ NOT_IN_ROOM: Type.Object({ room: Room }) })
      .limit({ rate: { perSocket: { calls: 5, seconds: 1 } } }),

    /** Sent while somebody types, and lost where the connection has no room for it. */
    typing: event.input(Room),
    is_typing: event.output(Room, Name),

    /** Who is in a room, whenever that changes. */
    present: event.output(Room, Type.Array(Name)),
  },
  {
    description: 'A chat with rooms',
    // A name belongs to the browser that came first with it, for as long as it stays.
    auth: Type.Object({ name: Name, token: Type.String({ minLength: 16, maxLength: 64 }) }),
  },
)
