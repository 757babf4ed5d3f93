import { event, router } from '@ackwire/core'
import { Type } from '@sinclair/typebox'

/** The recipients of an output: everyone or those in the rooms; only the node's own sockets if `local`. */
const Target = Type.Object({
  to: Type.Optional(Type.Array(Type.String())),
  except: Type.Optional(Type.Array(Type.String())),
  local: Type.Optional(Type.Boolean()),
})

const Day = Type.Transform(Type.String({ format: 'date' }))
  .Decode(text => new Date(text))
  .Encode(date => date.toISOString().slice(0, 10))

/** A value of several kinds. */
const Value = Type.Object({
  at: Type.Date(),
  day: Day,
  text: Type.String(),
  bytes: Type.Optional(Type.Uint8Array()),
  note: Type.Optional(Type.String()),
})

/**
 * The contract of the nodes. Clients ask the node that they are connected to for an action, and observe its effect on the others.
 */
export const api = router({
  /** Returns the id of the process that serves this client. */
  who: event.input().ack(Type.Integer()),
  join: event.input(Type.String()).ack(),
  say: event.input(Target, Type.String()).ack(),
  /** Like `say`, but to all other sockets, or those in a room. */
  tell: event.input(Type.String(), Type.Optional(Type.String())).ack(),
  said: event.output(Type.String()),

  /** Asks clients to double a number, and waits for the given number of milliseconds. */
  ask: event
    .input(Target, Type.Integer(), Type.Integer())
    .ack(Type.Array(Type.Integer()))
    .errors({ INCOMPLETE: Type.Object({ code: Type.String(), replies: Type.Array(Type.Integer()) }) }),
  double: event
    .output(Type.Integer())
    .ack(Type.Integer())
    .errors({ TOO_LARGE: Type.Object({ most: Type.Integer() }) }),
  /** Emits an output with a receipt, and returns the number of receipts. */
  remind: event.input(Target, Type.String()).ack(Type.Integer()),
  reminded: event.output(Type.String()).ack(),

  /** Sends a value to all clients, and returns what they answer with. */
  relay: event.input(Value).ack(Type.Array(Value)),
  relayed: event.output(Value).ack(Value),
  /** Emits one of the samples of an event. */
  sample: event
    .input(Type.Union([Type.Literal('note'), Type.Literal('date'), Type.Literal('pack')]), Type.Integer())
    .ack(),
  sampled: router({
    note: event.output(Type.String(), Type.Optional(Type.Integer()), Type.Optional(Type.String())),
    date: event.output(Type.Date(), Type.Object({ day: Day, note: Type.Optional(Type.String()) })),
    pack: event.output(Type.Uint8Array(), Value),
  }),
  /** Counts to a number, with the id of the process that counts. */
  count: event
    .input(Type.Integer())
    .stream(Type.Tuple([Type.Integer(), Type.Integer()]))
    .ack(Type.Integer()),

  /** Emits an output that violates the contract. */
  misspeak: event.input().ack(Type.String()),
  /** Emits values that adapters carry by their own rules, and returns the codes of those that are refused. */
  present: event.input().ack(Type.Array(Type.String())),
  presented: event.output(Type.Object({ n: Type.Integer() })),

  /** Returns the number of sockets in a room, on all nodes. */
  size: event.input(Type.String()).ack(Type.Integer()),
  /** Returns the names of all sockets in a room of `/board`. */
  members: event.input(Type.String()).ack(Type.Array(Type.String())),
  /** Makes the sockets of a room join another. */
  move: event.input(Type.String(), Type.String()).ack(),
  /** Disconnects the sockets of a room. */
  expel: event.input(Type.String()).ack(),
  /** Returns the ids of the processes that answer an emit between servers. */
  others: event.input().ack(Type.Array(Type.Integer())),
  /** Limited to three calls a minute per user, on all nodes together. */
  search: event
    .input()
    .ack()
    .limit({ rate: { perUser: { calls: 3, seconds: 60 } } }),
  /** Is never answered. */
  wait: event.input().ack(),

  /** Emits to the namespace `/board`, or to one of `/game-{id}`. */
  announce: event.input(Type.String(), Type.Optional(Type.String())).ack(),
  '/board': router({ announced: event.output(Type.String()) }, { auth: Type.Object({ name: Type.String() }) }),
  '/game-{id}': router({ announced: event.output(Type.String()) }),
})
