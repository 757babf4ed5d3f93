import { getEventListeners } from 'node:events'
import { event, router, type EventError } from '@ackwire/core'
import type { ErrorReport } from '@ackwire/core/server'
import { Type } from '@sinclair/typebox'
import type { Socket } from 'socket.io-client'
import * as assert from 'uvu/assert'
import { describe, type TestContext } from '../../../test/harness.js'
import { saying } from '../../../test/saying.js'
import { ask, serve, until } from './serve.js'

const User = Type.Object({ name: Type.String() })
const api = router({
  user_joined: event.output(User),
  probe: event
    .output(Type.Number())
    .ack(Type.Number())
    .errors({ BUSY: Type.Object({ ms: Type.Number() }) }),
  notify: event.output(Type.String()).ack(),
  chat: router({ said: event.output(Type.String(), Type.Integer()) }),
  run: event.input(Type.String()).ack(Type.Any()),
  '/admin': router({ user_joined: event.output(Type.Integer()), run: event.input(Type.String()).ack(Type.Any()) }),
})

const received = (socket: Socket, name: string): unknown[][] => {
  const all: unknown[][] = []
  socket.on(name, (...args: unknown[]) => all.push(args))
  return all
}

/** Returns once everything sent before has arrived. */
const settled = async (...sockets: Socket[]): Promise<void> => {
  for (const socket of sockets) await ask(socket, 'run', 'nothing')
}

const errorOf = async (promise: Promise<unknown>): Promise<EventError> =>
  promise.then(
    () => assert.unreachable('expected a rejection'),
    (error: EventError) => error,
  ) as Promise<EventError>

describe('an output', it => {
  it('goes to everyone, to a room, to all but a room, and to other clients', async context => {
    const { server, client } = await serve(api, context)
    server.on.connection(({ socket }) => void socket.join(String(socket.handshake.auth['room'])))
    server.on.run(({ input, emit, to, broadcast }) => {
      if (input === 'self') emit.user_joined({ name: input })
      if (input === 'red') to('red').emit.user_joined({ name: input })
      if (input === 'others') broadcast.emit.user_joined({ name: input })
    })
    const red = await client('/', { auth: { room: 'red' } })
    const blue = await client('/', { auth: { room: 'blue' } })
    const [atRed, atBlue] = [received(red, 'user_joined'), received(blue, 'user_joined')]

    server.emit.user_joined({ name: 'everyone' })
    server.to('red').emit.user_joined({ name: 'to red' })
    server.in(['red', 'blue']).except('red').emit.user_joined({ name: 'in but red' })
    await settled(red, blue)
    server.local.volatile.compress(false).except('blue').emit.user_joined({ name: 'all but blue' })
    await settled(red, blue)
    await ask(blue, 'run', 'self')
    await ask(blue, 'run', 'red')
    await ask(blue, 'run', 'others')
    await settled(red, blue)

    const names = (all: unknown[][]) => all.map(([user]) => (user as { name: string }).name)
    assert.equal(names(atRed), ['everyone', 'to red', 'all but blue', 'red', 'others'])
    assert.equal(names(atBlue), ['everyone', 'in but red', 'self'])
  })

  it('with several arguments, in a group, arrives as Socket.IO’s own packet', async context => {
    const { server, client } = await serve(api, context)
    server.on.run(() => null)
    const socket = await client()
    const said = received(socket, 'chat:said')
    server.emit.chat.said('hello', 3)
    await settled(socket)
    assert.equal(said, [['hello', 3]])
  })

  it('that does not match the contract throws where it is called, and nothing is sent', async context => {
    const { server, client } = await serve(api, context)
    server.on.run(() => null)
    const socket = await client()
    const joined = received(socket, 'user_joined')
    const wrong: readonly (() => unknown)[] = [
      () => Reflect.apply(server.emit.user_joined, undefined, [{ name: 1 }]),
      () => Reflect.apply(server.emit.user_joined, undefined, []),
      () => Reflect.apply(server.emit.user_joined, undefined, [{ name: 'a' }, 2]),
    ]
    for (const call of wrong) {
      assert.throws(call, (error: EventError) => error.code === 'INVALID_OUTPUT' && error.issues.length === 1)
    }
    assert.throws(
      () => Reflect.apply(server.emit.user_joined, undefined, [{ name: 1 }]),
      saying('emit.user_joined: /0/name Expected string'),
    )
    await settled(socket)
    assert.equal(joined, [])
  })

  it('that is invalid in a handler is reported as such, and answered INTERNAL', async context => {
    const { server, client, errors } = await serve(api, context)
    server.on.run(({ emit }) => Reflect.apply(emit.user_joined, undefined, ['nobody']))
    const [answer] = await ask(await client(), 'run', '')
    assert.is((answer as { $error: { code: string } }).$error.code, 'INTERNAL')
    assert.equal(
      errors.splice(0).map(({ phase }) => phase),
      ['output'],
    )
  })

  it('reaches only its own namespace', async context => {
    const { server, client } = await serve(api, context)
    server.on.run(() => null)
    server.of('/admin').on.run(() => null)
    const [root, admin] = [await client(), await client('/admin')]
    const [atRoot, atAdmin] = [received(root, 'user_joined'), received(admin, 'user_joined')]
    server.of('/admin').emit.user_joined(7)
    server.emit.user_joined({ name: 'bob' })
    await settled(root, admin)
    assert.equal([atRoot, atAdmin], [[[{ name: 'bob' }]], [[7]]])
  })
})

describe('a selection', it => {
  const rooms = router({ said: event.output(Type.String()), ask: event.output().ack(Type.String()) })
  const api = router({
    said: event.output(Type.String()),
    ask: event.output().ack(Type.String()),
    run: event.input(Type.String()).ack(Type.Any()),
    '/admin': rooms,
  })

  /** Clients `a` in the rooms red and blue, `b` in red, `c` in no room, each twice: in the root, and in /admin. */
  const start = async (context: TestContext) => {
    const { server, io, client } = await serve(api, context)
    const joined = { a: ['red', 'blue'], b: ['red'], c: [] as string[] }
    for (const { on } of [server, server.of('/admin')]) {
      on.connection(({ socket }) => socket.join(joined[socket.handshake.auth['name'] as keyof typeof joined]))
    }
    server.on.run(() => null)
    const heard: string[] = []
    const sockets: Socket[] = []
    for (const name of Object.keys(joined)) {
      for (const namespace of ['/', '/admin']) {
        const socket = await client(namespace, { auth: { name } })
        socket.on('said', (text: string) => heard.push(`${name}${namespace} ${text}`))
        socket.on('ask', (ack: (answer: string) => void) => ack(name + namespace))
        if (namespace === '/') sockets.push(socket)
      }
    }
    return { server, io, heard, sockets }
  }

  it('of this node waits for its own clients only, in any namespace and room', async context => {
    const { server, io } = await start(context)
    for (const name of ['/', '/admin']) io.of(name).adapter.serverCount = () => Promise.resolve(2)
    for (const [{ local }, suffix] of [
      [server, '/'],
      [server.of('/admin'), '/admin'],
    ] as const) {
      const answers = await Promise.all([
        local.timeout(5_000).emit.ask(),
        local.timeout(5_000).to('red').emit.ask(),
        local.volatile.timeout(5_000).to('nobody').emit.ask(),
      ])
      assert.equal(
        answers.map(each => each.toSorted()),
        [['a', 'b', 'c'], ['a', 'b'], []].map(names => names.map(name => name + suffix)),
      )
    }
    const missing = await errorOf(server.timeout(100).emit.ask())
    assert.equal([missing.code, missing.data], ['TIMEOUT', { replies: ['a/', 'b/', 'c/'] }])
  })

  it('is the same in any order of its methods', async context => {
    const { server } = await start(context)
    type Some = ReturnType<typeof server.to>
    const verbs: Readonly<Record<string, (selection: Some) => Some>> = {
      to: selection => selection.to('red'),
      in: selection => selection.in(['blue', 'red']),
      except: selection => selection.except('blue'),
      timeout: selection => selection.timeout(2_000),
      compress: selection => selection.compress(false),
      local: selection => selection.local,
      volatile: selection => selection.volatile,
    }
    const names = Object.keys(verbs)
    for (const [at] of names.entries()) {
      const order = [...names.slice(at), ...names.slice(0, at)]
      for (const turned of [order, order.toReversed()]) {
        const [first = 'to', ...others] = turned
        const begun = verbs[first]?.(Reflect.apply(Object, undefined, [server]))
        const selection = others.reduce((made, name) => verbs[name]?.(made!) ?? made, begun)
        assert.equal(await selection?.emit.ask(), ['b/'], turned.join(' '))
      }
    }
  })

  it('is not changed by a method that returns another', async context => {
    const { server, heard, sockets } = await start(context)
    const red = server.to('red')
    const made = [red.except('blue'), red.timeout(1), red.local, red.volatile, red.compress(false), red.to('green')]
    red.emit.said('red')
    await settled(...sockets)
    assert.equal(heard.splice(0).toSorted(), ['a/ red', 'b/ red'])
    made[0]?.emit.said('but blue')
    server.emit.said('all')
    await settled(...sockets)
    assert.equal(heard.toSorted(), ['a/ all', 'b/ all', 'b/ but blue', 'c/ all'])
  })

  it('is made without an own property, and its methods can be called without it', async context => {
    const { server, heard, sockets } = await start(context)
    for (const selection of [server.to('red'), server.of('/admin').local, server.timeout(1)])
      assert.is(Reflect.ownKeys(selection).length, 0, 'an object literal with getters costs more than an emit')
    const { except } = server.to('red')
    const { emit } = except('blue')
    emit.said('but blue')
    await settled(...sockets)
    assert.equal(heard, ['b/ but blue'])
  })

  it('is of its own namespace, though the rooms and the events of another have the same names', async context => {
    const { server } = await start(context)
    const admin = server.of('/admin')
    assert.equal((await admin.emit.ask()).toSorted(), ['a/admin', 'b/admin', 'c/admin'])
    assert.equal((await admin.to('red').emit.ask()).toSorted(), ['a/admin', 'b/admin'])
    assert.equal(await admin.except('red').emit.ask(), ['c/admin'])
    assert.equal(await server.to('blue').emit.ask(), ['a/'])
  })
})

describe('an output with an ack', it => {
  it('resolves to one answer from one socket, and to an array from many', async context => {
    const { server, client } = await serve(api, context)
    server.on.run(async ({ emit }) => emit.probe(1))
    const sockets = [await client(), await client()]
    for (const socket of sockets) socket.on('probe', (value, ack) => ack(value + 1))
    assert.equal(await ask(sockets[0]!, 'run', ''), [2])
    assert.equal(await server.emit.probe(1), [2, 2])
    assert.equal(await server.to('nobody').emit.probe(1), [])
  })

  it('can be a receipt, whatever the client answers with', async context => {
    const { server, client } = await serve(api, context)
    const socket = await client()
    socket.on('notify', (_, ack) => ack('ignored'))
    assert.equal(await server.emit.notify('hello'), [undefined])
  })

  it('checks the answers of clients, and keeps the valid ones on the error', async context => {
    const { server, client, errors } = await serve(api, context)
    const [good, bad] = [await client(), await client()]
    good.on('probe', (_, ack) => ack(1))
    bad.on('probe', (_, ack) => ack('one'))
    const error = await errorOf(server.emit.probe(0))
    assert.is(error.code, 'INVALID_REPLY')
    assert.equal(error.data, { replies: [1] })
    assert.equal(error.issues, [{ path: '/0', message: 'Expected number' }])
    assert.equal(
      errors.splice(0).map(({ phase, socket, error: told }) => [phase, socket, (told as EventError).issues]),
      [['ack', undefined, error.issues]],
    )
  })

  it('reports each invalid answer, with the socket if it is known, and ignores the result of the error handler', async context => {
    const { server, client } = await serve(api, context)
    const reports: ErrorReport[] = []
    const instead = [() => 7, () => Promise.resolve(7), () => Promise.reject(new Error('itself'))]
    const lines: unknown[] = []
    const { error: print } = console
    console.error = (line: unknown) => void lines.push(line)
    context.defer(() => (console.error = print))
    server.onError(report => {
      reports.push(report)
      return instead.shift()?.()
    })
    const failures: unknown[] = []
    server.of('/admin').on.run(() => null)
    server.on.run(async ({ emit }) => {
      failures.push(await errorOf(emit.probe(0)))
      return null
    })
    const sockets = [await client(), await client()]
    const [first] = sockets
    if (first === undefined) return assert.unreachable()
    for (const socket of sockets) socket.on('probe', (_, ack) => ack({ $error: 'garbage' }))
    for (let times = 0; times < 3; times++) await ask(first, 'run', '')
    const all = await errorOf(server.emit.probe(0))
    assert.equal([all.code, all.data], ['INVALID_REPLY', { replies: [] }])
    assert.equal(
      reports.map(({ phase, event: name, namespace, socket }) => [phase, name, namespace, socket?.id]),
      [first.id, first.id, first.id, undefined, undefined].map(id => ['ack', 'probe', '/', id]),
    )
    assert.equal(
      failures.map((failure, at) => failure === reports[at]?.error),
      [true, true, true],
    )
    assert.is(lines.length, 2)
    assert.match(
      String(lines[0]),
      /^ackwire: probe: rejected what a client answered .*: EventError: The answer does not/,
    )
    assert.match(String(lines[1]), /onError itself failed: Error: itself/)
  })

  it('that gets invalid answers is printed once, even if an input has the same name', async context => {
    // A contract can say it once in each direction, but not under one key: a group's colon makes them one on the wire.
    const both = router({
      a: router({ probe: event.output().ack(Type.Integer()) }),
      'a:probe': event.input(Type.Integer()).ack(),
    })
    const { server, client } = await serve(both, context)
    const lines: unknown[] = []
    const { error: print } = console
    console.error = (line: unknown) => void lines.push(line)
    context.defer(() => (console.error = print))
    Reflect.apply(server.onError, server, [undefined])
    const socket = await client()
    socket.on('a:probe', ack => ack('one'))
    for (let times = 0; times < 3; times++) {
      await ask(socket, 'a:probe', 'one')
      await errorOf(server.emit.a.probe())
    }
    assert.is(lines.length, 2)
    assert.match(String(lines[0]), /^ackwire: a:probe: rejected what a client sent .*: \/0 Expected integer$/)
    assert.match(String(lines[1]), /^ackwire: a:probe: rejected what a client answered .*: \/0 Expected integer$/)
  })

  it('keeps the timely answers on the error', async context => {
    const { server, client } = await serve(api, context)
    const [quick] = [await client(), await client()]
    quick.on('probe', (_, ack) => ack(1))
    const error = await errorOf(server.timeout(500).emit.probe(0))
    assert.is(error.code, 'TIMEOUT')
    assert.equal(error.data, { replies: [1] })
  })

  it('rejects with an error that the event declares, and with no other', async context => {
    const { server, client, errors } = await serve(api, context, { ackTimeout: 100 })
    const failures: EventError[] = []
    server.on.run(async ({ emit }) => void failures.push(await errorOf(emit.probe(0))))
    const socket = await client()
    const answers: unknown[] = [
      { $error: { code: 'BUSY', message: 'x', data: { ms: 5 } } },
      { $error: { code: 'BUSY', message: 'x', data: { ms: 'soon' } } },
      { $error: { code: 'MADE_UP', message: 'x', data: 1 } },
      { $error: { code: 'INTERNAL', message: 'x', data: 1 } },
      { $error: null },
    ]
    socket.on('probe', (_, ack) => answers.length > 0 && ack(answers.shift()))
    for (let left = answers.length; left >= 0; left--) await ask(socket, 'run', '')
    assert.equal(
      failures.map(({ code, data, message }) => [code, data, message]),
      [
        ['BUSY', { ms: 5 }, 'BUSY'],
        ['INVALID_REPLY', undefined, 'The answer does not match the contract'],
        ['INVALID_REPLY', undefined, 'The answer does not match the contract'],
        ['INTERNAL', undefined, 'Internal error'],
        ['INVALID_REPLY', undefined, 'The answer does not match the contract'],
        ['TIMEOUT', undefined, 'No answer arrived in time'],
      ],
    )
    assert.equal(
      errors.splice(0).map(({ phase, error }) => [phase, failures.findIndex(failure => failure === error)]),
      [
        ['ack', 1],
        ['ack', 2],
        ['ack', 4],
      ],
    )
  })

  it('rejects at once when the socket disconnects, without an unhandled rejection', async context => {
    const { server, client } = await serve(api, context, { ackTimeout: 1_000 })
    const failures: EventError[] = []
    server.on.run(async ({ emit }) => {
      emit.probe(1)
      failures.push(await errorOf(emit.probe(0)))
    })
    const socket = await client()
    socket.on('probe', () => socket.disconnect())
    socket.emit('run', '')
    await until(() => failures.length > 0)
    assert.is(failures[0]?.code, 'DISCONNECTED')
  })
  it('that is asked of one socket many times at once adds no listener to its signal', async context => {
    const { server, client } = await serve(api, context, { ackTimeout: 4_000 })
    let outcomes: Promise<readonly string[]> | undefined
    let listeners: number | undefined
    server.on.run(({ emit, signal }) => {
      outcomes = Promise.all(
        Array.from({ length: 200 }, (_, at) => emit.probe(at).then(String, ({ code }: EventError) => code)),
      )
      // Node compares a new listener with all that there are.
      listeners = getEventListeners(signal, 'abort').length
    })
    const socket = await client()
    socket.on('probe', (at, ack) => (at < 199 ? at % 2 === 0 && ack(at) : socket.disconnect()))
    socket.emit('run', '')
    await until(() => outcomes !== undefined)
    assert.is(listeners, 0)
    const expected = Array.from({ length: 200 }, (_, at) => (at % 2 === 0 ? String(at) : 'DISCONNECTED'))
    assert.equal(await outcomes, expected)
  })
})
