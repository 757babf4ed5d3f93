import { event, router, type EventError } from '@ackwire/core'
import { Type } from '@sinclair/typebox'
import type { Socket } from 'socket.io-client'
import * as assert from 'uvu/assert'
import { describe } from '../../../test/harness.js'
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

/** What has been sent before has arrived when this returns. */
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
      'emit.user_joined: /0/name Expected string',
    )
    await settled(socket)
    assert.equal(joined, [])
  })

  it('that a handler gets wrong is reported as such, and answered INTERNAL', async context => {
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

  it('checks what clients answer, and keeps the valid answers on the error', async context => {
    const { server, client } = await serve(api, context)
    const [good, bad] = [await client(), await client()]
    good.on('probe', (_, ack) => ack(1))
    bad.on('probe', (_, ack) => ack('one'))
    const error = await errorOf(server.emit.probe(0))
    assert.is(error.code, 'INVALID_REPLY')
    assert.equal(error.data, { replies: [1] })
    assert.equal(error.issues, [{ path: '/0', message: 'Expected number' }])
  })

  it('keeps the answers that came in time on the error', async context => {
    const { server, client } = await serve(api, context)
    const [quick] = [await client(), await client()]
    quick.on('probe', (_, ack) => ack(1))
    const error = await errorOf(server.timeout(100).emit.probe(0))
    assert.is(error.code, 'TIMEOUT')
    assert.equal(error.data, { replies: [1] })
  })

  it('rejects with what one client declares, and with nothing that it does not', async context => {
    const { server, client } = await serve(api, context, { ackTimeout: 100 })
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
        ['TIMEOUT', undefined, 'No answer came in time'],
      ],
    )
  })

  it('rejects at once when the socket leaves, and ends no process where nobody awaits it', async context => {
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
})
