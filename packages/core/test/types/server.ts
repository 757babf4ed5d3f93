import { event, router } from '@ackwire/core'
import type { PartOf } from '@ackwire/core/declarations'
import {
  attach,
  type Answer,
  type ErrorReport,
  type NamespaceBinding,
  type ObservedCall,
  type ServerBinding,
} from '@ackwire/core/server'
import { Type } from '@sinclair/typebox'
import { Server, type Namespace, type Socket } from 'socket.io'
import { expectType } from '../../../../test/expect-type.js'

// What goes in, out and back differs everywhere, so that a swapped direction does not compile.
const api = router({
  sign_up: event
    .input(Type.Object({ email: Type.String() }))
    .ack(Type.Object({ id: Type.Integer() }))
    .errors({ EMAIL_TAKEN: Type.Object({ suggestion: Type.String() }), FULL: Type.Null() }),
  move: event.input(Type.Integer(), Type.String()),
  ping: event.input().ack(),
  user_joined: event.output(Type.Object({ name: Type.String() })),
  probe: event.output(Type.Number()).ack(Type.String()).errors({ BUSY: Type.Integer() }),
  todo: router({
    create: event.input(Type.String()).ack(Type.Integer()),
    created: event.output(Type.Boolean()),
    list: router({ clear: event.input().ack(Type.Boolean()) }),
  }),
  quiet: router({ tick: event.output() }),
  '/admin': router({
    ban: event.input(Type.Integer()).ack(Type.String()),
    banned: event.output(Type.String()),
    log: router({ level: event.input(Type.Literal('debug')) }),
  }),
  '/game-{id}': router({ play: event.input(Type.Tuple([Type.Integer(), Type.Integer()])) }),
})

const io = new Server()
const server = attach(io, api, { ackTimeout: 1_000, maxIssues: 1 })
expectType(server).toBe<ServerBinding<typeof api>>()
expectType(server.io).toBe<Server>()
expectType(server.namespace).toBe<Namespace>()

// A handler's input: one argument, several as a tuple, none. What it returns is the answer.
const off = server.on.sign_up(({ input, event, socket, signal, fail }) => {
  expectType(input).toBe<{ email: string }>()
  expectType(event).toBe<string>()
  expectType(socket).toBe<Socket>()
  expectType(signal).toBe<AbortSignal>()
  expectType(fail).toBe<
    <Code extends 'EMAIL_TAKEN' | 'FULL'>(
      code: Code,
      data: { readonly EMAIL_TAKEN: { suggestion: string }; readonly FULL: null }[Code],
    ) => never
  >()
  if (input.email === 'full') return fail('FULL', null)
  if (input.email === 'gone') throw fail('FULL', null)
  return { id: 1 }
})
// A returned `fail` narrows, and leaves the type of the answer as it is.
server.on.sign_up(({ input, fail }) => {
  const id = new Map([['bob', 1]]).get(input.email)
  if (id === undefined) return fail('FULL', null)
  expectType(id).toBe<number>()
  return { id }
})
expectType(off).toBe<() => void>()
server.on.sign_up(async () => ({ id: 1 }))
server.on.move(({ input }) => {
  expectType(input).toBe<[number, string]>()
})
server.on.ping(({ input }) => expectType(input).toBe<undefined>())
server.on.ping(async () => 'what a receipt returns is of no interest')
server.on.todo.create(({ input }) => {
  expectType(input).toBe<string>()
  return 1
})
server.on.todo.list.clear(() => true)
expectType<Parameters<typeof server.on.sign_up>>().toBe<[handler: SignUp]>()
type SignUp = Parameters<typeof server.on.sign_up>[0]
expectType<ReturnType<SignUp>>().toBe<{ id: number } | Promise<{ id: number }>>()
expectType<ReturnType<Parameters<typeof server.on.todo.create>[0]>>().toBe<number | Promise<number>>()
expectType<ReturnType<Parameters<typeof server.on.move>[0]>>().toBe<unknown>()

// @ts-expect-error the answer is a value
server.on.sign_up(() => {})
// @ts-expect-error of the ack's type, not the input's
server.on.sign_up(({ input }) => input)
// @ts-expect-error also where it is a promise
server.on.sign_up(async () => ({ id: '1' }))
// @ts-expect-error in a group, too
server.on.todo.create(() => 'milk')
// @ts-expect-error at any depth
server.on.todo.list.clear(() => 1)
// @ts-expect-error the input has no such property
server.on.sign_up(({ input }) => ({ id: input.id }))
// @ts-expect-error the code is not declared
server.on.sign_up(({ fail }) => fail('GONE', null))
// @ts-expect-error a standard code is not the handler's
server.on.sign_up(({ fail }) => fail('INTERNAL', undefined))
// @ts-expect-error the data is another code's
server.on.sign_up(({ fail }) => fail('EMAIL_TAKEN', null))
// @ts-expect-error the data is missing
server.on.sign_up(({ fail }) => fail('EMAIL_TAKEN'))
// @ts-expect-error the event declares no errors
server.on.todo.create(({ fail }) => fail('EMAIL_TAKEN', { suggestion: 'bob' }))
// @ts-expect-error no such event
server.on.sign_in(() => {})
// @ts-expect-error the server does not listen to an output
server.on.user_joined(() => {})
// @ts-expect-error nor in a group
server.on.todo.created(() => {})
// @ts-expect-error a group without inputs has nothing to listen to
server.on.quiet.tick(() => {})
// @ts-expect-error a group is no event
server.on.todo(() => {})
// @ts-expect-error an event of another namespace
server.on.ban(() => '')
// @ts-expect-error a namespace is reached with `of`
server.on['/admin'].ban(() => '')
// @ts-expect-error a handler is one function
server.on.sign_up(() => ({ id: 1 }), { timeout: 1 })
// @ts-expect-error and not left out
server.on.sign_up()

// Lifecycle.
const gone = server.on.connection(({ socket, emit, to, broadcast, signal }) => {
  expectType(socket).toBe<Socket>()
  expectType(emit.probe(1)).toBe<ReturnType<typeof emit.probe>>()
  expectType(to('lobby').emit.user_joined({ name: 'Bob' })).toBe<void>()
  expectType(broadcast.emit.user_joined({ name: 'Bob' })).toBe<void>()
  expectType(signal).toBe<AbortSignal>()
})
expectType(gone).toBe<() => void>()
server.on.disconnect(({ reason }) => expectType(reason).toBe<string>())
server.on.disconnecting(async ({ socket, reason }) => `${socket.id} ${reason}`)
// @ts-expect-error who connects has no reason
server.on.connection(({ reason }) => reason)
// @ts-expect-error a client's own event
server.on.connect_error(() => {})
// @ts-expect-error a lifecycle event is not emitted
server.emit.connection({})

// Namespaces.
const admin = server.of('/admin')
expectType(admin).toBe<NamespaceBinding<PartOf<typeof api, '/admin'>>>()
admin.on.ban(({ input, emit }) => {
  expectType(input).toBe<number>()
  expectType(emit.banned('x')).toBe<void>()
  return 'banned'
})
admin.on.log.level(({ input }) => expectType(input).toBe<'debug'>())
server.of('/game-{id}').on.play(({ input }) => expectType(input).toBe<[number, number]>())
// @ts-expect-error the contract has no such namespace
server.of('/amdin')
// @ts-expect-error a group is no namespace
server.of('todo')
// @ts-expect-error the root is the server itself
server.of('/')
// @ts-expect-error a namespace with parameters is named by its pattern
server.of('/game-1')
// @ts-expect-error an event of the root
admin.on.sign_up(() => ({ id: 1 }))
// @ts-expect-error the answer is a string
admin.on.ban(() => 1)
// @ts-expect-error a namespace has no namespaces
admin.of('/admin')
// @ts-expect-error nor the error handler
admin.onError(() => {})

// All at once.
const handlers = {
  sign_up: () => ({ id: 1 }),
  move: () => {},
  ping: () => {},
  todo: { create: () => 1, list: { clear: async () => true } },
}
const rest = { '/admin': { ban: () => '', log: { level: () => {} } }, '/game-{id}': { play: () => {} } }
server.handle({ ...handlers, ...rest })
server.handle({
  ...handlers,
  ...rest,
  sign_up: ({ input, fail }) => {
    expectType(input).toBe<{ email: string }>()
    return input.email === '' ? fail('FULL', null) : { id: 1 }
  },
  todo: {
    create: ({ input }) => {
      expectType(input).toBe<string>()
      return 1
    },
    list: { clear: () => false },
  },
  '/admin': {
    ban: ({ input, emit }) => {
      expectType(input).toBe<number>()
      expectType(emit.banned('x')).toBe<void>()
      return ''
    },
    log: { level: () => {} },
  },
})
admin.handle(rest['/admin'])
// @ts-expect-error the handlers of the namespaces are missing
server.handle(handlers)
// @ts-expect-error one handler is missing
server.handle({ ...rest, move: handlers.move, ping: handlers.ping, todo: handlers.todo })
// @ts-expect-error one is missing in a group
server.handle({ ...handlers, ...rest, todo: { create: () => 1 } })
// @ts-expect-error or in a group of a namespace
server.handle({ ...handlers, ...rest, '/admin': { ban: () => '', log: {} } })
// @ts-expect-error there is no such event
server.handle({ ...handlers, ...rest, sign_in: () => {} })
// @ts-expect-error nor in a group
server.handle({ ...handlers, ...rest, todo: { ...handlers.todo, drop: () => {} } })
// @ts-expect-error nor such a namespace
server.handle({ ...handlers, ...rest, '/amdin': {} })
// @ts-expect-error an output has no handler
server.handle({ ...handlers, ...rest, user_joined: () => {} })
// @ts-expect-error a handler is a function
server.handle({ ...handlers, ...rest, ping: true })
// @ts-expect-error its answer is of the ack's type
server.handle({ ...handlers, ...rest, sign_up: () => ({ email: '' }) })
// @ts-expect-error the handlers of a namespace are its own
admin.handle({ ...handlers, ...rest })

// Errors.
server.onError(report => {
  expectType(report).toBe<ErrorReport>()
  expectType(report.error).toBe<unknown>()
  expectType(report.socket).toBe<Socket | undefined>()
  expectType(report.phase).toBe<
    'authenticate' | 'input' | 'unknown' | 'limit' | 'count' | 'handler' | 'reply' | 'output' | 'ack' | 'observer'
  >()
  // @ts-expect-error whose answer to many it is, nobody knows
  report.socket.id
  return { any: 'reply' }
})
// @ts-expect-error it is one function
server.onError({})
// @ts-expect-error a report has no such property
server.onError(({ message }) => message)

// Observers.
const offObserver = server.observe({
  onAnswer(call, answer) {
    expectType(call).toBe<ObservedCall>()
    expectType(call.socket).toBe<Socket>()
    expectType(answer).toBe<Answer>()
    expectType(answer.code).toBe<string | undefined>()
    // @ts-expect-error what a message carries is not told
    call.input
  },
  onHandle(_, run) {
    expectType(run).toBe<() => void>()
  },
  onEmit(output) {
    expectType(output.socket).toBe<Socket | undefined>()
  },
})
expectType(offObserver).toBe<() => void>()
// @ts-expect-error there is no such function
server.observe({ onAnswered: () => {} })
// @ts-expect-error it is an object of functions
server.observe(() => {})

// @ts-expect-error a contract is a router
attach(io, { sign_up: event.input() })
// @ts-expect-error and comes second
attach(api, io)
// @ts-expect-error there is no such option
attach(io, api, { ackTimeOut: 1 })
attach(io, api, { unknownProperties: 'strip' })
// @ts-expect-error one of three words
attach(io, api, { unknownProperties: true })

// `socket.data` is what `authenticate` returned, also for listeners, middleware and streams; nothing of it is `any`.
const signedIn = server.authenticate(() => ({ user: { name: 'bob' }, since: 5 as number | undefined }))
signedIn.on.ping(({ socket, data, broadcast }) => {
  expectType(socket.data).toBe<{ user: { name: string }; since: number | undefined }>()
  expectType(data).toBe<{ user: { name: string }; since: number | undefined }>()
  socket.data.since = 6
  // @ts-expect-error no such property
  void socket.data.users
  const plain = (given: Socket): void => void given.join('room')
  plain(socket)
  broadcast.emit.user_joined({ name: socket.data.user.name })
})
signedIn.on.connection(({ socket }) => expectType(socket.data.user.name).toBe<string>())
signedIn.on.disconnect(({ socket }) => expectType(socket.data.user.name).toBe<string>())
signedIn.use(({ socket, next }) => {
  expectType(socket.data.user.name).toBe<string>()
  return next()
})
