import { createClient, EventError, safe, type Client, type ClientOptions } from '@ackwire/client'
import { event, router } from '@ackwire/core'
import { tracked } from '@ackwire/core/server'
import { Type } from '@sinclair/typebox'
import { inspect } from 'node:util'
import type { Socket as ServerSocket } from 'socket.io'
import { io as connect } from 'socket.io-client'
import * as assert from 'uvu/assert'
import { serve, until, TRANSPORTS } from '../../core/test/serve.js'
import { describe, type TestContext } from '../../../test/harness.js'

const api = router({
  sign_up: event
    .input(Type.Object({ email: Type.String({ format: 'email' }) }))
    .ack(Type.Object({ success: Type.Boolean() }))
    .errors({ EMAIL_TAKEN: Type.Object({ suggestion: Type.String() }) }),
  add: event.input(Type.Integer(), Type.Integer()).ack(Type.Integer()),
  sum: event.input(Type.Integer(), Type.Optional(Type.Integer())).rest(Type.Integer()).ack(Type.Integer()),
  counted: event.output(Type.String()).rest(Type.Integer()),
  ping: event.input().ack(),
  move: event.input(Type.Integer()),
  ticks: event.input().stream(Type.Integer()),
  joined: event.output(Type.String()),
  placed: event.output(Type.Integer(), Type.Integer()),
  probe: event.output(Type.Integer()).ack(Type.Integer()).errors({ BUSY: Type.Integer() }),
  todo: router({ create: event.input(Type.String()).ack(Type.String()), created: event.output(Type.String()) }),
  '/game-{id}': router({ who: event.input().ack(Type.String()) }, { auth: Type.Object({ token: Type.String() }) }),
  '/admin': router(
    { ban: event.input(Type.String()).ack(Type.String()) },
    { auth: Type.Object({ token: Type.String() }) },
  ),
})
type Api = typeof api

/** Starts a server with the contract and one of our clients; both are closed when the test ends. */
const start = async (context: TestContext, options?: ClientOptions<unknown>) => {
  const served = await serve(api, context)
  const client = createClient<Api>(served.url, { transports: ['websocket'], forceNew: true, ...options })
  context.defer(() => client.close())
  return { ...served, client }
}

/** Starts a plain Socket.IO server without the contract. */
const startPlain = async (
  context: TestContext,
  listen: (socket: ServerSocket) => void,
  options?: ClientOptions<unknown>,
) => {
  const { io, url } = await serve(router({}), context)
  io.on('connection', listen)
  const client = createClient<Api>(url, { transports: ['websocket'], forceNew: true, ...options })
  context.defer(() => client.close())
  return { io, client }
}

const codeOf = async (call: Promise<unknown>): Promise<unknown> =>
  call.then(
    () => assert.unreachable('expected a rejection'),
    (error: unknown) => (error instanceof EventError ? error.code : error),
  )

const connected = ({ socket }: Client<Api>): Promise<void> =>
  new Promise(resolve => (socket.connected ? resolve() : void socket.once('connect', resolve)))

describe('a call', it => {
  for (const transport of TRANSPORTS) {
    it(`resolves to the answer over ${transport}`, async context => {
      const { server, client } = await start(context, { transports: [transport] })
      server.on.add(({ input: [left, right] }) => left + right)
      server.on.ping(() => 'a receipt has no value')
      server.on.todo.create(({ input, event }) => `${event} ${input}`)
      assert.is(await client.emit.add(2, 3), 5)
      assert.is(await client.emit.ping(), undefined)
      assert.is(await client.emit.todo.create('milk'), 'todo:create milk')
    })
  }

  it('takes the arguments that the event declares', async context => {
    const { server, client } = await start(context)
    server.on.sum(({ input }) => input.length)
    assert.is(await client.emit.sum(1), 1)
    assert.is(await client.emit.sum(1, undefined), 1)
    assert.is(await client.emit.sum(1, 2), 2)
    assert.is(await client.emit.sum(1, 2, 3, 4), 4)
    const received = new Promise<unknown>(resolve => client.on.counted((...args) => resolve(args)))
    server.emit.counted('a', 1, 2)
    assert.equal(await received, ['a', 1, 2])
  })

  it('rejects with the server’s refusal and its issues', async context => {
    const { server, client, errors } = await start(context)
    server.on.sign_up(() => ({ success: true }))
    const [error] = await safe(client.emit.sign_up({ email: 'bob' }))
    assert.ok(error instanceof EventError)
    assert.is(error?.code, 'INVALID_INPUT')
    assert.is(error?.message, 'The input does not match the contract')
    assert.equal(error?.issues, [{ path: '/0/email', message: "Expected string to match 'email' format" }])
    assert.is(errors.splice(0).length, 1)
  })

  it('rejects with an error that the event declares, with its data', async context => {
    const { server, client } = await start(context)
    server.on.sign_up(({ fail }) => fail('EMAIL_TAKEN', { suggestion: 'bob2@example.com' }))
    const [error, reply] = await safe(client.emit.sign_up({ email: 'bob@example.com' }))
    assert.is(reply, undefined)
    if (error?.code !== 'EMAIL_TAKEN') return assert.unreachable()
    assert.is(error.data.suggestion, 'bob2@example.com')
  })

  it('gives safe the value or the EventError, and any other error is rethrown', async context => {
    const { server, client } = await start(context)
    server.on.add(() => 1)
    assert.equal(await safe(client.emit.add(0, 1)), [undefined, 1])
    assert.equal(await codeOf(safe(Promise.reject(new RangeError('other')))), new RangeError('other'))
  })

  it('of an event without ack returns nothing that must be awaited', async context => {
    const { server, client, errors } = await start(context)
    const moves: number[] = []
    server.on.move(({ input }) => void moves.push(input))
    client.emit.move(1)
    Reflect.apply(client.emit.move, undefined, ['refused, and nobody awaits it'])
    await connected(client)
    client.volatile.emit.move(2)
    await until(() => moves.length === 2 && errors.length === 1)
    assert.is(client.volatile.emit.move(3), undefined)
    assert.equal(moves, [1, 2])
    errors.splice(0)
  })
})

describe('a connection for which the server has no room', it => {
  /** A server that refuses each connection until `accept` is called. */
  const startFull = async (context: TestContext, data: unknown = { retryAfterMs: 20 }) => {
    const { io, url } = await serve(router({}), context)
    let isFull = true
    const refusals: number[] = []
    for (const namespace of [io.of('/'), io.of('/admin')]) {
      namespace.use((_, next) => {
        if (!isFull) return next()
        refusals.push(performance.now())
        next(Object.assign(new Error('full'), { data: { code: 'OVERLOADED', message: 'full', data } }))
      })
      namespace.on('connection', socket => socket.on('ping', ack => ack()).on('ban', (_, ack) => ack('done')))
    }
    const client = createClient<Api>(url, { transports: ['websocket'], forceNew: true })
    context.defer(() => client.close())
    return { io, client, refusals, accept: () => (isFull = false) }
  }

  it('is tried again after retryAfterMs, in every namespace, and its calls wait', async context => {
    const { client, refusals, accept } = await startFull(context)
    const told: unknown[] = []
    client.on.connect_error(error => told.push(error.data))
    const admin = client.of('/admin', { auth: { token: '' } })
    context.defer(() => admin.close())
    const calls = Promise.all([client.emit.ping(), admin.emit.ban('x')])
    await until(() => refusals.length > 5)
    accept()
    assert.equal(await calls, [undefined, 'done'])
    assert.equal(told[0], { code: 'OVERLOADED', message: 'full', data: { retryAfterMs: 20 } })
    assert.ok((refusals[4] ?? 0) - (refusals[0] ?? 0) >= 39)
  })

  it('is not tried again once the client is closed, but when it connects again', async context => {
    const { client, refusals, accept } = await startFull(context)
    for (const turn of [1, 2]) {
      await until(() => refusals.length > turn)
      client.close()
      const { length } = refusals
      await new Promise(resolve => setTimeout(resolve, 100))
      assert.is(refusals.length, length)
      client.connect()
    }
    accept()
    assert.is(await client.emit.ping(), undefined)
  })

  it('is not tried again at once, whatever the server says', async context => {
    for (const data of [null, 'soon', {}, { retryAfterMs: 0 }, { retryAfterMs: 'soon' }]) {
      const { refusals } = await startFull(context, data)
      await until(() => refusals.length === 1)
      await new Promise(resolve => setTimeout(resolve, 100))
      assert.is(refusals.length, 1)
    }
  })

  it('does not end a stream that resumes', async context => {
    const { server, io, client } = await start(context, { reconnectionDelay: 1 })
    let opened = 0
    server.on.ticks(async function* () {
      yield tracked(`${++opened}`, opened)
      await new Promise(() => {})
    })
    const items = client.stream.ticks()
    assert.is((await items.next()).value, 1)
    const refused: unknown[] = []
    client.on.connect_error(error => refused.push(error.data?.code))
    let isFull = true
    io.use((_, next) =>
      next(
        isFull
          ? Object.assign(new Error('full'), {
              data: { code: 'OVERLOADED', message: 'full', data: { retryAfterMs: 5 } },
            })
          : undefined,
      ),
    )
    const next = items.next()
    client.socket.io.engine.close()
    await until(() => refused.length > 2)
    isFull = false
    await until(() => opened === 2)
    assert.is((await next).value, 2)
    await items.return?.()
  })
})

describe('a call settles in any case', it => {
  it('when nobody answers in time', async context => {
    const { client } = await startPlain(context, () => {}, { ackTimeout: 50 })
    assert.is(await codeOf(client.emit.ping()), 'TIMEOUT')
    assert.is(await codeOf(client.timeout(20).emit.ping()), 'TIMEOUT')
    assert.match(String(await client.emit.ping().catch(String)), 'ping was not answered: TIMEOUT')
  })

  it('when the server is never reached, and it is not sent later', async context => {
    const seen: unknown[] = []
    const { client } = await startPlain(context, socket => socket.onAny(name => seen.push(name)), {
      autoConnect: false,
    })
    assert.is(await codeOf(client.timeout(20).emit.ping()), 'TIMEOUT')
    client.connect()
    await connected(client)
    client.emit.move(1)
    await until(() => seen.length > 0)
    assert.equal(seen, ['move'])
  })

  it('when retries of another call keep it from being sent', async context => {
    const { client } = await startPlain(context, () => {}, { autoConnect: false, retries: 1, ackTimeout: 20 })
    assert.is(await codeOf(client.emit.ping()), 'TIMEOUT')
  })

  it('when the connection is lost', async context => {
    const { client } = await startPlain(context, socket => socket.on('ping', () => socket.disconnect(true)))
    assert.is(await codeOf(client.emit.ping()), 'DISCONNECTED')
  })

  it('when it is aborted, even before it starts', async context => {
    const seen: unknown[] = []
    const { client } = await startPlain(context, socket => socket.onAny(name => seen.push(name)))
    await connected(client)
    const controller = new AbortController()
    const call = client.signal(controller.signal).emit.ping()
    await until(() => seen.length === 1)
    controller.abort()
    assert.is(await codeOf(call), 'ABORTED')
    assert.is(await codeOf(client.timeout(1_000).signal(controller.signal).emit.ping()), 'ABORTED')
    assert.equal(seen, ['ping'])
  })

  it('when the client is closed, before, during or after it', async context => {
    const seen: unknown[] = []
    const { client } = await startPlain(context, socket => socket.onAny(name => seen.push(name)), {
      autoConnect: false,
      ackTimeout: 1_000,
    })
    const [closed, aborted] = [client.emit.ping(), client.signal(AbortSignal.timeout(5)).emit.ping()]
    assert.is(await codeOf(aborted), 'ABORTED')
    client.close()
    assert.is(await codeOf(closed), 'DISCONNECTED')
    assert.is(await codeOf(client.emit.ping()), 'DISCONNECTED')
    client.connect()
    await connected(client)
    const pending = client.emit.add(1, 2)
    await until(() => seen.length > 0)
    assert.equal(seen, ['add'])
    const waiting = client.once.joined()
    client.close()
    assert.is(await codeOf(pending), 'DISCONNECTED')
    assert.is(await codeOf(waiting), 'DISCONNECTED')
  })

  it('with the socket connected again, in any way', async context => {
    const { server, client } = await start(context)
    server.on.ping(() => {})
    await connected(client)
    client.close()
    client.socket.connect()
    assert.is(await client.emit.ping(), undefined)
  })

  it('when the server answers an error envelope with the wrong types', async context => {
    const { client } = await startPlain(context, socket =>
      socket.on('ping', ack => ack({ $error: { code: 'X', message: { toString: 1, valueOf: 1 }, issues: null } })),
    )
    const [error] = await safe(client.emit.ping())
    assert.equal([error?.code, error?.message, error?.issues], ['X', 'X', []])
  })

  it('after the configured number of retries', async context => {
    const seen: string[] = []
    const { client } = await startPlain(
      context,
      socket => socket.on('ping', (ack: () => void) => seen.push('ping') === 2 && ack()),
      { retries: 2, ackTimeout: 1_000 },
    )
    assert.is(await client.emit.ping(), undefined)
    assert.is(seen.length, 2)
  })

  it('within its own timeout, however long ackTimeout is', async context => {
    const { client } = await startPlain(
      context,
      socket => socket.on('ping', (ack: () => void) => setTimeout(ack, 60)),
      { ackTimeout: 20 },
    )
    for (const ms of [5_000, Infinity]) assert.is(await client.timeout(ms).emit.ping(), undefined)
    assert.is(await codeOf(client.timeout(30).emit.ping()), 'TIMEOUT')
    client.socket.disconnect()
    // Sent once it is connected again, which is later than `ackTimeout`.
    const offline = client.timeout(5_000).emit.ping()
    setTimeout(() => client.connect(), 60)
    assert.is(await offline, undefined)
  })

  it('within its own timeout for each attempt', async context => {
    const seen: string[] = []
    const { client } = await startPlain(
      context,
      socket =>
        socket.on('ping', (ack: () => void) => {
          seen.push('ping')
          setTimeout(ack, 60)
        }),
      { retries: 1, ackTimeout: 20 },
    )
    assert.is(await client.timeout(5_000).emit.ping(), undefined)
    assert.is(seen.length, 1)
    assert.is(await codeOf(client.timeout(20).emit.ping()), 'TIMEOUT')
    assert.is(await client.timeout(Infinity).emit.ping(), undefined)
  })

  it('with TIMEOUT while it is connected, whichever timer ends first', async context => {
    const { client } = await startPlain(context, () => {}, { retries: 3, ackTimeout: 5 })
    await connected(client)
    for (let left = 20; left > 0; left--) assert.is(await codeOf(client.emit.ping()), 'TIMEOUT')
  })

  it('when an argument can’t be serialized', async context => {
    const { client } = await start(context)
    await connected(client)
    assert.instance(await codeOf(Reflect.apply(client.emit.move, undefined, [1n])), TypeError)
  })

  it('without a warning if many share a signal or never end', async context => {
    const { server, client } = await start(context)
    server.on.ping(() => {})
    const { signal } = new AbortController()
    await Promise.all(Array.from({ length: 20 }, () => client.signal(signal).timeout(Infinity).emit.ping()))
  })

  it('when the server answers garbage', async context => {
    const garbage: unknown[] = [{ $error: null }, { $error: 'no' }, { $error: { code: 5 } }]
    const { client } = await startPlain(context, socket => socket.on('ping', ack => ack(garbage.shift())))
    for (let left = garbage.length; left > 0; left--) assert.is(await codeOf(client.emit.ping()), 'INVALID_REPLY')
  })

  it('with falsy answers, and with properties that only look like a failure', async context => {
    const answers: unknown[] = [0, '', false, null, undefined, { error: 'x' }, Object.create({ $error: {} })]
    const { client } = await startPlain(context, socket => socket.on('ping', ack => ack(answers.shift())))
    const received: unknown[] = []
    for (let left = answers.length; left > 0; left--) received.push(await client.emit.ping())
    assert.equal(received, [0, '', false, null, null, { error: 'x' }, {}])
  })
})

describe('a client listens', it => {
  it('to outputs and groups until it unsubscribes', async context => {
    const { server, client } = await start(context)
    const heard: unknown[] = []
    const off = client.on.joined(name => heard.push(name))
    client.on.placed((x, y) => heard.push([x, y]))
    client.on.todo.created(text => heard.push(text))
    await connected(client)
    server.emit.joined('bob')
    server.emit.placed(1, 2)
    await until(() => heard.length === 2)
    off()
    server.emit.joined('alice')
    server.emit.todo.created('milk')
    await until(() => heard.length === 3)
    assert.equal(heard, ['bob', [1, 2], 'milk'])
  })

  it('and reports what a listener throws or rejects with, also if the report is rejected', async context => {
    const told: string[] = []
    const { server, client } = await start(context, {
      onError: async (error, event) => {
        told.push(`${event}: ${String(error)}`)
        throw new Error('from onError')
      },
    })
    await connected(client)
    const printed: string[] = []
    const { error: print } = console
    console.error = (thrown: unknown) => void printed.push(String(thrown))
    context.defer(() => (console.error = print))
    client.on.joined((): never => {
      throw new Error('thrown')
    })
    client.on.joined(async () => Promise.reject(new Error('rejected')))
    client.on.disconnect(async () => Promise.reject(new Error('lost')))
    client.on.probe(() => Promise.reject(new Error('not answered')))
    server.emit.joined('bob')
    assert.is(await codeOf(server.emit.probe(1)), 'INTERNAL')
    client.close()
    await until(() => printed.length === 4)
    assert.equal([...told].sort(), [
      'disconnect: Error: lost',
      'joined: Error: rejected',
      'joined: Error: thrown',
      'probe: Error: not answered',
    ])
    assert.equal(
      printed,
      Array.from(told, () => 'Error: from onError'),
    )
  })

  it('and answers with the value or error of its listener', async context => {
    const { server, client, errors } = await start(context)
    await connected(client)
    const printed: unknown[] = []
    const { error: print } = console
    console.error = (...parts: unknown[]) => void printed.push(parts.join(' '))
    context.defer(() => (console.error = print))
    const ask = async (listener: (value: number) => number | Promise<number>): Promise<unknown> => {
      const off = client.on.probe(listener)
      const [error, answers] = await safe(server.emit.probe(1))
      off()
      return error === undefined ? answers : [error.code, error.data.replies]
    }
    assert.equal(await ask(value => value + 1), [2])
    assert.equal(await ask(async value => value + 2), [3])
    const failing = () => {
      throw new Error('internal detail')
    }
    const busy = () => {
      throw new EventError('BUSY', 7)
    }
    assert.equal(await ask(failing), ['INTERNAL', []])
    assert.equal(await ask(busy), ['BUSY', []])
    assert.equal(await ask(async () => JSON.parse('"wrong"')), ['INVALID_REPLY', []])
    assert.equal(
      errors.splice(0).map(({ phase }) => phase),
      ['ack'],
    )
    assert.equal(printed, ['ackwire: probe: Error: internal detail'])
  })

  it('once, and resolves to a single argument or to a tuple of several', async context => {
    const { server, client } = await start(context)
    await connected(client)
    const both = Promise.all([client.once.joined(), client.once.placed()])
    server.emit.joined('bob')
    server.emit.placed(1, 2)
    assert.equal(await both, ['bob', [1, 2]])
    assert.is(client.socket.listeners('joined').length, 0)
  })

  it('once, until its timeout or signal', async context => {
    const { client } = await start(context)
    assert.is(await codeOf(client.timeout(20).once.joined()), 'TIMEOUT')
    assert.is(await codeOf(client.signal(AbortSignal.abort()).once.joined()), 'ABORTED')
    assert.is(client.socket.listeners('joined').length, 0)
  })

  it('to connection events', async context => {
    const { client, server } = await start(context, { autoConnect: false })
    const moments: string[] = []
    client.on.connect(() => moments.push('connect'))
    client.on.disconnect(reason => moments.push(reason))
    client.on.connect_error(error => moments.push(error.message))
    client.connect()
    await connected(client)
    server.io.disconnectSockets()
    await until(() => moments.length === 2)
    server.io.use((_, next) => next(new Error('refused')))
    client.connect()
    await until(() => moments.length === 3)
    assert.equal(moments, ['connect', 'io server disconnect', 'refused'])
  })

  it('once to connection events', async context => {
    const { client, server } = await start(context, { autoConnect: false })
    assert.is(await codeOf(client.timeout(20).once.connect()), 'TIMEOUT')
    const connect = client.once.connect()
    client.connect()
    assert.is(await connect, undefined)
    await connected(client)
    const lost = client.once.disconnect()
    server.io.disconnectSockets()
    assert.is((await lost)[0], 'io server disconnect')
    server.io.use((_, next) => next(new Error('refused')))
    const refused = client.once.connect_error()
    client.connect()
    assert.is((await refused).message, 'refused')
  })
})

describe('a client', it => {
  it('uses another namespace over the same connection, with its own auth or the root’s', async context => {
    const { server, client } = await start(context, { auth: { token: 'root' } })
    server.of('/admin').on.ban(({ input, socket }) => `${input} by ${socket.handshake.auth['token']}`)
    const admin = client.of('/admin', { auth: { token: 'admin' } })
    context.defer(() => admin.close())
    assert.is(await admin.emit.ban('bob'), 'bob by admin')
    assert.is(admin.socket.io, client.socket.io)
    const raw = await new Promise<unknown[]>(resolve =>
      admin.socket.emit('ban', 'eve', (...all: unknown[]) => resolve(all)),
    )
    assert.equal(raw, ['eve by admin'], 'the socket itself is as Socket.IO made it')

    const { server: other, client: root } = await start(context, { auth: { token: 'root' } })
    other.of('/admin').on.ban(({ input, socket }) => `${input} by ${socket.handshake.auth['token']}`)
    // @ts-expect-error the namespace asks for its own
    const inherited = root.of('/admin')
    context.defer(() => inherited.close())
    assert.is(await inherited.emit.ban('bob'), 'bob by root')
  })

  it('fills in the parameters of a namespace', async context => {
    const { server, client } = await start(context, { auth: { token: 'root' } })
    server.of('/game-{id}').on.who(({ params, socket }) => `${params.id} ${socket.handshake.auth['token']}`)
    const [first, second] = [
      // @ts-expect-error the namespace asks for its own
      client.of('/game-{id}', { id: '1' }),
      client.of('/game-{id}', { id: '2' }, { auth: { token: 'own' } }),
    ]
    context.defer(() => (first.close(), second.close()))
    assert.equal([await first.emit.who(), await second.emit.who()], ['1 root', '2 own'])
    const refusal = /of\("\/game-\{id\}"\): expected a string for id/
    assert.throws(() => Reflect.apply(client.of, client, ['/game-{id}']), refusal)
    assert.throws(() => client.of('/game-{id}', { id: '' }, { auth: { token: '' } }), refusal)
  })

  it('gets the reason of a refused connection', async context => {
    const { client, errors } = await start(context)
    // @ts-expect-error the namespace asks for auth
    const admin = client.of('/admin')
    context.defer(() => admin.close())
    const error = await new Promise<unknown>(resolve => admin.on.connect_error(({ data }) => resolve(data)))
    assert.equal((error as { code: string }).code, 'UNAUTHORIZED')
    errors.splice(0)
  })

  it('takes an existing socket', async context => {
    const { server, url } = await start(context)
    server.on.ping(() => {})
    const socket = connect(url, { transports: ['websocket'], forceNew: true })
    context.defer(() => socket.disconnect())
    const client = createClient<Api>(socket, { ackTimeout: 1_000 })
    assert.is(client.socket, socket)
    assert.is(await client.emit.ping(), undefined)
  })

  it('connects to the page’s own host by default', async context => {
    const { server, url } = await start(context)
    server.on.ping(() => {})
    Reflect.set(globalThis, 'location', new URL(url))
    context.defer(() => Reflect.deleteProperty(globalThis, 'location'))
    for (const client of [createClient<Api>(), createClient<Api>({ forceNew: true })]) {
      context.defer(() => client.close())
      assert.is(await client.emit.ping(), undefined)
    }
  })

  it('throws if it is called like a plain Socket.IO socket', async context => {
    const { client } = await start(context)
    for (const verb of [client.emit, client.on, client.once, client.stream, client.volatile.emit]) {
      // Callable only at run time.
      const call: unknown = verb
      assert.throws(() => (call as (event: string) => unknown)('add'), /expected an event, as in emit\.EVENT/)
    }
  })

  it('is made of functions', async context => {
    const { server, client } = await start(context)
    server.on.add(({ input: [left, right] }) => left + right)
    assert.is(await client.emit.add.apply(undefined, [1, 2]), 3)
    assert.is(await client.emit.add.call(undefined, 3, 4), 7)
    assert.type(String(client.emit.add), 'string')
  })

  it('is not thenable, can be printed, and has one stable function for each event', async context => {
    const { client } = await start(context)
    const emit: object = client.emit
    assert.is(await emit, emit)
    assert.is(Reflect.get(emit, Symbol.toPrimitive), undefined)
    assert.is(JSON.stringify({ emit }), '{}')
    const admin = client.of('/admin', { auth: { token: 'x' } })
    context.defer(() => void admin.close())
    for (const each of [client, client.timeout(5), admin]) {
      assert.is(await each, each)
      assert.equal(JSON.parse(JSON.stringify({ each })), { each: { volatile: {} } })
      for (const depth of [2, 9]) assert.ok(inspect(each, { depth }).length < 1_000)
      assert.is(each.socket.io, client.socket.io)
    }
    assert.ok(inspect(emit, { depth: 9, showProxy: true }).length < 100)
    assert.is(client.emit.todo.create, client.emit.todo.create)
    assert.is.not(Reflect.get(emit, '__proto__'), Object.prototype)
  })

  it('does not inherit the timeout or signal of a client derived from it', async context => {
    const { client } = await startPlain(context, socket => socket.on('ping', ack => setTimeout(ack, 60)))
    await connected(client)
    const hasty = client.timeout(10)
    const [slow, quick] = await Promise.allSettled([client.emit.ping(), hasty.emit.ping()])
    assert.equal([slow.status, quick.status], ['fulfilled', 'rejected'])
  })
})
