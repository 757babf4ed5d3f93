import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { event, router } from '@ackwire/core'
import { attach, type ErrorReport } from '@ackwire/core/server'
import { Type } from '@sinclair/typebox'
import { instrument } from '@socket.io/admin-ui'
import { Server, type ServerOptions } from 'socket.io'
import { io as connect, type ManagerOptions, type Socket, type SocketOptions } from 'socket.io-client'
import * as msgpack from 'socket.io-msgpack-parser'
import * as assert from 'uvu/assert'
import { describe, type TestContext } from '../../../test/harness.js'
import { ask, TRANSPORTS, until } from './serve.js'

type ClientOptions = Partial<ManagerOptions & SocketOptions>

/** A started server with options of its own, to which nothing is attached yet. */
const start = async ({ defer }: TestContext, options: Partial<ServerOptions> = {}) => {
  const http = createServer()
  const io = new Server(http, options)
  http.listen(0, '127.0.0.1')
  await once(http, 'listening')
  defer(() => io.close())
  const url = `http://127.0.0.1:${(http.address() as AddressInfo).port}`

  const open = (namespace = '/', more: ClientOptions = {}): Socket => {
    const socket = connect(url + namespace, { transports: ['websocket'], reconnection: false, forceNew: true, ...more })
    defer(() => socket.disconnect())
    return socket
  }
  const client = async (namespace?: string, more?: ClientOptions): Promise<Socket> => connected(open(namespace, more))
  return { io, open, client }
}

const connected = async (socket: Socket): Promise<Socket> => {
  await new Promise<void>((resolve, reject) => socket.once('connect', resolve).once('connect_error', reject))
  return socket
}

/** Collects the errors; those that a test does not take out fail it. */
const errorsOf = (server: { onError(handler: (report: ErrorReport) => void): void }, { defer }: TestContext) => {
  const errors: ErrorReport[] = []
  server.onError(report => void errors.push(report))
  defer(() => assert.equal(errors.map(String), []))
  return errors
}

const codeOf = (reply: unknown): unknown => (reply as { $error?: { code: string } } | undefined)?.$error?.code

const api = router({
  length: event.input(Type.String()).ack(Type.Integer()),
  note: event.input(Type.String()),
  news: event.output(Type.String()),
  asked: event.output(Type.Integer()).ack(Type.Integer()),
  '/admin': router({ length: event.input(Type.String()).ack(Type.String()), news: event.output(Type.Integer()) }),
})

for (const transport of TRANSPORTS) {
  describe(`connection state recovery over ${transport}`, it => {
    it('delivers missed outputs, and reports the connection again with the same id, rooms and data', async context => {
      const { io, open } = await start(context, { connectionStateRecovery: {} })
      const server = attach(io, api)
      const errors = errorsOf(server, context)
      const visits: unknown[] = []
      server.on.connection(({ socket }) => {
        visits.push([socket.recovered, [...socket.rooms].includes('red'), socket.data.name])
        void socket.join('red')
        socket.data.name = 'Bob'
      })
      server.on.length(({ input }) => input.length)

      const socket = open('/', { transports: [transport], reconnection: true, reconnectionDelay: 10 })
      const news: unknown[][] = []
      socket.on('news', (...args: unknown[]) => news.push(args))
      await connected(socket)
      const id = socket.id
      server.emit.news('first')
      await until(() => news.length === 1)

      socket.io.engine.close()
      await until(() => io.of('/').sockets.size === 0)
      server.emit.news('to all')
      server.to('red').emit.news('to a room')
      await until(() => news.length === 3)
      assert.ok(socket.recovered)
      assert.is(socket.id, id)
      assert.equal(await ask(socket, 'length', 'four'), [4])
      assert.is(codeOf((await ask(socket, 'length', 4)).at(0)), 'INVALID_INPUT', 'input is still checked')
      assert.is(errors.splice(0).length, 1)
      server.emit.news('last')
      await until(() => news.length === 4)

      assert.equal(
        news.map(([text]) => text),
        ['first', 'to all', 'to a room', 'last'],
      )
      // The offset that Socket.IO adds: a string behind the declared argument.
      assert.equal(
        news.map(args => [args.length, typeof args[1]]),
        Array.from({ length: 4 }, () => [2, 'string']),
      )
      assert.equal(visits, [
        [false, false, undefined],
        [true, true, 'Bob'],
      ])
    })
  })

  describe(`the client option retries over ${transport}`, it => {
    it('delivers each event once and in order, whatever the handler does with it', async context => {
      const { io, client } = await start(context)
      const server = attach(io, api)
      const errors = errorsOf(server, context)
      const heard: string[] = []
      server.on.note(({ input }) => {
        heard.push(input)
        if (input === 'throw') throw new Error('no')
      })
      server.on.length(async ({ input }) => {
        heard.push(input)
        return input === 'reject' ? Promise.reject(new Error('no')) : input.length
      })
      const socket = await client('/', { transports: [transport], retries: 3, ackTimeout: 1_000 })
      const replies: unknown[] = []
      const call = (input: unknown): void =>
        void socket.emit('length', input, (...all: unknown[]) => replies.push([all[0], codeOf(all[1]) ?? all[1]]))

      socket.emit('note', 'first')
      socket.emit('note', 'throw')
      socket.emit('note', 5)
      for (const input of ['four', 'reject', 5]) call(input)
      socket.emit('note', 'last')
      call('late')
      await until(() => replies.length === 4)

      assert.equal(heard, ['first', 'throw', 'four', 'reject', 'last', 'late'])
      assert.equal(replies, [
        [null, 4],
        [null, 'INTERNAL'],
        [null, 'INVALID_INPUT'],
        [null, 4],
      ])
      assert.equal(
        errors.splice(0).map(report => `${report.event} ${report.phase}`),
        ['note handler', 'note input', 'length handler', 'length input'],
      )
    })
  })

  if (transport === 'websocket') {
    describe('the msgpack parser', it => {
      it('decodes bytes that are not a Buffer as the contract says, too', async context => {
        const { io, client } = await start(context, { parser: msgpack })
        const server = attach(io, router({ size: event.input(Type.Uint8Array()).ack(Type.Integer()) }))
        server.on.size(({ input }) => (ArrayBuffer.isView(input) ? input.length : -1))
        const socket = await client('/', { parser: msgpack })
        assert.equal(await ask(socket, 'size', new Uint8Array(3)), [3])
      })
    })
  }

  for (const name of ['default', 'msgpack'] as const) {
    const options = name === 'default' ? {} : { parser: msgpack }
    // The msgpack parser makes an ArrayBuffer of a Uint8Array that is not a Buffer, of all the memory behind it.
    const bytesOf = name === 'default' ? Uint8Array.of.bind(Uint8Array) : Buffer.of.bind(Buffer)
    const Bytes = Type.Uint8Array({ maxByteLength: 4 })
    const Part = Type.Object({ name: Type.String(), parts: Type.Array(Bytes) })
    const binary = router({
      reverse: event.input(Type.String(), Bytes).ack(Bytes).errors({ EMPTY: Bytes }),
      join: event.input(Part).ack(Part),
      bytes: event.output(Bytes),
      parts: event.output(Part),
    })
    const bytesIn = (value: unknown): number[] => [...(value as Uint8Array)]

    describe(`the ${name} parser over ${transport}`, it => {
      it('transports bytes in inputs, outputs and acks, also inside objects', async context => {
        const { io, client } = await start(context, options)
        const server = attach(io, binary)
        const errors = errorsOf(server, context)
        server.on.reverse(({ input: [text, bytes], fail }) =>
          bytes.length === 0 ? fail('EMPTY', Buffer.from(text)) : bytesOf(...[...bytes].toReversed()),
        )
        server.on.join(({ input }) => ({ ...input, parts: [Buffer.concat(input.parts)] }))
        const socket = await client('/', { transports: [transport], ...options })
        const [reply] = await ask(socket, 'reverse', 'a', bytesOf(1, 2, 3))
        assert.ok(ArrayBuffer.isView(reply))
        assert.equal(bytesIn(reply), [3, 2, 1])
        assert.equal(bytesIn((await ask(socket, 'reverse', 'a', Buffer.of(4, 5))).at(0)), [5, 4])
        const [joined] = await ask(socket, 'join', { name: 'x', parts: [bytesOf(1), Buffer.of(2, 3)] })
        assert.equal(bytesIn((joined as { parts: unknown[] }).parts[0]), [1, 2, 3])

        const [failure] = await ask(socket, 'reverse', 'b', Buffer.alloc(0))
        const { code, data } = (failure as { $error: { code: string; data: unknown } }).$error
        assert.is(code, 'EMPTY')
        assert.equal(bytesIn(data), [98])

        const came: unknown[] = []
        socket.on('bytes', (bytes: unknown) => came.push(bytesIn(bytes)))
        socket.on('parts', (part: { parts: unknown[] }) => came.push(part.parts.map(bytesIn)))
        server.emit.bytes(bytesOf(7))
        server.emit.parts({ name: 'x', parts: [Buffer.of(8), bytesOf(9)] })
        await until(() => came.length === 2)
        assert.equal(came, [[7], [[8], [9]]])
        assert.equal(errors, [])
      })

      it('transports rejections: bytes of the wrong size or kind, and failures of all kinds', async context => {
        const { io, client } = await start(context, options)
        const server = attach(io, binary)
        const errors = errorsOf(server, context)
        server.on.reverse(() => Buffer.alloc(5))
        server.on.join(() => {
          throw new Error('no')
        })
        const socket = await client('/', { transports: [transport], ...options })
        const answer = async (...args: [string, ...unknown[]]) => codeOf((await ask(socket, ...args)).at(0))
        assert.is(await answer('reverse', 'a', Buffer.alloc(5)), 'INVALID_INPUT')
        assert.is(await answer('reverse', 'a', 'text'), 'INVALID_INPUT')
        assert.is(await answer('join', { name: 'x', parts: [Buffer.alloc(5)] }), 'INVALID_INPUT')
        assert.is(await answer('reverse', 'a', Buffer.alloc(4)), 'INTERNAL', 'the reply is too long')
        assert.is(await answer('join', { name: 'x', parts: [] }), 'INTERNAL')
        assert.throws(() => server.emit.bytes(Buffer.alloc(5)), /\/0 /)
        assert.equal(
          errors.splice(0).map(({ phase }) => phase),
          ['input', 'input', 'input', 'reply', 'handler'],
        )
      })
    })
  }
}

describe('the msgpack parser', it => {
  it('answers receipts, undeclared acks and asked outputs as the default one does', async context => {
    const { io, client } = await start(context, { parser: msgpack })
    const server = attach(io, api)
    errorsOf(server, context)
    server.on.note(() => {})
    server.on.length(async ({ emit }) => emit.asked(20))
    const socket = await client('/', { parser: msgpack })
    socket.on('asked', (value: number, ack: (answer: number) => void) => ack(value + 1))
    assert.equal(await ask(socket, 'note', 'x'), [])
    assert.equal(await ask(socket, 'length', 'x'), [21])
    assert.equal(await server.emit.asked(1), [2])
  })
})

describe('dynamic namespaces', it => {
  it('are bound again after cleanupEmptyChildNamespaces has removed them', async context => {
    const { io, client } = await start(context, { cleanupEmptyChildNamespaces: true })
    const games = router({
      '/game-{id}': router({ play: event.input(Type.Integer()).ack(Type.String()), won: event.output(Type.String()) }),
    })
    const server = attach(io, games)
    errorsOf(server, context)
    const seen: string[] = []
    io.on('new_namespace', ({ name }) => seen.push(`new ${name}`))
    const game = server.of('/game-{id}')
    game.on.connection(({ socket }) => seen.push(`+${socket.nsp.name}`))
    game.on.disconnect(({ socket }) => seen.push(`-${socket.nsp.name}`))
    game.on.play(({ input, socket }) => `${socket.nsp.name} ${input}`)

    for (const id of ['42', '7', '42']) {
      const socket = await client(`/game-${id}`)
      const won = new Promise(resolve => socket.once('won', resolve))
      assert.equal(await ask(socket, 'play', 1), [`/game-${id} 1`])
      game.emit.won('everyone')
      assert.is(await won, 'everyone')
      socket.disconnect()
      await until(() => seen.at(-1) === `-/game-${id}`)
    }
    assert.equal(
      seen,
      ['42', '7', '42'].flatMap(id => [`new /game-${id}`, `+/game-${id}`, `-/game-${id}`]),
    )
  })
})

describe('several namespaces', it => {
  it('share one connection, and each has its own events, sockets and end', async context => {
    const { io, client } = await start(context)
    const server = attach(io, api)
    errorsOf(server, context)
    const left: string[] = []
    const admin = server.of('/admin')
    server.on.length(({ input }) => input.length)
    admin.on.length(({ input }) => input.toUpperCase())
    server.on.disconnect(() => left.push('/'))
    admin.on.disconnect(() => left.push('/admin'))

    const root = await client()
    const inner = root.io.socket('/admin')
    context.defer(() => inner.disconnect())
    await connected(inner)
    assert.is(inner.io.engine, root.io.engine)
    assert.equal(await Promise.all([ask(root, 'length', 'ab'), ask(inner, 'length', 'ab')]), [[2], ['AB']])
    const came: unknown[] = []
    root.on('news', (news: unknown) => came.push(['/', news]))
    inner.on('news', (news: unknown) => came.push(['/admin', news]))
    server.emit.news('one')
    admin.emit.news(1)
    await until(() => came.length === 2)
    assert.equal(came, [
      ['/', 'one'],
      ['/admin', 1],
    ])

    inner.disconnect()
    await until(() => left.length === 1)
    assert.equal(await ask(root, 'length', 'abc'), [3])
    assert.equal(left, ['/admin'])
  })
})

for (const moment of ['before', 'after'] as const) {
  describe(`@socket.io/admin-ui, instrumented ${moment} attach,`, it => {
    it('watches connections and events, which are handled and answered all the same', async context => {
      const { io, client, open } = await start(context)
      const watch = () => instrument(io, { auth: false, namespaceName: '/watch', mode: 'development' })
      if (moment === 'before') watch()
      const server = attach(io, api)
      const errors = errorsOf(server, context)
      if (moment === 'after') watch()
      server.on.connection(({ socket }) => void (socket.data.name = 'Bob'))
      server.on.length(({ input, socket }) => input.length + socket.data.name.length)

      const reports: unknown[][] = []
      const admin = open('/watch')
      admin.onAny((...report: unknown[]) => reports.push(report))
      await connected(admin)
      const reportsOf = (name: string) => reports.filter(([event, nsp]) => event === name && nsp === '/')

      const socket = await client()
      const came = new Promise(resolve => socket.once('news', resolve))
      assert.equal(await ask(socket, 'length', 'ab'), [5])
      assert.is(codeOf((await ask(socket, 'length', 1)).at(0)), 'INVALID_INPUT')
      server.emit.news('hello')
      assert.is(await came, 'hello')
      admin.emit('emit', '/', undefined, 'news', 'from the admin')
      assert.is(await new Promise(resolve => socket.once('news', resolve)), 'from the admin')
      await until(() => reportsOf('event_received').length === 2)
      assert.equal(
        reportsOf('event_received').map(report => report[3]),
        [
          ['length', 'ab'],
          ['length', 1],
        ],
      )
      assert.ok(reports.some(([event]) => event === 'socket_connected'))
      assert.is(errors.splice(0).length, 1)
    })
  })
}

describe('middleware of the application', it => {
  it('by io.use runs before the connection is announced, whether it was added before or after attach, and can refuse it', async context => {
    const { io, client } = await start(context)
    const order: string[] = []
    io.use((_socket, next) => {
      order.push('use before attach')
      next()
    })
    io.on('connection', () => order.push('io.on before attach'))
    const server = attach(io, api)
    errorsOf(server, context)
    io.use((socket, next) => {
      order.push('use after attach')
      next(socket.handshake.auth['refuse'] === true ? new Error('refused') : undefined)
    })
    io.on('connection', () => order.push('io.on after attach'))
    server.on.connection(() => order.push('server.on.connection'))
    await client()
    assert.equal(order.splice(0), [
      'use before attach',
      'use after attach',
      'io.on before attach',
      'server.on.connection',
      'io.on after attach',
    ])
    const refused = await client('/', { auth: { refuse: true } }).catch((error: Error) => error.message)
    assert.is(refused, 'refused')
    assert.equal(order, ['use before attach', 'use after attach'])
  })

  it('by socket.use runs before the check if it is added before attach, and after it, for plain listeners alone, if it is added later', async context => {
    const { io, client } = await start(context)
    const seen: unknown[][] = []
    io.on('connection', socket => {
      socket.use(([name, first], next) => {
        seen.push(['before', name, first])
        next()
      })
    })
    const server = attach(io, api)
    const errors = errorsOf(server, context)
    io.on('connection', socket => {
      socket.use(([name, first], next) => {
        seen.push(['after', name, first])
        next()
      })
      socket.on('note', (text: string) => seen.push(['listener', 'note', text]))
      socket.on('other', (ack: () => void) => ack())
    })
    server.on.length(({ input }) => input.length)

    const socket = await client()
    await ask(socket, 'length', 'handled')
    await ask(socket, 'length', 0)
    socket.emit('note', 'guarded')
    await until(() => seen.length === 5)
    await ask(socket, 'other')
    assert.equal(
      seen.map(([when, name, first]) => [when, name, typeof first === 'function' ? 'ack' : first]),
      [
        ['before', 'length', 'handled'],
        ['before', 'length', 0],
        ['before', 'note', 'guarded'],
        ['after', 'note', 'guarded'],
        ['listener', 'note', 'guarded'],
        ['before', 'other', 'ack'],
        ['after', 'other', 'ack'],
      ],
    )
    assert.is(errors.splice(0).length, 1)
  })

  it('by socket.use that was added before attach can change what is checked, and can stop it', async context => {
    const { io, client } = await start(context)
    io.on('connection', socket => {
      socket.use((packet, next) => {
        const ack: unknown = packet.at(-1)
        if (packet[1] === 'stop' && typeof ack === 'function') return void ack('stopped')
        if (typeof packet[1] === 'number') packet[1] = String(packet[1])
        next()
      })
    })
    const server = attach(io, api)
    errorsOf(server, context)
    server.on.length(({ input }) => input.length)
    const socket = await client()
    assert.equal(await ask(socket, 'length', 12345), [5])
    assert.equal(await ask(socket, 'length', 'stop'), ['stopped'])
  })
})

describe('catch-all listeners', it => {
  it('get every event with its ack, also invalid and handled ones, and every output', async context => {
    const { io, client } = await start(context)
    const server = attach(io, api)
    const errors = errorsOf(server, context)
    const seen: unknown[][] = []
    const sent: unknown[][] = []
    io.on('connection', socket => {
      socket.onAny((...args: unknown[]) => seen.push(args.map(arg => (typeof arg === 'function' ? 'ack' : arg))))
      socket.onAnyOutgoing((...args: unknown[]) => sent.push(args))
    })
    server.on.length(({ input, emit }) => {
      emit.news(input)
      return input.length
    })
    const socket = await client()
    await ask(socket, 'length', 'ab')
    await ask(socket, 'length', 1)
    server.emit.news('all')
    await until(() => sent.length === 2)
    assert.equal(seen, [
      ['length', 'ab', 'ack'],
      ['length', 1, 'ack'],
    ])
    assert.equal(sent, [
      ['news', 'ab'],
      ['news', 'all'],
    ])
    assert.is(errors.splice(0).length, 1)
  })
})
