import { event, router } from '@ackwire/core'
import { Type } from '@sinclair/typebox'

/** The contract between our side and the foreign peers, which the Python programs in this folder implement. */
export const api = router({
  divide: event
    .input(Type.Number(), Type.Number())
    .ack(Type.Number())
    .errors({ BY_ZERO: Type.Object({ dividend: Type.Number() }) }),
  touch: event.input().ack(),
  move: event.input(Type.Integer(), Type.Integer()),
  reverse: event.input(Type.Uint8Array({ maxByteLength: 4 })).ack(Type.Uint8Array()),
  show: event.input(),
  first: event.input().ack(Type.String()),
  find: event.input(Type.Boolean()).ack(Type.Union([Type.Integer(), Type.Null()])),
  refuse: event.input().ack(),
  relay: event.input(Type.String()).rest(Type.Unknown()).ack(Type.Unknown()),
  garble: event.input(Type.String()).ack(Type.Integer()),

  joined: event.output(Type.String(), Type.Integer()),
  snapshot: event.output(Type.Uint8Array()),
  double: event.output(Type.Integer()).ack(Type.Integer()),
  several: event.output().ack(Type.Integer()),
  nothing: event.output().ack(),
  found: event.output(Type.Boolean()).ack(Type.Union([Type.Integer(), Type.Null()])),
  busy: event.output().ack(Type.Integer()).errors({ BUSY: Type.Integer() }),
  mirror: event.output(Type.Uint8Array()).ack(Type.Uint8Array()),
  garbage: event.output(Type.String()).ack(Type.Integer()).errors({ BUSY: Type.Integer() }),

  '/admin': router({ who: event.input().ack(Type.String()) }, { auth: Type.Object({ token: Type.String() }) }),
  '/game-{id}': router({
    who: event.input().ack(Type.String()),
    double: event.output(Type.Integer()).ack(Type.Integer()),
  }),
})
