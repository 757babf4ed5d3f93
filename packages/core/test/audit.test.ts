import { event, router } from '@ackwire/core'
import { serve as startServer } from '@ackwire/core/testing'
import { Type } from '@sinclair/typebox'
import { createClient, type Client } from '@ackwire/client'
import type { Socket } from 'socket.io-client'
import msgpack from 'socket.io-msgpack-parser'
import * as assert from 'uvu/assert'
import { describe, type TestContext } from '../../../test/harness.js'
import { saying } from '../../../test/saying.js'
import { ask, serve, TRANSPORTS, until, type ServeOptions } from './serve.js'

const api = router({
  pay: event.input(Type.Integer()).ack(Type.Integer(), { required: true }),
  sign: event.input(Type.Integer()).ack({ required: true }),
  limited: event
    .input(Type.Integer())
    .ack(Type.Integer(), { required: true })
    .limit({ inFlight: { perSocket: 5 } }),
  feed: event.input().stream(Type.Integer()).ack(Type.Integer(), { required: true }),
  move: event.input(Type.Integer()),
  note: event.input(Type.Integer()).ack(Type.Integer()),
  '/admin': router({ ban: event.input() }),
})

const start = async (context: TestContext, options: ServeOptions = {}) => {
  const served = await serve(api, context, options)
  const handled: unknown[] = []
  served.server.handle({
    pay: ({ input }) => (handled.push(input), input),
    sign: ({ input }) => void handled.push(input),
    limited: ({ input }) => (handled.push(input), input),
    async *feed() {
      handled.push('feed')
      yield await Promise.resolve(1)
      return 2
    },
    move: ({ input }) => void handled.push(input),
    note: ({ input }) => (handled.push(input), input),
    '/admin': { ban: () => void handled.push('ban') },
  })
  return { ...served, handled }
}

const failure = (reply: unknown[]): { readonly code: string; readonly issues?: unknown; readonly message: string } =>
  (reply[0] as { readonly $error: { readonly code: string; readonly message: string } }).$error

/** The server has handled all that the client has sent before. */
const settled = (socket: Socket): Promise<unknown> => ask(socket, 'note', 0)

for (const transport of TRANSPORTS) {
  describe(`a required ack, over ${transport},`, it => {
    it('keeps an event without it from its handler, and reports it', async context => {
      const { client, handled, errors } = await start(context, { transport })
      const socket = await client('/', { transports: [transport] })
      for (const name of ['pay', 'sign', 'limited']) socket.emit(name, 1)
      socket.emit('feed')
      await settled(socket)
      assert.equal(handled, [0])
      assert.equal(
        errors.splice(0).map(({ phase, event: name, error }) => [phase, name, (error as { issues: unknown }).issues]),
        ['pay', 'sign', 'limited', 'feed'].map(name => [
          'input',
          name,
          [{ path: '', message: 'Expected an ack, got none' }],
        ]),
      )
      assert.equal([await ask(socket, 'pay', 2), await ask(socket, 'sign', 3)], [[2], []])
      assert.equal(handled, [0, 2, 3])
    })
  })
}

describe('a required ack', it => {
  it('keeps an event without it from a plain listener', async context => {
    const { client, io, errors } = await serve(api, context)
    const heard: unknown[] = []
    io.on('connection', socket =>
      socket.on('pay', (value: number, ack: (reply: number) => void) => (heard.push(value), ack(value))),
    )
    const socket = await client()
    socket.emit('pay', 1)
    assert.equal(await ask(socket, 'pay', 2), [2])
    assert.equal(heard, [2])
    assert.is(errors.splice(0).length, 1)
  })

  it('counts what lacks it as refused: a client that goes on is disconnected', async context => {
    const { client, errors, handled } = await start(context, { limits: { refusals: { calls: 2, seconds: 60 } } })
    const socket = await client()
    for (let sent = 0; sent < 3; sent++) socket.emit('pay', 1)
    await until(() => !socket.connected)
    assert.equal(handled, [])
    assert.equal(
      errors.splice(0).map(({ phase }) => phase),
      ['input', 'input', 'input', 'limit'],
    )
  })

  it('is requested by a typed client, with the contract and without', async context => {
    const { url, handled } = await start(context)
    for (const client of [createClient<typeof api>(url), createClient(api, url) as unknown as Client<typeof api>]) {
      context.defer(() => client.socket.disconnect())
      assert.equal([await client.emit.pay(1), await client.emit.sign(2)], [1, undefined])
      const items: number[] = []
      for await (const item of client.stream.feed()) items.push(item)
      assert.equal(items, [1])
    }
    assert.equal(handled, [1, 2, 'feed', 1, 2, 'feed'])
  })

  it('is declared by an option of .ack, which is checked', () => {
    assert.equal(event.input().ack({ required: true })['~event'].ack, { schema: undefined, isRequired: true })
    assert.equal(event.input().ack()['~event'].ack, { schema: undefined })
    assert.is(event.input().ack(Type.String(), {})['~event'].ack?.isRequired, undefined)
    const ack = (...given: unknown[]): unknown => Reflect.apply(event.input().ack, undefined, given)
    assert.throws(
      () => ack(Type.String(), { require: true }),
      saying('.ack: unknown key "require"; expected one of required'),
    )
    assert.throws(() => ack(Type.String(), true), saying('.ack: expected an object of options, got a boolean'))
    assert.throws(() => ack({ required: 1 }), saying('.ack: required: expected true or false, got a number'))
    assert.throws(() => ack(undefined, { required: true }), saying('.ack: expected a schema, got undefined'))
    assert.throws(
      () => event.output().ack(Type.String(), { required: true }),
      saying('.ack: required: the server requests the ack of an output in any case; leave it out'),
    )
  })
})

describe('an ack that is not declared', it => {
  it('is answered without a value by default', async context => {
    const { client } = await start(context)
    assert.equal(await ask(await client(), 'move', 1), [])
  })

  it('is refused if undeclaredAcks says so, with a reason, and the event is not handled', async context => {
    const { client, handled, errors } = await start(context, { undeclaredAcks: 'refuse' })
    const socket = await client()
    assert.equal(failure(await ask(socket, 'move', 1)), {
      code: 'INVALID_INPUT',
      message: 'The input does not match the contract',
      issues: [{ path: '', message: 'Expected no ack, since the event has none' }],
    })
    socket.emit('move', 2)
    await settled(socket)
    assert.equal(handled, [2, 0])
    const [report, ...more] = errors.splice(0)
    assert.equal([report?.phase, report?.event, more.length], ['input', 'move', 0])
  })

  it('is counted as refused', async context => {
    const options: ServeOptions = { undeclaredAcks: 'refuse', limits: { refusals: { calls: 1, seconds: 60 } } }
    const { client, errors } = await start(context, options)
    const socket = await client()
    await ask(socket, 'move', 1)
    socket.emit('move', 1, () => {})
    await until(() => !socket.connected)
    assert.is(errors.splice(0).at(-1)?.phase, 'limit')
  })

  it('is not that of a stream, whose pages are acks', async context => {
    const { url } = await start(context, { undeclaredAcks: 'refuse' })
    const client = createClient(api, url)
    context.defer(() => client.socket.disconnect())
    const items: number[] = []
    for await (const item of client.stream.feed()) items.push(item)
    assert.equal(items, [1])
    client.emit.move(1)
    assert.is(await client.emit.note(3), 3)
  })
})

describe('an unknown event, with unknownEvents refuse,', it => {
  const REFUSE: ServeOptions = { unknownEvents: 'refuse' }

  it('is answered, and reported once per name, namespace and client', async context => {
    const { client, errors } = await start(context, REFUSE)
    const [one, other, admin] = [await client(), await client(), await client('/admin')]
    const message = 'The server does not know this event: nosuch'
    for (let time = 0; time < 2; time++)
      assert.equal(failure(await ask(one, 'nosuch', 1)), { code: 'UNKNOWN_EVENT', message })
    one.emit('without an ack')
    one.emit('x'.repeat(10_000))
    assert.is(failure(await ask(one, '__proto__', 1)).code, 'UNKNOWN_EVENT')
    await ask(other, 'nosuch')
    await ask(admin, 'nosuch')
    assert.equal(
      errors.splice(0).map(({ phase, namespace, event: name, error }) => [phase, namespace, name, String(error)]),
      [
        ['/', 'nosuch'],
        ['/', 'without an ack'],
        ['/', 'x'.repeat(64)],
        ['/', '__proto__'],
        ['/', 'nosuch'],
        ['/admin', 'nosuch'],
      ].map(([namespace, name]) => [
        'unknown',
        namespace,
        name,
        `EventError: The server does not know this event: ${name}`,
      ]),
    )
  })

  it('stays reported for a client that leaves the namespace and joins it again', async context => {
    const { client, errors, io } = await start(context, REFUSE)
    const socket = await client()
    const admin = socket.io.socket('/admin')
    await until(() => admin.connected)
    await ask(admin, 'nosuch')
    admin.disconnect()
    await until(() => io.of('/admin').sockets.size === 0)
    admin.connect()
    await until(() => admin.connected)
    await ask(admin, 'nosuch')
    assert.is(errors.splice(0).length, 1)
  })

  it('is reported for at most 100 names of a connection', async context => {
    const { client, errors } = await start(context, { ...REFUSE, limits: { refusals: false } })
    const socket = await client()
    for (let name = 0; name < 150; name++) socket.emit(`name ${name}`)
    assert.is(failure(await ask(socket, 'last')).code, 'UNKNOWN_EVENT')
    assert.is(errors.splice(0).length, 100)
  })

  it('is counted as a refusal, with an ack and without', async context => {
    const { client, errors } = await start(context, { ...REFUSE, limits: { refusals: { calls: 2, seconds: 60 } } })
    const socket = await client()
    await ask(socket, 'nosuch')
    socket.emit('nosuch').emit('nosuch')
    await until(() => !socket.connected)
    const reports = errors.splice(0)
    assert.equal(
      reports.map(({ phase, event: name }) => [phase, name]),
      [
        ['unknown', 'nosuch'],
        ['limit', 'nosuch'],
      ],
    )
  })

  it('is one that no listener has by its name: a listener of any event is none', async context => {
    const { client, io, errors } = await start(context, REFUSE)
    const seen: unknown[] = []
    io.on('connection', socket => {
      socket.onAny((name: string) => seen.push(name))
      socket.on('own', (value: number, ack: (reply: number) => void) => ack(value + 1))
    })
    const socket = await client()
    assert.equal(await ask(socket, 'own', 1), [2])
    assert.is(failure(await ask(socket, 'other')).code, 'UNKNOWN_EVENT')
    assert.equal(seen, ['own', 'other'])
    assert.is(errors.splice(0).length, 1)
  })

  it('may have the name of Socket.IO’s own events, or a number for a name', async context => {
    const { client, errors, io } = await start(context, { ...REFUSE, io: { parser: msgpack } })
    io.on('connection', socket => {
      socket.on('error', () => assert.unreachable())
      socket.on('disconnecting', reason => assert.is(reason, 'client namespace disconnect'))
      socket.on('7', (ack: (reply: string) => void) => ack('seven'))
    })
    const socket = await client('/', { parser: msgpack })
    const send = (...data: unknown[]): void =>
      void Reflect.apply(Reflect.get(socket, 'packet') as () => void, socket, [{ type: 2, data, options: {} }])
    send('error', 1)
    send('disconnecting', 'forged')
    send(5)
    assert.equal(await ask(socket, '7'), ['seven'])
    assert.equal(
      errors.splice(0).map(({ event: name }) => name),
      ['error', 'disconnecting', '5'],
    )
    const gone = new Promise(resolve => io.sockets.sockets.get(socket.id ?? '')?.once('disconnect', resolve))
    socket.disconnect()
    await gone
  })

  it('is printed once for a namespace without an error handler, whatever its name is', async ({ defer }) => {
    const { error } = console
    defer(() => Object.assign(console, { error }))
    const lines: string[] = []
    Object.assign(console, { error: (line: string) => lines.push(line) })
    const { client, close } = await startServer(api, () => {}, REFUSE)
    defer(close)
    const { socket } = await client()
    for (const name of ['one', 'two', 'three']) await ask(socket, name)
    assert.equal(lines, [
      'ackwire: one: refused an unknown event (server.onError gets each of these, the console only the first): EventError: The server does not know this event: one',
    ])
  })
})
