import { event, router, type Event } from '@ackwire/core'
import type { EventKindOf, ItemTypes, TypesOf } from '@ackwire/core/declarations'
import { attach, tracked, type Tracked } from '@ackwire/core/server'
import { Type, type TInteger } from '@sinclair/typebox'
import { Server } from 'socket.io'
import { expectType } from '../../../../test/expect-type.js'

const Day = Type.Transform(Type.String())
  .Decode(text => new Date(text))
  .Encode(date => date.toISOString())

const tail = event.input(Type.String()).stream(Type.Integer())
const download = event
  .input(Type.String())
  .errors({ NO_FILE: Type.Null() })
  .stream(Type.Object({ percent: Type.Number() }))
  .ack(Type.Object({ size: Type.Integer() }))
const api = router({ tail, download, days: event.input(Day).stream(Day).ack(Day), log: router({ tail }) })
const server = attach(new Server(), api, { streamWindow: 8, maxStreams: 3 })

// In the contract: what is a stream of what, whatever comes after.
expectType<EventKindOf<typeof tail>>().toBe<{ readonly wire: number; readonly decoded: number }>()
expectType<TypesOf<typeof tail>['wire']['args']>().toBe<[value: string]>()
expectType<TypesOf<typeof tail>['wire']['ack']>().toBe<never>()
expectType<EventKindOf<typeof download>['wire']>().toBe<{ percent: number }>()
expectType<TypesOf<typeof download>['wire']['ack']>().toBe<{ size: number }>()
expectType<TypesOf<typeof download>['wire']['errors']>().toBe<{ readonly NO_FILE: null }>()
expectType(tail).toBe<Event<ItemTypes<TInteger>, TypesOf<typeof tail>>>()
type Days = typeof api extends { '~types'?: { entries: { days: infer Entry } } } ? Entry : never
expectType<EventKindOf<Days>>().toBe<{ readonly wire: string; readonly decoded: Date }>()
expectType<TypesOf<Days>['decoded']['ack']>().toBe<Date>()

// A handler gives items, with an id or without, and returns the final value.
server.on.tail(async function* ({ input, lastEventId, signal, event, fail }) {
  expectType(input).toBe<string>()
  expectType(lastEventId).toBe<string | undefined>()
  expectType(signal).toBe<AbortSignal>()
  expectType(event).toBe<string>()
  expectType(fail).toBe<<Code extends never>(code: Code, data: {}[Code]) => never>()
  yield 1
  yield tracked('1', 2)
})
server.on.tail(async () => new ReadableStream<number>())
server.on.days(async function* ({ input }) {
  expectType(input).toBe<Date>()
  yield input
  return input
})
server.on.download(async function* ({ fail }) {
  yield { percent: 1 }
  if (Math.random() > 2) fail('NO_FILE', null)
  return { size: 1 }
})
server.on.log.tail(async function* () {})
type Given = ReturnType<Parameters<typeof server.on.tail>[0]>
expectType<Awaited<Given>>().toBe<AsyncIterable<number | Tracked<number>, unknown, undefined>>()
type Final = ReturnType<Parameters<typeof server.on.download>[0]>
expectType<Awaited<Final>>().toBe<
  AsyncIterable<{ percent: number } | Tracked<{ percent: number }>, { size: number }, undefined>
>()
expectType(tracked('1', { percent: 1 })).toBe<Tracked<{ percent: number }>>()
expectType(tracked('1', 1).item).toBe<number>()

// @ts-expect-error an item of its type
server.on.tail(async function* () {
  yield 'one'
})
// @ts-expect-error also with an id
server.on.tail(async function* () {
  yield tracked('1', 'one')
})
// @ts-expect-error the decoded one
server.on.days(async function* ({ input }) {
  yield '2024-05-01'
  return input
})
// @ts-expect-error the final value is declared
server.on.download(async function* () {
  yield { percent: 1 }
})
// @ts-expect-error of its type
server.on.download(async function* () {
  yield { percent: 1 }
  return { size: '1' }
})
// @ts-expect-error not a value
server.on.tail(() => 5)
// @ts-expect-error an id is a string
tracked(5, 'one')
// @ts-expect-error a stream is one of a schema
event.input().stream('x')
// @ts-expect-error every stream has a handler
server.handle({
  tail: async () => new ReadableStream<number>(),
  log: { tail: async () => new ReadableStream<number>() },
})
server.on.tail(
  // @ts-expect-error there is no such property
  async function* ({ lastId }) {
    yield lastId
  },
)
// @ts-expect-error of a call that is no stream there is no last id
attach(new Server(), router({ a: event.input() })).on.a(({ lastEventId }) => lastEventId)
