import { event, router } from '@ackwire/core'
import { Type } from '@ackwire/core/typebox'

const UserId = Type.String()
const Room = Type.String()
const Status = Type.Union([Type.Literal('online'), Type.Literal('away'), Type.Literal('offline')])
const User = Type.Object(
  { id: UserId, name: Type.String(), role: Type.Union([Type.Literal('user'), Type.Literal('admin')]) },
  { $id: 'User' },
)
const Message = Type.Object(
  { id: Type.String(), from: Type.String(), text: Type.String(), at: Type.String({ format: 'date-time' }) },
  { $id: 'Message' },
)
const Sha256 = Type.String({ pattern: '^[0-9a-f]{64}$' })
const Page = Type.Object({ before: Type.Optional(Type.String()), limit: Type.Optional(Type.Integer({ minimum: 1 })) })

/** The events of the application as they are: what it checks by itself, such as an empty message, it goes on checking. */
export const api = router(
  {
    join: event
      .input(Room)
      .ack(Type.Object({ room: Room, users: Type.Array(Type.String()), messages: Type.Array(Message) })),
    leave: event.input(Room).ack(),
    joined: event.output(Room, User),
    left: event.output(Room, User),

    message: event.both(
      event.input(Type.Object({ room: Room, text: Type.String() })).ack(Message),
      event.output(Room, Message),
    ),
    typing: event.both(event.input(Room, Type.Boolean()), event.output(Room, Type.String(), Type.Boolean())),
    'private message': event.both(
      event
        .input(UserId, Type.String())
        .ack(Type.Object({ id: Type.String(), at: Type.String(), devices: Type.Integer() })),
      event.output(Message),
    ),
    history: event.input(Room, Type.Optional(Page)).ack(Type.Array(Message)),

    upload: event
      .input(Room, Type.String(), Type.Uint8Array())
      .ack(Type.Object({ sha256: Sha256, size: Type.Integer() }), {
        errorFirst: Type.Object({ message: Type.String(), limit: Type.Integer() }),
      }),
    download: event.input(Sha256).ack(Type.Object({ name: Type.String(), data: Type.Uint8Array() })),
    file: event.output(
      Room,
      Type.Object({ from: Type.String(), name: Type.String(), sha256: Sha256, preview: Type.Uint8Array() }),
    ),

    presence: event.both(event.input(Status).ack(), event.output(UserId, Status)),
    who: event.input().ack(Type.Record(UserId, Status)),
    welcome: event.output(User, Type.Array(Room)),
    announcement: event.output(Type.Object({ from: Type.String(), text: Type.String() })),
    kicked: event.output(Type.String()),

    'client version': event.output(Type.String()).ack(Type.String(), { errorFirst: false }),
    outdated: event.output(Type.Object({ yours: Type.String(), current: Type.String() })),
    version: event.input().ack(Type.String(), { errorFirst: false }),

    '/admin': router({
      announce: event.input(Type.String()).ack(Type.Integer()),
      mute: event.input(UserId, Type.Boolean()).ack(),
      kick: event.input(UserId, Type.String()).ack(Type.Integer()),
      stats: event
        .input()
        .ack(Type.Object({ counts: Type.Record(Type.String(), Type.Integer()), rooms: Type.Integer() })),
    }),
  },
  { acks: 'error-first', auth: Type.Object({ token: Type.Optional(Type.String()) }) },
)
