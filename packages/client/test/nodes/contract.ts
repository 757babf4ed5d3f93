import { event, router } from '@ackwire/core'
import { Type } from '@sinclair/typebox'

/** Whom a node is to reach: everyone, or those in the rooms; only its own if `local`. */
const Target = Type.Object({
  to: Type.Optional(Type.Array(Type.String())),
  except: Type.Optional(Type.Array(Type.String())),
  local: Type.Optional(Type.Boolean()),
})

const Day = Type.Transform(Type.String({ format: 'date' }))
  .Decode(text => new Date(text))
  .Encode(date => date.toISOString().slice(0, 10))

/** What the nodes speak. A client has the node that it is connected to do something, and others hear of it. */
export const api = router({
  /** The process that serves this client. */
  who: event.input().ack(Type.Integer()),
  join: event.input(Type.String()).ack(),
  say: event.input(Target, Type.String()).ack(),
  /** As `say`, to all others, or those in a room. */
  tell: event.input(Type.String(), Type.Optional(Type.String())).ack(),
  said: event.output(Type.String()),

  /** Asks clients to double a number, and waits so many milliseconds. */
  ask: event
    .input(Target, Type.Integer(), Type.Integer())
    .ack(Type.Array(Type.Integer()))
    .errors({ INCOMPLETE: Type.Object({ code: Type.String(), replies: Type.Array(Type.Integer()) }) }),
  double: event.output(Type.Integer()).ack(Type.Integer()),

  /** Says what the contract does not allow. */
  misspeak: event.input().ack(Type.String()),
  show: event.input().ack(),
  shown: event.output(Type.Uint8Array(), Day),

  /** How many sockets a room has, on all nodes. */
  count: event.input(Type.String()).ack(Type.Integer()),
  /** The names of all sockets of a room of `/board`. */
  members: event.input(Type.String()).ack(Type.Array(Type.String())),
  /** Has the sockets of a room join another. */
  move: event.input(Type.String(), Type.String()).ack(),
  /** Disconnects the sockets of a room. */
  expel: event.input(Type.String()).ack(),
  /** The processes that answer a server's question to the others. */
  others: event.input().ack(Type.Array(Type.Integer())),
  /** Three times a minute for each user, on all nodes. */
  search: event
    .input()
    .ack()
    .limit({ rate: { perUser: { calls: 3, seconds: 60 } } }),
  /** Never answered. */
  wait: event.input().ack(),

  /** Announces something in the namespace `/board`, or in one of `/game-{id}`. */
  announce: event.input(Type.String(), Type.Optional(Type.String())).ack(),
  '/board': router({ announced: event.output(Type.String()) }, { auth: Type.Object({ name: Type.String() }) }),
  '/game-{id}': router({ announced: event.output(Type.String()) }),
})
