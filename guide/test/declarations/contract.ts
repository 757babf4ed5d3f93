import { event, router } from '@ackwire/core'
import { Type } from '@sinclair/typebox'

const Day = Type.Transform(Type.String())
  .Decode(text => new Date(text))
  .Encode(day => day.toISOString())

/** A contract with an event of each kind. */
export const api = router({
  plain: event
    .input(Type.String())
    .ack(Type.Integer())
    .errors({ EMPTY: Type.Object({}) }),
  coded: event.input(Day, Type.Optional(Day)).ack(Day).errors({ PAST: Day }),
  rest: event.input(Type.String()).rest(Type.Integer()).ack(),
  stream: event.input().stream(Day).ack(Type.Integer()),
  recursive: event.input(Type.Recursive(This => Type.Object({ parts: Type.Array(This) }))),
  unsafe: event.input(Type.Unsafe<'up' | 'down'>({ enum: ['up', 'down'] })),
  output: event.output(Type.String()),
  asked: event.output(Type.String()).ack(Type.Boolean()),
  group: router({ inside: event.input(Type.Integer()).limit({ maxBytes: 100 }).describe('In a group') }),
  '/game-{id}': router(
    { move: event.input(Type.Integer()) },
    { auth: Type.Object({ token: Type.String() }), params: Type.Object({ id: Type.Integer() }) },
  ),
})
