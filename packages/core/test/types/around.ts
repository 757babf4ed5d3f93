import { event, router } from '@ackwire/core'
import type { AuthOf, EntriesOf, NamespaceParams } from '@ackwire/core/declarations'
import { attach, type SocketData } from '@ackwire/core/server'
import { Type } from '@sinclair/typebox'
import { Server, type Socket } from 'socket.io'
import { expectType } from '../../../../test/expect-type.js'

const api = router(
  {
    who: event.input().ack(Type.String()),
    '/admin': router({ ban: event.input(Type.Integer()).ack() }, { auth: Type.Object({ token: Type.String() }) }),
    '/game-{id}/{seat}': router({ play: event.input(Type.Boolean()), moved: event.output(Type.Integer()) }),
  },
  { auth: Type.Object({ key: Type.Integer() }) },
)
const server = attach(new Server(), api)

// What authenticate returns is the socket's data; its auth is the namespace's own.
const admin = server.of('/admin').authenticate(async ({ auth, params, socket }) => {
  expectType(auth).toBe<{ token: string }>()
  expectType(params).toBe<{}>()
  expectType(socket).toBe<Socket>()
  return { user: auth.token.length }
})
admin.on.ban(({ data, ctx, input }) => {
  expectType(data).toBe<{ user: number }>()
  expectType(ctx).toBe<{}>()
  expectType(input).toBe<number>()
})
admin.on.connection(({ data }) => expectType(data).toBe<{ user: number }>())
server.authenticate(({ auth }) => {
  expectType(auth).toBe<{ key: number }>()
  return {}
})
// @ts-expect-error the data of a socket is an object
server.authenticate(() => 5)
// @ts-expect-error the auth of /admin has no key
server.of('/admin').authenticate(({ auth }) => ({ key: auth.key }))

// What middleware gives to next is in the context of the handlers inside, and of no other.
const logged = admin.use(async ({ data, ctx, event: name, input, next }) => {
  expectType(data).toBe<{ user: number }>()
  expectType(ctx).toBe<{}>()
  expectType(name).toBe<string>()
  expectType(input).toBe<unknown>()
  return next({ started: 1 })
})
const both = logged.use(({ ctx, next }) => next({ sum: ctx.started + 1 }))
both.on.ban(({ ctx }) => {
  expectType(ctx.started).toBe<number>()
  expectType(ctx.sum).toBe<number>()
})
both.handle({ ban: ({ ctx }) => expectType(ctx.sum).toBe<number>() })
logged.on.ban(({ ctx }) => {
  // @ts-expect-error the inner middleware is not around this handler
  return ctx.sum
})
// @ts-expect-error middleware goes on, or throws
admin.use(async () => ({ started: 1 }))
// @ts-expect-error a context is an object
admin.use(({ next }) => next(5))

// Parameters come from the key.
const game = server.of('/game-{id}/{seat}')
game.on.play(({ params }) => {
  expectType(params.id).toBe<string>()
  expectType(params.seat).toBe<string>()
  // @ts-expect-error the key has no such parameter
  return params.room
})
expectType(server.of('/game-{id}/{seat}', { id: '1', seat: '2' }).emit.moved(1)).toBe<void>()
// @ts-expect-error a parameter is missing
server.of('/game-{id}/{seat}', { id: '1' })
// @ts-expect-error one namespace of many has no handlers of its own
server.of('/game-{id}/{seat}', { id: '1', seat: '2' }).on

// A schema says what they are: on the server as it decodes them.
const When = Type.Transform(Type.String())
  .Decode(text => new Date(text))
  .Encode(date => date.toISOString())
const Seat = Type.Object({ at: When, seat: Type.Union([Type.Literal('north'), Type.Literal('south')]) })
const clubs = router(
  {
    '/club-{at}-{seat}': router(
      { play: event.input().ack(), moved: event.output() },
      { params: Seat, auth: Type.Object({ since: When }) },
    ),
  },
  { auth: Type.Object({ first: When }) },
)
const bridge = attach(new Server(), clubs)
const club = bridge.of('/club-{at}-{seat}').authenticate(({ params, auth }) => {
  expectType(params).toBe<Readonly<{ at: Date; seat: 'north' | 'south' }>>()
  expectType(auth).toBe<{ since: Date }>()
  return {}
})
club.on.play(({ params }) => expectType(params.at).toBe<Date>())
club.on.connection(({ params }) => expectType(params.seat).toBe<'north' | 'south'>())
club.use(({ params, next }) => next({ year: params.at.getFullYear() })).on.play(() => {})
bridge.authenticate(({ auth }) => {
  expectType(auth).toBe<{ first: Date }>()
  return {}
})
bridge.handle({ '/club-{at}-{seat}': { play: ({ params }) => expectType(params.at).toBe<Date>() } })
expectType(bridge.of('/club-{at}-{seat}', { at: new Date(), seat: 'north' }).emit.moved()).toBe<void>()
// @ts-expect-error it is encoded by the schema
bridge.of('/club-{at}-{seat}', { at: '2026', seat: 'north' })
// @ts-expect-error nobody sits in the east
bridge.of('/club-{at}-{seat}', { at: new Date(), seat: 'east' })
// @ts-expect-error the parameters of a namespace are an object
router({}, { params: Type.String() })

// A client has them as they travel.
type Clubs = EntriesOf<typeof clubs>
type Games = EntriesOf<typeof api>
expectType<NamespaceParams<Clubs['/club-{at}-{seat}'], '/club-{at}-{seat}'>>().toBe<
  Readonly<{ at: string; seat: 'north' | 'south' }>
>()
expectType<AuthOf<Clubs['/club-{at}-{seat}']>>().toBe<{ since: string }>()
expectType<AuthOf<typeof clubs>>().toBe<{ first: string }>()
expectType<NamespaceParams<Games['/game-{id}/{seat}'], '/game-{id}/{seat}'>>().toBe<{
  readonly id: string
  readonly seat: string
}>()
expectType<NamespaceParams<Games['/admin'], '/admin'>>().toBe<{}>()

expectType(server.close({ drain: 1 })).toBe<Promise<void>>()
expectType(server.detach()).toBe<void>()

// The data of a binding's sockets, for who types them elsewhere.
expectType<SocketData<typeof admin>>().toBe<{ user: number }>()
expectType<SocketData<typeof server>>().toBe<Readonly<Record<string, unknown>>>()
expectType<SocketData<string>>().toBe<never>()
