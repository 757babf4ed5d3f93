import { event, router } from '@ackwire/core'
import { attach } from '@ackwire/core/server'
import type { AuthenticateOptions } from '@ackwire/core/server/declarations'
import { Type } from '@sinclair/typebox'
import { Server, type Socket as ServerSocket } from 'socket.io'
import type { Socket } from 'socket.io-client'
import * as assert from 'uvu/assert'
import { describe, type TestContext } from '../../../test/harness.js'
import { saying } from '../../../test/saying.js'
import { ask, serve, TRANSPORTS, until, type ServeOptions } from './serve.js'

const Auth = Type.Object({ token: Type.String({ minLength: 3 }) })
const events = {
  who: event.input().ack(Type.Any()),
  say: event.input(Type.String()),
  news: event.output(Type.String()),
}
const api = router({ '/chat': router(events, { auth: Auth }), '/room-{id}': router(events, { auth: Auth }) })

const RECOVERS: ServeOptions = { io: { connectionStateRecovery: {} } }
const AGAIN = { auth: { token: 'abc' }, reconnection: true, reconnectionDelay: 5, reconnectionDelayMax: 5 }

/** A server that has users, who can be revoked, and a client that was connected and has received one message. */
const start = async (
  context: TestContext,
  options: AuthenticateOptions,
  { namespace = '/chat', ...more }: ServeOptions & { readonly namespace?: string } = {},
) => {
  const { client, server, io, errors } = await serve(api, context, { ...RECOVERS, ...more })
  const revoked = new Set<string>()
  const calls: { readonly recovered: boolean; readonly id: string }[] = []
  const gate: { wait: () => Promise<unknown> } = { wait: () => Promise.resolve() }
  const authenticate = async ({ auth, socket }: { auth: { token: string }; socket: ServerSocket }) => {
    calls.push({ recovered: socket.recovered, id: socket.id })
    const turn = calls.length
    await gate.wait()
    if (revoked.has(auth.token)) throw new Error('revoked')
    return { user: auth.token, turn }
  }
  const said: string[] = []
  const chat = namespace === '/chat' ? server.of('/chat') : server.of('/room-{id}')
  const binding = chat.authenticate(authenticate, options)
  const connections: unknown[] = []
  binding.on.connection(({ socket, data }) => {
    connections.push([socket.recovered, data])
    void socket.join('red')
  })
  binding.on.who(({ data }) => data)
  binding.on.say(({ input }) => void said.push(input))
  const socket = await client(namespace, { ...AGAIN, ...(more.transport && { transports: [more.transport] }) })
  const news: string[] = []
  socket.on('news', (text: string) => news.push(text))
  io.of(namespace).emit('news', 'first')
  await until(() => news.length === 1)
  return { socket, io, errors, revoked, calls, gate, said, news, connections, nsp: io.of(namespace) }
}

/** Loses the connection without a word, as a network does. */
/** Sockets of a namespace, as far as they are listened to. */
interface Sockets {
  readonly sockets: ReadonlyMap<string, { once(event: 'disconnect', listener: () => void): unknown }>
}

/** Ends a connection, and resolves once both sides know. Events tell, since the client may be back before a state is looked at. */
const lose = async (socket: Socket, { sockets }: Sockets): Promise<void> => {
  const gone = [socket, ...sockets.values()].map(
    side => new Promise<void>(resolve => side.once('disconnect', () => resolve())),
  )
  socket.io.engine.close()
  await Promise.all(gone)
}

/** Resolves to the next refusal. Called before the connection is lost, since the client may be back at once. */
const refusalOf = (socket: Socket): Promise<Error & { data?: unknown }> =>
  new Promise(resolve => socket.once('connect_error', resolve))

for (const transport of TRANSPORTS) {
  for (const namespace of ['/chat', '/room-7']) {
    describe(`a client that is recovered in ${namespace} over ${transport}, with onRecovery,`, it => {
      it('is asked again, and gets what it has missed and new data', async context => {
        const { socket, nsp, calls, news, connections } = await start(
          context,
          { onRecovery: true },
          { transport, namespace },
        )
        const { id } = socket
        await lose(socket, nsp)
        nsp.emit('news', 'missed')
        nsp.to('red').emit('news', 'in red')
        await until(() => socket.connected)
        assert.equal([socket.recovered, socket.id], [true, id])
        assert.equal(
          calls.map(({ recovered }) => recovered),
          [false, true],
        )
        assert.is(calls[1]?.id, id)
        assert.equal(await ask(socket, 'who'), [{ user: 'abc', turn: 2 }])
        assert.equal(connections, [
          [false, { user: 'abc', turn: 1 }],
          [true, { user: 'abc', turn: 2 }],
        ])
        nsp.emit('news', 'new')
        await until(() => news.length === 4)
        assert.equal(news, ['first', 'missed', 'in red', 'new'])
      })

      it('does not come back once it is revoked, and gets nothing that it has missed', async context => {
        const { socket, nsp, revoked, said, errors, connections } = await start(
          context,
          { onRecovery: true },
          { transport, namespace },
        )
        const packets: unknown[] = []
        socket.io.on('open', () => socket.io.engine.on('data', data => packets.push(data)))
        const refused = refusalOf(socket)
        await lose(socket, nsp)
        nsp.emit('news', 'a secret')
        revoked.add('abc')
        socket.emit('say', 'late')
        const refusal = await refused
        assert.equal(refusal.data, { code: 'UNAUTHORIZED', message: 'The connection was refused' })
        assert.is(nsp.sockets.size, 0)
        assert.equal(said, [])
        assert.is(connections.length, 1)
        assert.not.match(JSON.stringify(packets), 'secret')
        const [report] = errors.splice(0)
        assert.equal([report?.phase, report?.event], ['authenticate', 'connection'])
      })

      it('is handled only when authenticate has let it in, and misses nothing meanwhile', async context => {
        const { socket, nsp, gate, calls, said, news } = await start(
          context,
          { onRecovery: true },
          { transport, namespace },
        )
        let open = (): void => {}
        gate.wait = () => new Promise<void>(resolve => (open = resolve))
        await lose(socket, nsp)
        nsp.emit('news', 'before')
        // Socket.IO's client sends it right after the connection.
        socket.emit('say', 'hello')
        await until(() => calls.length === 2)
        nsp.emit('news', 'while it waits')
        await new Promise(resolve => setImmediate(resolve))
        assert.equal([said, socket.connected, nsp.sockets.size], [[], false, 0])
        open()
        await until(() => said.length === 1)
        nsp.emit('news', 'after')
        await until(() => news.length === 4)
        assert.equal(news, ['first', 'before', 'while it waits', 'after'])
        assert.ok(socket.recovered)
      })
    })
  }
}

describe('a client that is recovered with onRecovery', it => {
  it('is refused if authenticate takes too long', async context => {
    const options = { ...RECOVERS, authenticateTimeout: 20 }
    const { socket, nsp, gate, errors } = await start(context, { onRecovery: true }, options)
    gate.wait = () => new Promise(() => {})
    const refused = refusalOf(socket)
    await lose(socket, nsp)
    const refusal = await refused
    assert.equal(refusal.data, { code: 'TIMEOUT', message: 'No answer arrived in time' })
    assert.is(errors.splice(0).length, 1)
  })

  it('has its auth checked', async context => {
    const { socket, nsp, calls, errors } = await start(context, { onRecovery: true })
    socket.auth = { token: 'x' }
    const refused = refusalOf(socket)
    await lose(socket, nsp)
    const refusal = await refused
    assert.is((refusal.data as { readonly issues: readonly { path: string }[] }).issues[0]?.path, '/token')
    assert.is(calls.length, 1)
    assert.is(errors.splice(0).length, 1)
  })

  it('leaves nothing behind if it leaves while it waits', async context => {
    const { socket, nsp, gate, calls, connections } = await start(context, { onRecovery: true })
    let open = (): void => {}
    gate.wait = () => new Promise<void>(resolve => (open = resolve))
    await lose(socket, nsp)
    await until(() => calls.length === 2)
    socket.disconnect()
    socket.io.engine.close()
    await until(() => nsp.server.engine.clientsCount === 0)
    open()
    await until(() => nsp.adapter.rooms.size === 0)
    assert.equal([nsp.sockets.size, connections.length], [0, 1])
  })

  it('is asked once where Socket.IO does not skip the middleware, and gets nothing before', async context => {
    const io = { connectionStateRecovery: { skipMiddlewares: false } }
    const { socket, nsp, calls, news, revoked, errors } = await start(context, { onRecovery: true }, { io })
    await lose(socket, nsp)
    nsp.emit('news', 'missed')
    await until(() => news.length === 2)
    assert.equal(
      calls.map(({ recovered }) => recovered),
      [false, true],
    )
    revoked.add('abc')
    const packets: unknown[] = []
    socket.io.on('open', () => socket.io.engine.on('data', data => packets.push(data)))
    const refused = refusalOf(socket)
    await lose(socket, nsp)
    nsp.emit('news', 'a secret')
    await refused
    assert.not.match(JSON.stringify(packets), 'secret')
    assert.is(errors.splice(0).length, 1)
  })

  it('gets what it has missed where the adapter forgets a session that it restores, and where it fails to restore it again', async context => {
    for (const again of ['forgets', 'fails'] as const) {
      const { socket, nsp, news } = await start(context, { onRecovery: true })
      const { adapter } = nsp
      const restore = adapter.restoreSession.bind(adapter)
      let calls = 0
      adapter.restoreSession = async (pid, offset) => {
        // Before the session is read: later it would be missed by a socket that is restored, but in no room yet.
        if (++calls === 1) nsp.emit('news', 'missed')
        if (calls === 2 && again === 'fails') throw new Error('no database')
        const session = await restore(pid, offset)
        ;(Reflect.get(adapter, 'sessions') as Map<string, unknown>).delete(pid)
        return session
      }
      await lose(socket, nsp)
      await until(() => news.length === 2)
      assert.equal([news, calls, socket.recovered], [['first', 'missed'], 2, true])
    }
  })

  it('is not asked once the binding is detached', async context => {
    const { client, server, io } = await serve(api, context, RECOVERS)
    let calls = 0
    server.of('/chat').authenticate(() => ({ calls: ++calls }), { onRecovery: true })
    const socket = await client('/chat', AGAIN)
    const news: unknown[] = []
    socket.on('news', text => news.push(text))
    io.of('/chat').emit('news', 'first')
    await until(() => news.length === 1)
    server.detach()
    await lose(socket, io.of('/chat'))
    await until(() => socket.connected)
    assert.equal([socket.recovered, calls], [true, 1])
  })
})

describe('a namespace with auth and without authenticate', it => {
  const recovered = async (context: TestContext, options: ServeOptions, authenticates = false) => {
    const { client, server, io, errors } = await serve(api, context, { ...RECOVERS, ...options })
    if (authenticates) server.of('/chat').authenticate(() => ({}), { onRecovery: true })
    server.of('/chat').on.who(({ socket }) => [socket.recovered, socket.handshake.auth])
    const socket = await client('/chat', AGAIN)
    const news: string[] = []
    socket.on('news', (text: string) => news.push(text))
    io.of('/chat').emit('news', 'first')
    await until(() => news.length === 1)
    socket.auth = { token: 'x' }
    const refused = refusalOf(socket)
    await lose(socket, io.of('/chat'))
    return { socket, refused, errors }
  }

  it('does not check auth again for a recovered connection', async context => {
    const { socket } = await recovered(context, {})
    await until(() => socket.connected)
    const [[isRecovered, auth]] = (await ask(socket, 'who')) as [[boolean, { token: string }]]
    assert.equal([isRecovered, auth.token], [true, 'x'])
  })

  it('checks it with an authenticate that only has onRecovery, and where Socket.IO skips no middleware', async context => {
    const asked = { io: { connectionStateRecovery: { skipMiddlewares: false } } }
    for (const [options, authenticates] of [
      [{}, true],
      [asked, false],
    ] as const) {
      const { refused, errors } = await recovered(context, options, authenticates)
      const refusal = await refused
      assert.is((refusal.data as { readonly issues: readonly { path: string }[] }).issues[0]?.path, '/token')
      assert.is(errors.splice(0).length, 1)
    }
  })
})

describe('a client that is recovered without onRecovery', it => {
  it('comes back although it was revoked', async context => {
    const { socket, nsp, calls, revoked } = await start(context, { onRecovery: false })
    revoked.add('abc')
    await lose(socket, nsp)
    await until(() => socket.connected)
    assert.equal(await ask(socket, 'who'), [{ user: 'abc', turn: 1 }])
    assert.is(calls.length, 1)
  })
})

describe('the options of authenticate', it => {
  it('are checked', async context => {
    const { server } = await serve(api, context)
    const wrong = (options: unknown): void =>
      void Reflect.apply(server.of('/chat').authenticate, undefined, [() => ({}), options])
    assert.throws(() => wrong(5), saying('authenticate: expected an object of options second, got a number'))
    assert.throws(
      () => wrong({ onRecover: true }),
      saying('authenticate: unknown key "onRecover"; expected one of onRecovery'),
    )
    assert.throws(
      () => wrong({ onRecovery: 1 }),
      saying('authenticate: onRecovery: expected true or false, got a number'),
    )
    wrong({ onRecovery: undefined })
  })

  it('ask for onRecovery only where the release of Socket.IO can be made to ask', () => {
    const io = new Server({ connectionStateRecovery: {} })
    const server = attach(io, api)
    Object.assign(io.of('/chat'), { _doConnect: undefined })
    assert.throws(
      () => server.of('/chat').authenticate(() => ({}), { onRecovery: true }),
      saying("this release of Socket.IO can't be made to ask"),
    )
  })
})
