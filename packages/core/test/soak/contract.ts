import { event, router } from '@ackwire/core'
import { Type } from '@sinclair/typebox'

const Room = Type.String({ maxLength: 10 })

/** The contract between the clients of a soak test and its server. */
export const api = router({
  add: event.input(Type.Integer(), Type.Integer()).ack(Type.Integer()).errors({ ZERO: Type.Integer() }),
  tell: event.input(Type.String({ maxLength: 5 })),
  join: event.input(Room).ack(),
  leave: event.input(Room).ack(),
  say: event.input(Room).ack(),
  turn: event.input(Type.Integer()).ack(),
  news: event.output(Type.String()),
  ask: event.output(Type.Integer()).ack(Type.Integer()),
})
