import { createClient } from '@ackwire/client'
import { event, router, type ClientToServerEvents, type ServerToClientEvents } from '@ackwire/core'
import { Type } from '@sinclair/typebox'
import type { Socket } from 'socket.io-client'
import * as assert from 'uvu/assert'
import { describe } from '../../../test/harness.js'
import { ask, serve, until } from './serve.js'

const Message = Type.Object({ from: Type.String(), text: Type.String() })

/** The contract of Socket.IO's own tutorial, in which both sides send "chat message". */
const chat = router({ 'chat message': event.both(event.input(Type.String()), event.output(Type.String())) })

const api = router({
  message: event.both(event.input(Type.String()).ack(Type.Integer()), event.output(Message)),
  ask: event.both(event.input().ack(), event.output(Type.Integer()).ack(Type.String())),
  room: router({ message: event.both(event.input(Type.String()), event.output(Message)) }),
  ticks: event.both(event.input().stream(Type.Integer()), event.output(Type.Boolean())),
  '/admin': router({ message: event.both(event.input(Type.Integer()).ack(), event.output(Type.Boolean())) }),
  '/game-{id}': router({ move: event.both(event.input(Type.Integer()).ack(), event.output(Type.String())) }),
})

const alone = { forceNew: true, reconnection: false }

const input = event.input()
const output = event.output()

describe('an event in both directions', it => {
  it('is two events of one name, path and key', () => {
    const [root] = api['~router'].namespaces
    assert.equal(
      root?.events.filter(({ name }) => name === 'message').map(({ path, keys, direction }) => [path, keys, direction]),
      [
        ['message', ['message'], 'input'],
        ['message', ['message'], 'output'],
      ],
    )
    assert.ok(Object.isFrozen(api['~router'].entries['message']))
  })

  const refused: readonly (readonly [what: string, given: readonly unknown[], got: string])[] = [
    ['two inputs', [input, input], 'event.input(…) and event.input(…)'],
    ['two outputs', [output, output], 'event.output(…) and event.output(…)'],
    ['the output first', [output, input], 'event.output(…) and event.input(…)'],
    ['one event', [input], 'event.input(…)'],
    ['nothing', [], 'nothing'],
    ['three events', [input, output, output], 'event.input(…) and event.output(…) and event.output(…)'],
    [
      'another of both directions',
      [event.both(input, output), output],
      'event.both(…), which has an input and an output already and event.output(…)',
    ],
    ['a group', [router({}), output], 'a router and event.output(…)'],
    ['a schema', [input, Type.String()], 'event.input(…) and a TypeBox schema'],
    ['undefined', [input, undefined], 'event.input(…) and undefined'],
  ]
  for (const [what, given, got] of refused) {
    it(`is refused for ${what}`, () => {
      const both: (...events: never[]) => unknown = event.both
      assert.throws(
        () => both(...(given as never[])),
        (error: Error) =>
          error instanceof TypeError &&
          error.message === `ackwire: event.both: expected event.input(…) and event.output(…), got ${got}`,
      )
    })
  }

  it('is refused where one of its directions is taken, or is the name by which a stream is read', () => {
    const twice = () =>
      router({
        'todo:done': event.both(event.input(), event.output()),
        todo: router({ done: event.output() }),
      })
    assert.throws(
      twice,
      /^ackwire: todo\.done: the event on the wire would be "todo:done", which is the name of todo:done already; rename one$/,
    )
    assert.throws(
      () => router({ log: event.input().stream(Type.Null()), 'log:next': event.both(event.input(), event.output()) }),
      /log:next: "log:next" is the event by which clients read the stream log/,
    )
  })

  it('has the path of the entry in the mistakes of its schemas', () => {
    const both = event.both(event.input(), event.output(Type.Function([], Type.Null())))
    assert.throws(() => router({ it: both }), /^ackwire: it output\[0\]:/)
  })

  it('carries the chat of the tutorial, whose listeners stay as they are', async context => {
    const { io, client } = await serve(chat, context)
    io.on('connection', socket => {
      socket.on('chat message', (text: string) => io.emit('chat message', text))
    })
    const sockets: Socket<ServerToClientEvents<typeof chat>, ClientToServerEvents<typeof chat>>[] = [
      await client(),
      await client(),
    ]
    const heard = sockets.map(socket => new Promise<string>(resolve => socket.once('chat message', resolve)))
    sockets[0]?.emit('chat message', 'hello')
    assert.equal(await Promise.all(heard), ['hello', 'hello'])
  })

  it('is validated in each direction by its own schema', async context => {
    const { server, client, errors } = await serve(api, context)
    server.on.message(({ input }) => input.length)
    const socket = await client()
    assert.equal(await ask(socket, 'message', 'abc'), [3])
    const [refusal] = await ask(socket, 'message', { from: 'a', text: 'b' })
    assert.is((refusal as { $error: { code: string } }).$error.code, 'INVALID_INPUT')
    assert.is(errors.pop()?.phase, 'input')
    // @ts-expect-error the input's value
    assert.throws(() => server.emit.message('abc'), /emit\.message: \/0 Expected object/)
  })

  it('has every verb of both sides, in groups and namespaces too', async context => {
    const { io, server, url } = await serve(api, context)
    for (const connect of [() => createClient<typeof api>(url, alone), () => createClient(api, url, alone)]) {
      const client = connect() as ReturnType<typeof createClient<typeof api>>
      context.defer(() => client.close())
      await client.once.connect()
      const off = [
        server.on.message(({ input, emit, to, broadcast, event: name }) => {
          emit.message({ from: name, text: input })
          to('nobody').emit.message({ from: name, text: input })
          broadcast.emit.message({ from: name, text: input })
          return input.length
        }),
        server.on.ask(() => {}),
        server.on.room.message(({ input, emit }) => emit.room.message({ from: 'room', text: input })),
        server.on.ticks(async function* ({ emit }) {
          emit.ticks(true)
          yield 1
        }),
      ]
      const messages = client.iterate.message()
      const listened: string[] = []
      client.on.message(({ from, text }) => listened.push(from + text))
      const once = client.once.message()
      assert.is(await client.emit.message('hi'), 2)
      assert.equal(await once, { from: 'message', text: 'hi' })
      assert.equal(await messages.next(), { done: false, value: { from: 'message', text: 'hi' } })
      await messages.return?.()
      assert.equal(listened, ['messagehi'])

      client.on.ask(count => String(count))
      assert.is(await client.emit.ask(), undefined)
      assert.equal(await server.emit.ask(7), ['7'])

      const inRoom = client.once.room.message()
      client.emit.room.message('yo')
      assert.equal(await inRoom, { from: 'room', text: 'yo' })

      const ticked = client.once.ticks()
      const ticks: number[] = []
      for await (const tick of client.stream.ticks()) ticks.push(tick)
      assert.equal([await ticked, ticks], [true, [1]])
      for (const each of off) each()
      client.close()
      await until(() => io.sockets.sockets.size === 0)
    }
  })

  it('is there in namespaces, also with parameters', async context => {
    const { server, url } = await serve(api, context)
    server.handle({
      message: () => 1,
      ask: () => {},
      room: { message: () => {} },
      async *ticks() {},
      '/admin': { message: ({ input, emit }) => emit.message(input > 0) },
      '/game-{id}': { move: ({ params, emit }) => emit.move(params.id) },
    })
    const client = createClient<typeof api>(url, alone)
    context.defer(() => client.close())
    const admin = client.of('/admin')
    const heard = admin.once.message()
    await admin.emit.message(1)
    assert.is(await heard, true)
    const game = client.of('/game-{id}', { id: '42' })
    const moved = game.once.move()
    await game.emit.move(1)
    assert.is(await moved, '42')
    const again = game.once.move()
    server.of('/game-{id}', { id: '42' }).emit.move('all')
    assert.is(await again, 'all')
  })

  it('leaves plain listeners of both sides on their own', async context => {
    const { io, client } = await serve(api, context)
    io.on('connection', socket =>
      socket.on('message', (text: string, ack: (length: number) => void) => ack(text.length)),
    )
    const socket = await client()
    const heard: unknown[] = []
    socket.on('message', value => void heard.push(value))
    assert.equal(await ask(socket, 'message', 'abc'), [3])
    io.emit('message', { from: 'a', text: 'b' })
    await until(() => heard.length > 0)
    assert.equal(heard, [{ from: 'a', text: 'b' }])
  })
})
