import { event, router } from '@ackwire/core'
import { Type, type Static } from '@ackwire/core/typebox'

const Name = Type.String({ pattern: '^[A-Za-z][A-Za-z0-9_-]{0,19}$', examples: ['alice'] })
const Room = Type.Union([Type.Literal('lobby'), Type.Literal('kitchen'), Type.Literal('garden')])
const Text = Type.String({ minLength: 1, maxLength: 1_000, examples: ['Hello'] })
const Message = Type.Object({ id: Type.Integer(), author: Name, text: Text, sentAt: Type.Integer() })

export type Name = Static<typeof Name>
export type Room = Static<typeof Room>
export type Message = Static<typeof Message>

export const api = router(
  {
    /** Streams the messages of a room: the past ones, then new ones as they arrive. A reader is present in the room. */
    read: event.input(Room).stream(Message),

    /** Posts a message. The answer is sent once the other readers can receive it. */
    say: event
      .input(Room, Text)
      .ack()
      .errors({ NOT_IN_ROOM: Type.Object({ room: Room }) })
      .limit({ rate: { perSocket: { calls: 5, seconds: 1 } } }),

    /** Sent while the user types; dropped if the connection is not ready. */
    typing: event.input(Room),
    is_typing: event.output(Room, Name),

    /** The names of those present in a room, sent whenever they change. */
    present: event.output(Room, Type.Array(Name)),
  },
  {
    description: 'A chat with rooms',
    // A name belongs to the first browser that connects with it, until its last connection closes.
    auth: Type.Object({ name: Name, token: Type.String({ minLength: 16, maxLength: 64 }) }),
  },
)
