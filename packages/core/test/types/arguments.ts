import { event, router, type RouterEntries } from '@ackwire/core'
import type { EventKindOf, StreamTypes, TypesOf } from '@ackwire/core/declarations'
import { attach } from '@ackwire/core/server'
import { Type } from '@sinclair/typebox'
import { Server } from 'socket.io'
import { expectType } from '../../../../test/expect-type.js'

const Maybe = Type.Optional(Type.Integer())
const api = router({
  search: event.input(Type.String(), Maybe),
  list: event.input(Maybe).ack(Type.Boolean()).errors({ FULL: Type.Null() }),
  page: event.input(Maybe, Type.Optional(Type.String())),
  sum: event.input(Type.String()).rest(Type.Integer()).ack(Type.Boolean()),
  all: event.input().rest(Type.Integer()),
  mixed: event.input(Type.Boolean(), Maybe).rest(Type.String()),
  found: event.output(Type.String(), Maybe),
  one: event.output(Maybe),
  counted: event.output(Type.String()).ack(Type.Boolean()).rest(Type.Integer()),
})
const server = attach(new Server(), api)

// In the contract, `rest` keeps what was said.
type Args<Entry> = TypesOf<Entry>['wire']['args']
expectType<EventKindOf<RouterEntries[string]>>().toBe<'input' | 'output' | StreamTypes>()
const counted = event.output(Type.String()).ack(Type.Boolean()).errors({ FULL: Type.Null() }).rest(Type.Integer())
expectType<EventKindOf<typeof counted>>().toBe<'output'>()
expectType<TypesOf<typeof counted>['wire']['ack']>().toBe<boolean>()
expectType<TypesOf<typeof counted>['wire']['errors']>().toBe<{ readonly FULL: null }>()
expectType<Args<typeof counted>>().toBe<[value: string, ...number[]]>()

// A handler's input.
server.on.search(({ input }) => {
  expectType(input).toBe<[string, number?]>()
  const [text, count] = input
  expectType(text).toBe<string>()
  expectType(count).toBe<number | undefined>()
})
server.on.list(({ input }) => {
  expectType(input).toBe<number | undefined>()
  return true
})
server.on.page(({ input }) => expectType(input).toBe<[number?, string?]>())
server.on.sum(({ input }) => {
  expectType(input).toBe<[value: string, ...number[]]>()
  const [text, ...numbers] = input
  expectType(text).toBe<string>()
  expectType(numbers).toBe<number[]>()
  return true
})
server.on.all(({ input }) => expectType(input).toBe<number[]>())
server.on.mixed(({ input }) => expectType(input).toBe<[boolean, number?, ...string[]]>())

// An emit.
expectType<Parameters<typeof server.emit.found>>().toBe<[string, number?]>()
expectType<Parameters<typeof server.emit.one>>().toBe<[value?: number]>()
expectType<Parameters<typeof server.emit.counted>>().toBe<[value: string, ...number[]]>()
server.emit.found('a')
server.emit.found('a', 1)
server.emit.one()
server.emit.counted('a', 1, 2, 3)

// @ts-expect-error the required argument is missing
server.emit.found()
// @ts-expect-error the optional one has another type
server.emit.found('a', 'b')
// @ts-expect-error one too many
server.emit.found('a', 1, 2)
// @ts-expect-error the rest is of one type
server.emit.counted('a', 1, 'b')
// @ts-expect-error and comes after the others
server.emit.counted()
// @ts-expect-error what may be left out may be undefined
server.on.search(({ input }) => input[1].toFixed())
// @ts-expect-error also where it is the only one
server.on.list(({ input }) => input > 1)
// @ts-expect-error a rest is a schema
event.input().rest('string')
// @ts-expect-error one schema
event.input().rest(Type.String(), Type.String())
