import { createClient, type Client, type Listener } from '@ackwire/client'
import { event, router, type Call } from '@ackwire/core'
import type { TypesAt } from '@ackwire/core/declarations'
import { Type } from '@sinclair/typebox'
import { io } from 'socket.io-client'
import { expectType } from '../../../../test/expect-type.js'

const Moment = Type.Transform(Type.String())
  .Decode(text => new Date(text))
  .Encode(date => date.toISOString())

const api = router({
  book: event.input(Moment, Type.Optional(Moment)).ack(Moment).errors({ FREE_AT: Moment }),
  move: event.input(Moment),
  plain: event.input(Type.String()).ack(Type.Integer()),
  booked: event.output(Moment),
  placed: event.output(Moment, Type.Integer()),
  probe: event.output(Type.Integer()).ack(Moment),
  todo: router({ due: event.output(Moment), at: event.input(Moment).ack(Moment) }),
  '/game-{id}': router({ ended: event.output(Moment) }, { auth: Type.Object({ token: Type.String() }) }),
})

const client = createClient(api, 'http://localhost')
const small = router({ move: event.input(Moment) })
type Small = Client<typeof small, 'decoded'>
expectType(createClient(small, 'http://localhost')).toBe<Small>()
expectType(createClient(small)).toBe<Small>()
expectType(createClient(small, { ackTimeout: 5, transports: ['websocket'] })).toBe<Small>()
expectType(createClient(small, io(), { ackTimeout: 5, onError: (error: unknown) => error })).toBe<Small>()
// @ts-expect-error the argument is a contract, not its entries
createClient({ book: event.input() }, 'http://localhost')
// @ts-expect-error the time limit is a number
createClient(api, 'http://localhost', { ackTimeout: '5' })

// A call.
expectType<Parameters<typeof client.emit.book>>().toBe<[Date, Date?]>()
expectType(client.emit.book(new Date())).toBe<Call<Date, { readonly FREE_AT: Date }>>()
expectType(client.emit.move(new Date())).toBe<void>()
expectType(client.emit.plain('a')).toBe<Call<number, {}>>()
expectType(client.volatile.emit.move(new Date())).toBe<void>()
expectType(await client.timeout(5).emit.todo.at(new Date())).toBe<Date>()
expectType(await client.signal(AbortSignal.abort()).emit.book(new Date())).toBe<Date>()
// @ts-expect-error a string is the wire type, not the decoded one
client.emit.book('2026-01-02')
// @ts-expect-error a volatile input takes the decoded type
client.volatile.emit.move('2026-01-02')
// @ts-expect-error an input in a group takes the decoded type
client.emit.todo.at('2026-01-02')

// An output.
expectType<Parameters<typeof client.on.booked>>().toBe<[Listener<TypesAt<typeof api, 'booked'>, 'decoded'>]>()
client.on.booked(date => expectType(date).toBe<Date>())
client.on.placed((...args) => expectType(args).toBe<[Date, number]>())
client.on.probe(async () => new Date())
// @ts-expect-error a listener answers with the decoded type
client.on.probe(() => '2026-01-02')
expectType(await client.once.booked()).toBe<Date>()
expectType(await client.once.todo.due()).toBe<Date>()

// An iteration.
expectType(client.iterate.booked()).toBe<AsyncIterableIterator<Date, undefined, unknown>>()
expectType(client.iterate.todo.due({ limit: 5 })).toBe<AsyncIterableIterator<Date, undefined, unknown>>()
for await (const placed of client.iterate.placed()) expectType(placed).toBe<[Date, number]>()
expectType(client.iterate.probe).toBe<never>()
// @ts-expect-error no such output
client.iterate.book()
// @ts-expect-error the limit is a number
client.iterate.booked({ limit: '5' })

// Another namespace.
const game = client.of('/game-{id}', { id: '42' }, { auth: { token: 'a' } })
expectType(await game.once.ended()).toBe<Date>()
// @ts-expect-error the parameter is missing
client.of('/game-{id}')

// With the contract as a type only, values have the wire types.
const typeOnly = createClient<typeof api>('http://localhost')
expectType<Parameters<typeof typeOnly.emit.book>>().toBe<[string, string?]>()
expectType(typeOnly.iterate.booked()).toBe<AsyncIterableIterator<string, undefined, unknown>>()

// The schema determines the possible parameters, which are decoded if the contract is given.
const seats = router({
  '/seat-{side}-{at}': router(
    {},
    { params: Type.Object({ side: Type.Union([Type.Literal('left'), Type.Literal('right')]), at: Moment }) },
  ),
})
createClient<typeof seats>().of('/seat-{side}-{at}', { side: 'left', at: '2026-01-02' })
createClient(seats).of('/seat-{side}-{at}', { side: 'left', at: new Date() })
// @ts-expect-error the side is `left` or `right`
createClient<typeof seats>().of('/seat-{side}-{at}', { side: 'middle', at: '2026-01-02' })
// @ts-expect-error without the contract, parameters are not encoded
createClient<typeof seats>().of('/seat-{side}-{at}', { side: 'left', at: new Date() })
// @ts-expect-error with the contract, parameters are encoded
createClient(seats).of('/seat-{side}-{at}', { side: 'left', at: '2026-01-02' })
