import { event, router, type Call, type Calls } from '@ackwire/core'
import type { TypesOf } from '@ackwire/core/declarations'
import { attach } from '@ackwire/core/server'
import { Type } from '@sinclair/typebox'
import { Server } from 'socket.io'
import { expectType } from '../../../../test/expect-type.js'

const When = Type.Transform(Type.String())
  .Decode(text => new Date(text))
  .Encode(date => date.toISOString())
const Slot = Type.Object({ from: When, days: Type.Array(When) })
const Tree = Type.Recursive(This => Type.Object({ at: When, inside: Type.Array(This) }))
const Day = Type.Module({ Day: Slot }).Import('Day')
const Sum = Type.Module({
  Term: Type.Union([Type.Number(), Type.Ref('Sum')]),
  Sum: Type.Object({ terms: Type.Array(Type.Ref('Term')) }),
}).Import('Sum')
const api = router({
  book: event.input(When, Slot).ack(Slot).errors({ TAKEN: When, FULL: Type.Null() }),
  one: event.input(Slot),
  maybe: event.input(Type.Integer(), Type.Optional(When)),
  many: event.input().rest(When).ack(Type.Integer()),
  plain: event.input(Type.Integer()).ack(When),
  deep: event.input(Type.Union([Type.Tuple([When]), Type.Record(Type.String(), When)])),
  tree: event.input(Tree),
  day: event.input(Day).ack(Day),
  sum: event.input(Sum),
  booked: event.output(When).ack(Slot).errors({ BUSY: When }),
})
const server = attach(new Server(), api)

// A handler has the decoded values.
interface Booking {
  from: Date
  days: Date[]
}
server.on.book(({ input, fail }) => {
  expectType(input).toBe<[Date, { from: Date; days: Date[] }]>()
  if (input[0] < input[1].from) fail('TAKEN', new Date())
  if (input[0] > input[1].from) fail('FULL', null)
  return { from: new Date(), days: [] }
})
server.on.one(({ input }) => expectType(input).toBe<{ from: Date; days: Date[] }>())
server.on.maybe(({ input }) => expectType(input).toBe<[number, Date?]>())
server.on.many(({ input }) => {
  expectType(input).toBe<Date[]>()
  return 1
})
server.on.plain(({ input }) => {
  expectType(input).toBe<number>()
  return new Date()
})
server.on.deep(({ input }) => expectType(input).toBe<[Date] | { [key: string]: Date }>())
server.on.tree(({ input }) => expectType(input.at).toBe<Date>())
server.on.day(({ input }) => {
  expectType(input).toBe<{ from: Date; days: Date[] }>()
  return input
})
server.on.sum(({ input: { terms } }) => {
  const [first] = terms
  if (typeof first === 'object') expectType(first.terms).toBe<typeof terms>()
})

// So has an emit, and its answers.
expectType<Parameters<typeof server.emit.booked>>().toBe<[Date]>()
expectType(server.emit.booked(new Date())).toBe<Calls<{ from: Date; days: Date[] }, { readonly BUSY: Date }>>()
server.on.connection(({ emit }) =>
  expectType(emit.booked(new Date())).toBe<Call<{ from: Date; days: Date[] }, { readonly BUSY: Date }>>(),
)
export const booking: Promise<Booking[]> = server.emit.booked(new Date())

// What travels is another thing.
const { book, booked, many } = {
  book: event.input(When, Slot).ack(When),
  booked: event.output(When),
  many: event.input().rest(When),
}
expectType<TypesOf<typeof book>['wire']['args']>().toBe<[string, { from: string; days: string[] }]>()
expectType<TypesOf<typeof book>['wire']['ack']>().toBe<string>()
expectType<TypesOf<typeof booked>['wire']['args']>().toBe<[value: string]>()
expectType<TypesOf<typeof many>['wire']['args']>().toBe<string[]>()

// @ts-expect-error the handler answers what is decoded
server.on.plain(() => '2026-01-02')
// @ts-expect-error and is given that
server.on.one(({ input }) => input.from.toUpperCase())
// @ts-expect-error a reference in a module has its type
server.on.sum(({ input }) => input.terms.map(term => term.toUpperCase()))
// @ts-expect-error an emit takes it, too
server.emit.booked('2026-01-02')
// @ts-expect-error and an error's data
server.on.book(({ fail }) => fail('TAKEN', '2026-01-02'))
