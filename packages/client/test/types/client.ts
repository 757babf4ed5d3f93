import { createClient, type Client, type ConnectError } from '@ackwire/client'
import { event, router, type Call } from '@ackwire/core'
import type { PartOf } from '@ackwire/core/declarations'
import { Type } from '@sinclair/typebox'
import type { Socket } from 'socket.io-client'
import { expectType } from '../../../../test/expect-type.js'

// Inputs, outputs and replies all differ, so that a swapped direction does not compile.
const api = router({
  sign_up: event
    .input(Type.Object({ email: Type.String(), age: Type.Optional(Type.Integer()) }))
    .ack(Type.Object({ id: Type.Integer() }))
    .errors({ EMAIL_TAKEN: Type.Object({ suggestion: Type.String() }) }),
  move: event.input(Type.Integer(), Type.String()),
  ping: event.input().ack(),
  upload: event.input(Type.String(), Type.Uint8Array()).ack(Type.String()),
  user_joined: event.output(Type.Object({ name: Type.String() })),
  moved: event.output(Type.Integer(), Type.String()),
  tick: event.output(),
  probe: event.output(Type.Number()).ack(Type.String()).errors({ BUSY: Type.Integer() }),
  touch: event.output().ack(),
  todo: router({
    create: event.input(Type.String()).ack(Type.Integer()),
    created: event.output(Type.Boolean()),
    list: router({ clear: event.input().ack(Type.Boolean()), cleared: event.output(Type.Null()) }),
  }),
  loud: router({ shout: event.input(Type.String()) }),
  quiet: router({ hush: event.output(Type.String()) }),
  '/admin': router({
    ban: event.input(Type.Integer()).ack(Type.String()),
    banned: event.output(Type.String()),
    log: router({ tail: event.input().ack(Type.Array(Type.String())), line: event.output(Type.String()) }),
  }),
})

const client = createClient<typeof api>('http://localhost')
expectType(client).toBe<Client<typeof api>>()
expectType(client.socket).toBe<Socket>()
expectType(client.connect()).toBe<typeof client>()
expectType(client.close()).toBe<typeof client>()

// A call: its arguments by position, and the answer.
expectType<Parameters<typeof client.emit.sign_up>>().toBe<[value: { email: string; age?: number }]>()
expectType<Parameters<typeof client.emit.move>>().toBe<[number, string]>()
expectType<Parameters<typeof client.emit.ping>>().toBe<[]>()
expectType<Parameters<typeof client.emit.upload>>().toBe<[string, Uint8Array]>()
expectType(client.emit.sign_up({ email: '' })).toBe<
  Call<{ id: number }, { readonly EMAIL_TAKEN: { suggestion: string } }>
>()
expectType(await client.emit.sign_up({ email: '', age: 1 })).toBe<{ id: number }>()
expectType(client.emit.move(1, 'a')).toBe<void>()
expectType(client.emit.ping()).toBe<Call<void, {}>>()
expectType(await client.emit.upload('a.png', new Uint8Array())).toBe<string>()
expectType(client.emit.todo.create('milk')).toBe<Call<number, {}>>()
expectType(await client.emit.todo.list.clear()).toBe<boolean>()
expectType<keyof typeof client.emit>().toBe<'sign_up' | 'move' | 'ping' | 'upload' | 'todo' | 'loud'>()
expectType<keyof typeof client.emit.todo>().toBe<'create' | 'list'>()

// @ts-expect-error no such event
client.emit.sign_in({ email: '' })
// @ts-expect-error a client can't emit an output
client.emit.user_joined({ name: '' })
// @ts-expect-error a client can't emit an output of a group
client.emit.todo.created(true)
// @ts-expect-error a group without inputs has nothing to call
client.emit.quiet.hush('x')
// @ts-expect-error a group is no event
client.emit.todo('milk')
// @ts-expect-error the wire name is not a property
client.emit['todo:create']('milk')
// @ts-expect-error the argument is missing
client.emit.sign_up()
// @ts-expect-error a property is missing
client.emit.sign_up({})
// @ts-expect-error a property has another type
client.emit.sign_up({ email: 1 })
// @ts-expect-error a property is unknown
client.emit.sign_up({ email: '', emial: '' })
// @ts-expect-error an optional property is not undefined
client.emit.sign_up({ email: '', age: undefined })
// @ts-expect-error the reply is not an argument
client.emit.sign_up({ id: 1 })
// @ts-expect-error an ack is awaited, not passed
client.emit.sign_up({ email: '' }, () => {})
// @ts-expect-error the second argument is missing
client.emit.move(1)
// @ts-expect-error the arguments are swapped
client.emit.move('a', 1)
// @ts-expect-error one argument too many
client.emit.move(1, 'a', 2)
// @ts-expect-error the event has no arguments
client.emit.ping(1)
// @ts-expect-error a string is not binary data
client.emit.upload('a.png', 'data')
// @ts-expect-error an argument in a group has another type
client.emit.todo.create(1)
// @ts-expect-error the event in a nested group has no arguments
client.emit.todo.list.clear('all')
// @ts-expect-error an event of another namespace
client.emit.ban(1)
// @ts-expect-error a namespace is reached with `of`
client.emit['/admin'].ban(1)
// @ts-expect-error an event without an ack returns no promise
client.emit.move(1, 'a').then(String)
const made = await client.emit.sign_up({ email: '' })
// @ts-expect-error the reply is the ack's type, not the input's
String(made.email)

// A listener: the event's arguments, and the ack as what it returns.
expectType(client.on.user_joined(user => expectType(user).toBe<{ name: string }>())).toBe<() => void>()
client.on.moved((count, text) => {
  expectType(count).toBe<number>()
  expectType(text).toBe<string>()
})
client.on.moved(() => {})
client.on.tick(async () => 'ignored')
client.on.probe(sent => {
  expectType(sent).toBe<number>()
  return 'pong'
})
client.on.probe(async () => 'pong')
client.on.touch(() => {})
client.on.todo.created(done => expectType(done).toBe<boolean>())
client.on.todo.list.cleared(nothing => expectType(nothing).toBe<null>())
expectType<Parameters<Parameters<typeof client.on.tick>[0]>>().toBe<[]>()
expectType<ReturnType<Parameters<typeof client.on.probe>[0]>>().toBe<string | Promise<string>>()
expectType<ReturnType<Parameters<typeof client.on.user_joined>[0]>>().toBe<unknown>()

// @ts-expect-error no such event
client.on.user_left(() => {})
// @ts-expect-error a client can't listen to an input
client.on.sign_up(() => {})
// @ts-expect-error a client can't listen to an input of a group
client.on.todo.create(() => {})
// @ts-expect-error a group without outputs has nothing to listen to
client.on.loud.shout(() => {})
// @ts-expect-error a group is no event
client.on.todo(() => {})
// @ts-expect-error the listener is missing
client.on.user_joined()
// @ts-expect-error a listener is a function
client.on.user_joined({ name: '' })
// @ts-expect-error the listener's argument has another type
client.on.user_joined((user: { age: number }) => user)
// @ts-expect-error there is no third argument
client.on.moved((count, text, more) => [count, text, more])
// @ts-expect-error the argument has no such property
client.on.user_joined(user => user.email)
// @ts-expect-error the ack is missing
client.on.probe(() => {})
// @ts-expect-error the ack has another type
client.on.probe(sent => sent)
// @ts-expect-error the promised ack has another type
client.on.probe(async sent => sent)
// @ts-expect-error a listener gets no ack function
client.on.probe((sent, ack) => ack(sent))
// @ts-expect-error an event of another namespace
client.on.banned(() => {})

// Lifecycle.
expectType(client.on.connect(() => {})).toBe<() => void>()
client.on.disconnect(reason => expectType(reason).toBe<Socket.DisconnectReason>())
client.on.connect_error(error => {
  expectType(error.message).toBe<string>()
  expectType(error.data?.code).toBe<string | undefined>()
})
// @ts-expect-error `data` exists only if the server refused
client.on.connect_error(error => error.data.code)
// @ts-expect-error `connection` is an event of the server
client.on.connection(() => {})
// @ts-expect-error a lifecycle event can't be emitted
client.emit.disconnect()

expectType(client.once.connect()).toBe<Call<undefined, {}>>()
expectType(await client.once.connect_error()).toBe<ConnectError>()
expectType(await client.once.disconnect()).toBe<[reason: Socket.DisconnectReason, details: unknown]>()
// @ts-expect-error once.connect takes no listener
await client.once.connect(() => {})
// @ts-expect-error disconnect has two arguments
String((await client.once.disconnect()).length === 1)
// @ts-expect-error a group has no lifecycle events
await client.once.todo.connect()
// @ts-expect-error lifecycle events can't be iterated over
client.iterate.connect()

// One event.
expectType(client.once.user_joined()).toBe<Call<{ name: string }, { readonly INVALID_OUTPUT: undefined }>>()
expectType(await client.once.user_joined()).toBe<{ name: string }>()
expectType(await client.once.moved()).toBe<[number, string]>()
expectType(await client.once.tick()).toBe<undefined>()
expectType(await client.once.probe()).toBe<number>()
expectType(await client.once.todo.created()).toBe<boolean>()
expectType(await client.once.todo.list.cleared()).toBe<null>()
// @ts-expect-error an input can't be awaited
await client.once.sign_up()
// @ts-expect-error once takes no listener
await client.once.user_joined(() => {})
// @ts-expect-error no such event
await client.once.user_left()

// Volatile: no answer is asked for.
expectType(client.volatile.emit.sign_up({ email: '' })).toBe<void>()
expectType(client.volatile.emit.move(1, 'a')).toBe<void>()
expectType(client.volatile.emit.todo.create('milk')).toBe<void>()
// @ts-expect-error an output can't be emitted
client.volatile.emit.user_joined({ name: '' })
// @ts-expect-error the wrong payload
client.volatile.emit.move('a', 1)
// @ts-expect-error no listener is volatile
client.volatile.on.user_joined(() => {})

// Limits: the same client.
expectType(client.timeout(500)).toBe<typeof client>()
expectType(client.signal(new AbortController().signal)).toBe<typeof client>()
expectType(await client.timeout(500).signal(AbortSignal.timeout(1)).emit.todo.create('milk')).toBe<number>()
expectType(await client.timeout(500).once.probe()).toBe<number>()
// @ts-expect-error the timeout is a number of milliseconds
client.timeout('1s')
// @ts-expect-error the signal, not its controller
client.signal(new AbortController())
// @ts-expect-error a timeout does not change the payload's type
client.timeout(500).emit.todo.create(1)

// Namespaces.
const admin = client.of('/admin')
expectType(admin).toBe<Client<PartOf<typeof api, '/admin'>>>()
expectType(admin.emit.ban(1)).toBe<Call<string, {}>>()
expectType(await admin.emit.log.tail()).toBe<string[]>()
admin.on.banned(name => expectType(name).toBe<string>())
admin.on.log.line(line => expectType(line).toBe<string>())
// @ts-expect-error the contract has no such namespace
client.of('/amdin')
// @ts-expect-error a group is no namespace
client.of('todo')
// @ts-expect-error the root namespace is the client itself
client.of('/')
// @ts-expect-error a namespace has no namespaces
admin.of('/admin')
// @ts-expect-error an event of the root
admin.emit.sign_up({ email: '' })
// @ts-expect-error the wrong payload
admin.emit.ban('bob')
// @ts-expect-error an output can't be emitted
admin.emit.banned('bob')
