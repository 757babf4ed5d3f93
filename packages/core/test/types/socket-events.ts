import {
  event,
  router,
  type Ack,
  type CallError,
  type ClientToServerEvents,
  type Errors,
  type FailureReply,
  type GuardedEvents,
  type Input,
  type Issue,
  type Output,
  type Router,
  type ServerToClientEvents,
  type StandardErrors,
} from '@ackwire/core'
import { attach } from '@ackwire/core/server'
import { Type } from '@sinclair/typebox'
import { Server, type DefaultEventsMap, type Namespace } from 'socket.io'
import type { Socket } from 'socket.io-client'
import { expectType } from '../../../../test/expect-type.js'

// What goes in, out and back differs everywhere, so that a swapped direction does not compile.
const api = router({
  sign_up: event
    .input(Type.Object({ email: Type.String() }))
    .ack(Type.Object({ id: Type.Integer() }))
    .errors({ EMAIL_TAKEN: Type.Object({ suggestion: Type.String() }) }),
  move: event.input(Type.Integer(), Type.String()),
  ping: event.input().ack(),
  upload: event.input(Type.String(), Type.Uint8Array()).ack(Type.Boolean()),
  anything: event.input(Type.Any()).ack(Type.Any()),
  user_joined: event.output(Type.Object({ name: Type.String() })),
  tick: event.output(),
  probe: event.output(Type.Number()).ack(Type.String()).errors({ BUSY: Type.Integer() }),
  touch: event.output(Type.Boolean()).ack(),
  todo: router({
    create: event.input(Type.String()).ack(Type.Integer()),
    created: event.output(Type.Boolean()),
    list: router({ clear: event.input(Type.Null()) }),
  }),
  '/admin': router({
    ban: event.input(Type.Integer()).ack(Type.String()).errors({ ROOT: Type.Null() }),
    banned: event.output(Type.String()),
    log: router({ level: event.input(Type.Literal('debug')) }),
  }),
  '/game-{id}': router({ play: event.input(Type.Tuple([Type.Integer(), Type.Integer()])) }),
})
type Api = typeof api
type ToServer = ClientToServerEvents<Api>
type ToClient = ServerToClientEvents<Api>
type Taken = { readonly EMAIL_TAKEN: { suggestion: string } }
type Busy = { readonly BUSY: number }

expectType<ToServer>().toBe<{
  sign_up: (value: { email: string }, ack: (reply: { id: number } | FailureReply<Taken>) => void) => void
  move: (x: number, y: string) => void
  ping: (ack: (failure?: FailureReply<{}>) => void) => void
  upload: (name: string, bytes: Uint8Array, ack: (reply: boolean | FailureReply<{}>) => void) => void
  anything: (value: unknown, ack: (reply: unknown) => void) => void
  'todo:create': (value: string, ack: (reply: number | FailureReply<{}>) => void) => void
  'todo:list:clear': (value: null) => void
}>()
expectType<ToClient>().toBe<{
  user_joined: (value: { name: string }) => void
  tick: () => void
  probe: (value: number, ack: (reply: string | FailureReply<Busy>) => void) => void
  touch: (value: boolean, ack: (failure?: FailureReply<{}>) => void) => void
  'todo:created': (value: boolean) => void
}>()
expectType<ClientToServerEvents<Api, '/admin'>>().toBe<{
  ban: (value: number, ack: (reply: string | FailureReply<{ readonly ROOT: null }>) => void) => void
  'log:level': (value: 'debug') => void
}>()
expectType<ServerToClientEvents<Api, '/admin'>>().toBe<{ banned: (value: string) => void }>()
expectType<keyof ClientToServerEvents<Api, '/game-{id}'>>().toBe<'play'>()
expectType<keyof ServerToClientEvents<Api, '/game-{id}'>>().toBe<never>()

// The failures of an event: its own and those that any call can be answered with.
type Failed = FailureReply<Taken>['$error']
expectType<Failed['code']>().toBe<
  | 'EMAIL_TAKEN'
  | 'INVALID_INPUT'
  | 'UNAUTHORIZED'
  | 'UNKNOWN_EVENT'
  | 'NOT_IMPLEMENTED'
  | 'RATE_LIMITED'
  | 'OVERLOADED'
  | 'TIMEOUT'
  | 'INTERNAL'
>()
expectType<Failed['message']>().toBe<string>()
expectType<Failed['issues']>().toBe<readonly Issue[] | undefined>()
expectType<Extract<Failed, { code: 'EMAIL_TAKEN' }>['data']>().toBe<{ suggestion: string }>()
expectType<Extract<Failed, { code: 'OVERLOADED' }>['data']>().toBe<{ readonly retryAfterMs: number }>()
expectType<Extract<Failed, { code: 'INTERNAL' }>['data']>().toBe<undefined>()
expectType<
  Extract<FailureReply<{ ODD: ReturnType<typeof JSON.parse> }>['$error'], { code: 'ODD' }>['data']
>().toBe<unknown>()

// A plain client has to look before it has the reply.
declare const socket: Socket<ToClient, ToServer>
socket.emit('sign_up', { email: '' }, reply => {
  expectType(reply).toBe<{ id: number } | FailureReply<Taken>>()
  if ('$error' in reply) {
    if (reply.$error.code === 'EMAIL_TAKEN') expectType(reply.$error.data).toBe<{ suggestion: string }>()
  } else {
    expectType(reply).toBe<{ id: number }>()
  }
  // @ts-expect-error it may be a failure
  reply.id
})
socket.emit('move', 1, 'a')
socket.emit('ping', failure => {
  if (failure) expectType(failure).toBe<FailureReply<{}>>()
})
socket.emit('upload', 'a.txt', new Uint8Array(), reply => expectType(reply).toBe<boolean | FailureReply<{}>>())
socket.emit('anything', 1, reply => expectType(reply).toBe<unknown>())
socket.emit('todo:list:clear', null)
expectType(await socket.emitWithAck('todo:create', 'milk')).toBe<number | FailureReply<{}>>()
expectType(await socket.emitWithAck('ping')).toBe<FailureReply<{}> | undefined>()
socket.timeout(1).emit('todo:create', 'milk', (late, reply) => {
  expectType(late).toBe<Error>()
  expectType(reply).toBe<number | FailureReply<{}>>()
})
socket.timeout(1).emit('ping', (_late, reply) => expectType(reply).toBe<FailureReply<{}> | undefined>())
socket.on('user_joined', user => expectType(user).toBe<{ name: string }>())
socket.on('probe', (value, ack) => {
  expectType(value).toBe<number>()
  ack('pong')
  ack({ $error: { code: 'BUSY', message: '', data: 1 } })
  // @ts-expect-error the answer is a string
  ack(1)
  // @ts-expect-error there is an answer
  ack()
  // @ts-expect-error no event declares this error
  ack({ $error: { code: 'LAZY', message: '' } })
  // @ts-expect-error nobody answers with what only the caller knows
  ack({ $error: { code: 'ABORTED', message: '' } })
  // @ts-expect-error the data is a number
  ack({ $error: { code: 'BUSY', message: '', data: 'a' } })
  // @ts-expect-error and not left out
  ack({ $error: { code: 'BUSY', message: '' } })
  // @ts-expect-error a failure has a message
  ack({ $error: { code: 'INTERNAL' } })
  // @ts-expect-error and only issues that say where
  ack({ $error: { code: 'INVALID_INPUT', message: '', issues: [{ message: '' }] } })
})
socket.on('touch', (_value, ack) => {
  ack()
  ack({ $error: { code: 'INTERNAL', message: '' } })
  // @ts-expect-error a receipt has no value
  ack(true)
})
// @ts-expect-error an event with an ack is not emitted without one
socket.emit('sign_up', { email: '' })
// @ts-expect-error also a receipt
socket.emit('ping')
// @ts-expect-error an event without an ack has none
socket.emit('move', 1, 'a', () => {})
// @ts-expect-error the arguments are swapped
socket.emit('move', 'a', 1)
// @ts-expect-error one is missing
socket.emit('move', 1)
// @ts-expect-error a property has another type
socket.emit('sign_up', { email: 1 }, () => {})
// @ts-expect-error the client does not emit an output
socket.emit('user_joined', { name: '' })
// @ts-expect-error nor the event of another namespace
socket.emit('ban', 1, () => {})
// @ts-expect-error a group is no event
socket.emit('todo', 'milk', () => {})
// @ts-expect-error nor is the event of a group without its group
socket.emit('create', 'milk', () => {})
// @ts-expect-error nor a namespace
socket.emit('/admin', 1)
// @ts-expect-error the client does not listen to an input
socket.on('move', () => {})
// @ts-expect-error an argument of another type
socket.on('user_joined', (user: { age: number }) => user)
// @ts-expect-error there is no second argument
socket.on('user_joined', (_user, second) => second)
// @ts-expect-error a callback that takes only the reply
socket.emit('todo:create', 'milk', (reply: number) => reply)
// @ts-expect-error or only the failure of another event
socket.emit('todo:create', 'milk', (reply: number | FailureReply<{ FULL: null }>['$error']) => reply)

// The server listens to inputs, emits outputs, and answers.
const io = new Server<ToServer, ToClient>()
io.on('connection', peer => {
  peer.on('sign_up', (input, ack) => {
    expectType(input).toBe<{ email: string }>()
    ack({ id: 1 })
    ack({ $error: { code: 'EMAIL_TAKEN', message: '', data: { suggestion: '' } } })
    // @ts-expect-error the id is a number
    ack({ id: '1' })
    // @ts-expect-error the data is missing
    ack({ $error: { code: 'EMAIL_TAKEN', message: '' } })
  })
  peer.on('move', (x, y) => expectType([x, y] as const).toBe<readonly [number, string]>())
  peer.on('ping', ack => ack())
  peer.on('upload', (_name, bytes) => expectType(bytes).toBe<Uint8Array>())
  peer.on('anything', value => expectType(value).toBe<unknown>())
  peer.emit('user_joined', { name: 'Bob' })
  peer.emit('probe', 1, reply => expectType(reply).toBe<string | FailureReply<Busy>>())
  peer.broadcast.emit('tick')
  // @ts-expect-error the server does not emit an input
  peer.emit('move', 1, 'a')
  // @ts-expect-error the server does not listen to an output
  peer.on('tick', () => {})
  // @ts-expect-error an input of another type
  peer.on('move', (x: string) => x)
})
io.emit('user_joined', { name: 'Bob' })
io.to('lobby').emit('todo:created', true)
io.timeout(1).emit('probe', 1, (late, replies) => {
  expectType(late).toBe<Error>()
  expectType(replies).toBe<(string | FailureReply<Busy>)[]>()
})
const one = new Server<ToServer, ToClient>().sockets.sockets.get('id')
if (one) {
  expectType(await one.emitWithAck('probe', 1)).toBe<string | FailureReply<Busy>>()
  expectType(await one.emitWithAck('touch', true)).toBe<FailureReply<{}> | undefined>()
  // @ts-expect-error nobody answers this one
  one.emitWithAck('todo:created', true)
}
// @ts-expect-error an argument of another type
io.emit('user_joined', { name: 1 })
// @ts-expect-error the server does not emit an input
io.emit('move', 1, 'a')
// @ts-expect-error nobody collects the answers of an event with an ack
io.emit('probe', 1)

// A namespace has maps of its own, which its plain sockets are given.
const admin: Namespace<ClientToServerEvents<Api, '/admin'>, ServerToClientEvents<Api, '/admin'>> = io.of('/admin')
admin.on('connection', peer => {
  peer.on('ban', (id, ack) => ack(`banned ${expectType(id).toBe<number>()}`))
  peer.on('log:level', level => expectType(level).toBe<'debug'>())
  // @ts-expect-error an event of the root
  peer.on('move', () => {})
})
admin.emit('banned', 'Bob')
// @ts-expect-error an event of the root
admin.emit('tick')
// @ts-expect-error the contract has no such namespace
export type NoInputs = ClientToServerEvents<Api, '/amdin'>
// @ts-expect-error a group is no namespace
export type NoOutputs = ServerToClientEvents<Api, 'todo'>
// @ts-expect-error a contract is a router
export type NoContract = ClientToServerEvents<{ move: 1 }>
// @ts-expect-error and not a single event
export type NoRouter = ServerToClientEvents<Api['~router']>

// A typed server speaks the contract as an untyped one does.
attach(io, api).on.sign_up(() => ({ id: 1 }))
attach(new Server<ToServer, ToClient, DefaultEventsMap, { user: string }>(), api)
attach(new Server<ToServer>(), api)
attach(new Server<ToServer, ToClient, { node: (id: number) => void }>(), api)
attach(new Server<{ elsewhere: (x: bigint) => void }, {}>(), api)

// The types of one event.
expectType<Input<Api, 'sign_up'>>().toBe<{ email: string }>()
expectType<Input<Api, 'move'>>().toBe<[number, string]>()
expectType<Input<Api, 'ping'>>().toBe<undefined>()
expectType<Input<Api, 'todo:list:clear'>>().toBe<null>()
expectType<Input<Api, 'ban', '/admin'>>().toBe<number>()
expectType<Input<Api, 'log:level', '/admin'>>().toBe<'debug'>()
expectType<Input<Api, 'play', '/game-{id}'>>().toBe<[number, number]>()
expectType<Output<Api, 'user_joined'>>().toBe<{ name: string }>()
expectType<Output<Api, 'tick'>>().toBe<undefined>()
expectType<Output<Api, 'banned', '/admin'>>().toBe<string>()
expectType<Ack<Api, 'sign_up'>>().toBe<{ id: number }>()
expectType<Ack<Api, 'todo:create'>>().toBe<number>()
expectType<Ack<Api, 'ping'>>().toBe<void>()
expectType<Ack<Api, 'move'>>().toBe<never>()
expectType<Ack<Api, 'probe'>>().toBe<string>()
expectType<Ack<Api, 'ban', '/admin'>>().toBe<string>()
expectType<Errors<Api, 'sign_up'>>().toBe<Taken>()
expectType<Errors<Api, 'probe'>>().toBe<Busy>()
expectType<Errors<Api, 'ping'>>().toBe<{}>()
expectType<Errors<Api, 'ban', '/admin'>>().toBe<{ readonly ROOT: null }>()
expectType<CallError<Errors<Api, 'ping'>>['code']>().toBe<keyof StandardErrors>()
// @ts-expect-error no such event
export type NoEvent = Input<Api, 'sign_in'>
// @ts-expect-error an output is no input
export type NoInput = Input<Api, 'user_joined'>
// @ts-expect-error an input is no output
export type NoOutput = Output<Api, 'sign_up'>
// @ts-expect-error the event has its group before its name
export type NoGroup = Ack<Api, 'create'>
// @ts-expect-error an event of another namespace
export type NoAck = Ack<Api, 'ban'>
// @ts-expect-error the root's event
export type NoErrors = Errors<Api, 'sign_up', '/admin'>
// @ts-expect-error no such namespace
export type NoNamespace = Errors<Api, 'sign_up', '/amdin'>

// Where there are transforms, a guarded server's listeners have them decoded, and a client has what travels.
const When = Type.Transform(Type.String())
  .Decode(text => new Date(text))
  .Encode(date => date.toISOString())
const dated = router({
  book: event.input(When, Type.Integer()).ack(Type.Array(When)).errors({ TAKEN: When }),
  note: event.input(When),
  each: event.input().rest(When).ack(),
  booked: event.output(When),
  '/n': router({ maybe: event.input(Type.Optional(When)).ack(Type.Null()) }),
})
type TakenAt<Time> = FailureReply<{ readonly TAKEN: Time }>
expectType<GuardedEvents<typeof dated>>().toBe<{
  book: (at: Date, seats: number, ack: (reply: Date[] | TakenAt<Date>) => void) => void
  note: (value: Date) => void
  each: (...args: [...Date[], (failure?: FailureReply<{}>) => void]) => void
}>()
expectType<ClientToServerEvents<typeof dated>['book']>().toBe<
  (at: string, seats: number, ack: (reply: string[] | TakenAt<string>) => void) => void
>()
expectType<GuardedEvents<typeof dated, '/n'>>().toBe<{
  maybe: (
    ...args: [ack: (reply: null | FailureReply<{}>) => void] | [Date, ack: (reply: null | FailureReply<{}>) => void]
  ) => void
}>()
expectType<GuardedEvents<Api>>().toBe<ToServer>()
const guarded = new Server<GuardedEvents<typeof dated>, ServerToClientEvents<typeof dated>>()
attach(guarded, dated)
guarded.on('connection', peer => {
  peer.on('book', (at, _seats, ack) => {
    expectType(at).toBe<Date>()
    ack([at])
    // @ts-expect-error the ack encodes
    ack(['2026-01-02'])
  })
  peer.emit('booked', '2026-01-02')
  // @ts-expect-error a plain emit does not
  peer.emit('booked', new Date())
})

// A contract made at run time has names that are not known.
const many = router(Object.fromEntries(['a', 'b'].map(name => [name, event.input(Type.String())])))
expectType<ClientToServerEvents<typeof many>>().toBe<{ [name: string]: (value: string) => void }>()
expectType<ServerToClientEvents<Router>>().toBe<{}>()

// Where arguments can be left out, the ack comes earlier: a plain listener has to see how many there are.
const Maybe = Type.Optional(Type.Integer())
const loose = router({
  found: event.input(Type.String(), Maybe),
  search: event.input(Type.String(), Maybe).ack(Type.Boolean()),
  list: event.input(Maybe).ack(),
  sum: event.input(Type.String()).rest(Type.Integer()).ack(Type.Boolean()),
  all: event.input().rest(Type.Any()),
})
type Answer = (reply: boolean | FailureReply<{}>) => void
type Receipt = (failure?: FailureReply<{}>) => void
expectType<ClientToServerEvents<typeof loose>>().toBe<{
  found: (text: string, count?: number) => void
  search: (...args: [string, Answer] | [string, number, Answer]) => void
  list: (...args: [Receipt] | [number, Receipt]) => void
  sum: (...args: [string, ...number[], Answer]) => void
  all: (...args: unknown[]) => void
}>()
declare const loosely: Socket<{}, ClientToServerEvents<typeof loose>>
loosely.emit('found', 'a')
loosely.emit('search', 'a', reply => expectType(reply).toBe<boolean | FailureReply<{}>>())
loosely.emit('search', 'a', 1, reply => expectType(reply).toBe<boolean | FailureReply<{}>>())
expectType(await loosely.emitWithAck('search', 'a')).toBe<boolean | FailureReply<{}>>()
expectType(await loosely.emitWithAck('search', 'a', 1)).toBe<boolean | FailureReply<{}>>()
loosely.emit('list', () => {})
loosely.emit('sum', 'a', 1, 2, 3, () => {})
// @ts-expect-error the optional argument has another type
loosely.emit('search', 'a', 'b', () => {})
// @ts-expect-error what is left out is not undefined, which would arrive as null
loosely.emit('search', 'a', undefined, () => {})
// @ts-expect-error the ack is missing
loosely.emit('search', 'a', 1)
// @ts-expect-error the rest is of one type
loosely.emit('sum', 'a', 1, 'b', () => {})
const peers = new Server<ClientToServerEvents<typeof loose>, {}>()
peers.on('connection', peer => {
  peer.on('search', (...args) => {
    expectType(args).toBe<[value: string, ack: Answer] | [value: string, count: number, ack: Answer]>()
    const ack = args.length === 2 ? args[1] : args[2]
    ack(true)
  })
  // @ts-expect-error the second argument is the ack where there is no other
  peer.on('search', (_text, _count, ack: Answer) => ack(true))
})
expectType<Input<typeof loose, 'search'>>().toBe<[string, number?]>()
