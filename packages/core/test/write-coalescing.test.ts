import { createServer, type Server as HttpServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Duplex, Writable } from 'node:stream'
import { event, router } from '@ackwire/core'
import { attach, type AttachOptions } from '@ackwire/core/server'
import { Type } from '@sinclair/typebox'
import type { Server, Socket } from 'socket.io'
import { io as connect, type ManagerOptions, type Socket as ClientSocket, type SocketOptions } from 'socket.io-client'
import * as assert from 'uvu/assert'
import { WebSocket } from 'ws'
import { describe, type TestContext } from '../../../test/harness.js'
import { saying } from '../../../test/saying.js'
import { tcpSocketOf } from '../src/server/socket-io-internals.js'
import { serve, until, type ServeOptions } from './serve.js'

const api = router({
  item: event.output(Type.Integer()),
  bytes: event.output(Type.Integer(), Type.Uint8Array()),
  fill: event.output(Type.String()),
  settled: event.output(),
  add: event.input(Type.Integer()).ack(Type.Integer()),
})

/** The way in which a client gets to its transport. */
const WAYS = {
  'a websocket from the start': { transports: ['websocket'] },
  'a websocket after an upgrade': { transports: ['polling', 'websocket'] },
  polling: { transports: ['polling'] },
} as const satisfies Readonly<Record<string, Partial<ManagerOptions & SocketOptions>>>
type Way = keyof typeof WAYS
const WEBSOCKETS = ['a websocket from the start', 'a websocket after an upgrade'] as const

/** A server with the contract, and one client of it. */
interface Pair {
  readonly io: Server
  readonly server: Awaited<ReturnType<typeof serve<typeof api>>>['server']
  readonly client: ClientSocket
  /** The server's socket of the client. */
  readonly socket: Socket
  /** The packets that the client has received, each as `[event, ...args]`, with bytes as arrays. */
  readonly received: unknown[][]
  connect(): Promise<ClientSocket>
}

const pair = async (context: TestContext, way: Way, options: ServeOptions = {}): Promise<Pair> => {
  const { io, server, client: connect } = await serve(api, context, options)
  const client = await connect('/', WAYS[way])
  const [socket] = [...io.sockets.sockets.values()] as [Socket]
  await until(() => socket.conn.transport.name === WAYS[way].transports.at(-1))
  const received: unknown[][] = []
  client.onAny((...args: unknown[]) =>
    received.push(args.map(arg => (arg instanceof Uint8Array ? Array.from(arg) : arg))),
  )
  return { io, server, client, socket, received, connect: () => connect('/', WAYS[way]) }
}

/** Waits until what was sent before has arrived, and every write been called back. */
const settled = async ({ server, client, socket }: Pair): Promise<void> => {
  const arrived = new Promise(resolve => client.once('settled', resolve))
  server.emit.settled()
  await arrived
  await until(() => socket.conn.transport.writable)
}

const tcpOf = ({ conn }: Socket): Writable => {
  const tcp = tcpSocketOf(conn.transport)
  if (tcp === undefined) throw new Error('expected a TCP socket')
  return tcp
}

const httpOf = (io: Server): HttpServer => Reflect.get(io, 'httpServer') as HttpServer

/** Counts the writes of a stream, each of which is a system call. */
const countWrites = (stream: Writable): { count: number } => {
  const writes = { count: 0 }
  const { _write: write, _writev: writev } = stream
  Object.assign(stream, {
    _write: (...args: Parameters<typeof write>) => (writes.count++, write.apply(stream, args)),
    _writev: (...args: Parameters<NonNullable<typeof writev>>) => (writes.count++, writev?.apply(stream, args)),
  })
  return writes
}

/** Sends packets that Engine.IO hands over in two parts, the second of which is corked, since it has bytes. */
const sendBytes = (socket: Socket): void => {
  for (const at of numbers(3)) socket.emit('bytes', at, new Uint8Array([at]))
}

/** Records how often the socket is corked while Engine.IO hands packets over. */
const recordCorks = (socket: Socket): number[] => {
  const corks: number[] = []
  socket.conn.on('drain', () => corks.push(tcpOf(socket).writableCorked))
  return corks
}

const increment = (of: number): number => of + 1

const numbers = (count: number): number[] => Array.from({ length: count }, (_, at) => at)
const itemsOf = (received: readonly unknown[][]): unknown[] =>
  received.filter(([name]) => name === 'item').map(([, item]) => item)

describe('coalesced writes', it => {
  for (const way of WEBSOCKETS) {
    it(`write the outputs of one tick by two calls over ${way}`, async context => {
      const both = await pair(context, way)
      const writes = countWrites(tcpOf(both.socket))
      for (const at of numbers(64)) both.server.emit.item(at)
      await until(() => both.received.length === 64)
      assert.equal(itemsOf(both.received), numbers(64))
      assert.is(writes.count, 2)
    })

    it(`write each output by itself over ${way} with coalesceWrites: false`, async context => {
      const both = await pair(context, way, { coalesceWrites: false })
      const writes = countWrites(tcpOf(both.socket))
      for (const at of numbers(64)) both.server.emit.item(at)
      await until(() => both.received.length === 64)
      assert.is(writes.count, 64)
    })

    it(`write the acks of calls that arrive together by two calls over ${way}`, async context => {
      const both = await pair(context, way)
      both.server.on.add(({ input }) => increment(input))
      const writes = countWrites(tcpOf(both.socket))
      const calls = numbers(64).map(at => both.client.emitWithAck('add', at))
      assert.equal(await Promise.all(calls), numbers(64).map(increment))
      // The client writes the first call by itself, and its others may arrive in several pieces.
      assert.ok(writes.count < 32, `${writes.count} writes`)
    })
  }

  for (const way of Object.keys(WAYS) as Way[]) {
    it(`keep the order of outputs, bytes and acks over ${way}`, async context => {
      const both = await pair(context, way)
      both.server.on.add(({ input, emit }) => {
        emit.item(input)
        emit.bytes(input, new Uint8Array([input, 1, 2]))
        return input + 1
      })
      for (const at of numbers(40)) both.client.emit('add', at, (sum: unknown) => both.received.push(['ack', sum]))
      await until(() => both.received.length === 120)
      assert.equal(
        both.received,
        numbers(40).flatMap(at => [
          ['item', at],
          ['bytes', at, [at, 1, 2]],
          ['ack', at + 1],
        ]),
      )
      await settled(both)
      if (way !== 'polling') assert.is(tcpOf(both.socket).writableCorked, 0)
    })

    it(`send the same volatile outputs as without over ${way}`, async context => {
      const got: unknown[] = []
      for (const coalesceWrites of [false, true]) {
        const both = await pair(context, way, { coalesceWrites })
        await settled(both)
        await until(() => both.socket.conn.transport.writable)
        for (const at of numbers(5)) both.server.volatile.emit.item(at)
        for (const at of numbers(5)) both.server.emit.item(10 + at)
        both.server.volatile.emit.item(20)
        await settled(both)
        got.push(itemsOf(both.received))
      }
      const [without, coalesced] = got
      assert.equal(coalesced, without)
      assert.equal(coalesced, [0, 10, 11, 12, 13, 14])
    })

    it(`send all before a close over ${way}`, async context => {
      const both = await pair(context, way)
      let begun = 0
      let release = (): void => {}
      const released = new Promise<void>(resolve => (release = resolve))
      both.server.on.add(async ({ input, emit }) => {
        begun++
        await released
        emit.item(input)
        return input + 1
      })
      const calls = numbers(64).map(at => both.client.emitWithAck('add', at))
      await until(() => begun === 64)
      const closed = both.server.close({ drain: 60_000 })
      release()
      await closed
      await both.io.close()
      assert.equal(await Promise.all(calls), numbers(64).map(increment))
      assert.equal(itemsOf(both.received), numbers(64))
    })
  }

  it('change no byte', async context => {
    const streams: string[] = []
    for (const coalesceWrites of [false, true]) {
      const both = await pair(context, 'a websocket from the start', { coalesceWrites })
      await settled(both)
      const chunks: Buffer[] = []
      const tcp = Reflect.get(Object(Reflect.get(both.client.io.engine.transport, 'ws')), '_socket') as Duplex
      tcp.on('data', (chunk: Buffer) => chunks.push(chunk))
      for (const at of numbers(20)) {
        both.server.emit.item(at)
        both.server.emit.bytes(at, new Uint8Array(at * 40))
        both.server.emit.fill('ä€'.repeat(at * 2_000))
      }
      await settled(both)
      // Around the lengths at which the header of a frame changes, and without a broadcast, which is framed once for all.
      for (const length of [...numbers(130), 21_830, 65_500, 65_510, 65_520, 65_530]) {
        for (const unit of ['x', 'é', '🙂', '\ud800', '"\u2028']) both.socket.emit('fill', unit.repeat(length))
        await settled(both)
      }
      streams.push(Buffer.concat(chunks).toString('hex'))
    }
    const [without, coalesced] = streams
    assert.ok(Number(coalesced?.length) > 1_000_000)
    assert.ok(coalesced === without)
  })

  it('send the same to a client of version 3 of the protocol', async context => {
    const sent: unknown[] = []
    for (const coalesceWrites of [false, true]) {
      const { io, url, server } = await serve(api, context, { coalesceWrites, io: { allowEIO3: true } })
      const client = new WebSocket(`${url.replace('http', 'ws')}/socket.io/?EIO=3&transport=websocket`)
      context.defer(() => client.close())
      const messages: string[] = []
      client.on('message', (data: Buffer, isBinary) => messages.push(`${isBinary} ${data.toString('latin1')}`))
      await until(() => io.sockets.sockets.size === 1)
      for (const at of numbers(9)) {
        server.emit.item(at)
        server.emit.bytes(at, new Uint8Array([at]))
        server.emit.fill('ä€')
      }
      // Those with bytes are two messages each, and the handshake is two.
      await until(() => messages.length === 2 + 9 * 4)
      sent.push(messages.slice(1))
    }
    const [without, coalesced] = sent
    assert.equal(coalesced, without)
  })

  it('send nothing once the websocket is closing', async context => {
    const both = await pair(context, 'a websocket from the start')
    const websocket = Reflect.get(both.socket.conn.transport, 'socket') as WebSocket
    const writes: Buffer[] = []
    const gone = new Promise(resolve => both.socket.once('disconnect', resolve))
    websocket.close()
    Object.assign(tcpOf(both.socket), { write: (chunk: Buffer) => writes.push(chunk) })
    for (const at of numbers(5)) both.socket.emit('item', at)
    assert.equal(writes, [])
    await gone
  })

  for (const threshold of [0, 1024]) {
    it(`arrive in order when packets of more than ${threshold} bytes are compressed`, async context => {
      const perMessageDeflate = { threshold, serverNoContextTakeover: true }
      const both = await pair(context, 'a websocket from the start', { io: { perMessageDeflate } })
      for (const at of numbers(50)) {
        both.server.emit.item(at)
        if (at % 5 === 0) both.server.emit.fill(`${at}`.repeat(2_000))
        both.server.emit.bytes(at, new Uint8Array(at % 7 === 0 ? 5_000 : 5))
      }
      await settled(both)
      const names = numbers(50).flatMap(at => (at % 5 === 0 ? ['item', 'fill', 'bytes'] : ['item', 'bytes']))
      assert.equal(
        both.received.map(([name]) => name),
        [...names, 'settled'],
      )
      assert.equal(itemsOf(both.received), numbers(50))
      assert.is(tcpOf(both.socket).writableCorked, 0)
    })
  }

  it('leave bufferedAmount and drain as they are', async context => {
    const amounts: unknown[] = []
    for (const coalesceWrites of [false, true]) {
      const both = await pair(context, 'a websocket from the start', { coalesceWrites })
      const websocket: unknown = Reflect.get(both.socket.conn.transport, 'socket')
      const bufferedAmount = (): number => Number(Reflect.get(Object(websocket), 'bufferedAmount'))
      const seen: unknown[] = []
      both.client.io.engine.transport.pause?.(() => {})
      const tcp = tcpOf(both.socket)
      tcp.cork()
      tcp.on('drain', () => seen.push('drain'))
      for (const at of numbers(4)) both.server.emit.fill(String(at).repeat(100_000))
      seen.push(bufferedAmount() > 100_000)
      tcp.uncork()
      await until(() => both.received.length === 4)
      await until(() => bufferedAmount() === 0)
      seen.push(tcp.writableCorked, tcp.writableNeedDrain)
      amounts.push(seen.filter(each => each !== 'drain'))
      assert.ok(seen.includes('drain'))
    }
    const [without, coalesced] = amounts
    assert.equal(coalesced, without)
    assert.equal(coalesced, [true, 0, false])
  })
})

describe('the coalescing of writes', it => {
  it('finds the TCP socket of an upgraded connection', async context => {
    const { io, client } = await serve(api, context)
    const upgraded: unknown[] = []
    httpOf(io).on('upgrade', (_: unknown, socket: unknown) => upgraded.push(socket))
    await client('/', WAYS['a websocket after an upgrade'])
    const [socket] = [...io.sockets.sockets.values()] as [Socket]
    await until(() => socket.conn.transport.name === 'websocket')
    assert.is(tcpSocketOf(socket.conn.transport), upgraded[0])
  })

  it('leaves transports without a TCP socket alone', async context => {
    const { socket } = await pair(context, 'polling')
    assert.is(tcpSocketOf(socket.conn.transport), undefined)
    for (const raw of [undefined, {}, { _socket: null }, { _socket: {} }, { _socket: { cork: () => {} } }])
      assert.is(tcpSocketOf(Object.assign(Object.create(socket.conn.transport), { socket: raw })), undefined)
  })

  it('corks once with two bindings, until both are detached', async context => {
    const both = await pair(context, 'a websocket from the start')
    const options: AttachOptions = { coalesceWrites: true }
    const second = attach(both.io, router({ '/other': router({}) }), options)
    await both.connect()
    const corks = recordCorks(both.socket)
    const send = async (): Promise<number[]> => {
      corks.length = 0
      sendBytes(both.socket)
      await until(() => corks.length === 2)
      return [...corks]
    }
    assert.equal(await send(), [0, 1])
    second.detach()
    second.detach()
    assert.equal(await send(), [0, 1])
    both.server.detach()
    assert.equal(await send(), [0, 0])
  })

  it('works for each HTTP server of an io', async context => {
    const both = await pair(context, 'a websocket from the start')
    const [first, second] = [httpOf(both.io), createServer()]
    both.io.attach(second)
    context.defer(() => first.close())
    await new Promise<void>(resolve => second.listen(0, '127.0.0.1', resolve))
    const url = `http://127.0.0.1:${(second.address() as AddressInfo).port}`
    const other = connect(url, { ...WAYS['a websocket from the start'], forceNew: true })
    context.defer(() => other.disconnect())
    await until(() => both.io.sockets.sockets.size === 2)
    for (const socket of both.io.sockets.sockets.values()) {
      const corks = recordCorks(socket)
      sendBytes(socket)
      await until(() => corks.length === 2)
      assert.equal(corks, [0, 1])
    }
  })

  it('leaves no socket corked when a listener throws', async context => {
    const both = await pair(context, 'a websocket from the start')
    const { conn } = both.socket
    await settled(both)
    conn.transport.writable = false
    sendBytes(both.socket)
    conn.once('drain', () => {
      throw new Error('thrown by a listener')
    })
    conn.transport.writable = true
    assert.throws(() => conn.transport.emit('ready'), saying('thrown by a listener'))
    await until(() => both.received.filter(([name]) => name === 'bytes').length === 3)
    assert.is(tcpOf(both.socket).writableCorked, 0)
  })

  for (const [end, act] of [
    ['is disconnected', (socket: Socket) => socket.disconnect(true)],
    ['is destroyed', ({ conn }: Socket) => tcpSocketOf(conn.transport)?.destroy()],
    ['fails', ({ conn }: Socket) => tcpSocketOf(conn.transport)?.destroy(new Error('broken'))],
  ] as const)
    it(`survives a socket that ${end} while it is corked`, async context => {
      const both = await pair(context, 'a websocket from the start')
      both.server.on.add(({ input }) => increment(input))
      const other = await both.connect()
      const tcp = tcpOf(both.socket)
      let flushes = 0
      both.socket.conn.on('flush', () => {
        if (++flushes === 2) act(both.socket)
      })
      const gone = new Promise(resolve => both.client.once('disconnect', resolve))
      for (const at of numbers(50)) both.socket.emit('bytes', at, new Uint8Array(3))
      await gone
      await until(() => tcp.destroyed)
      assert.is(tcp.writableCorked, 0)
      assert.is(await other.emitWithAck('add', 1), 2)
    })

  it('survives a client that breaks the connection while much is sent to it', async context => {
    const both = await pair(context, 'a websocket from the start')
    both.server.on.add(({ input }) => increment(input))
    const other = await both.connect()
    const tcp = tcpOf(both.socket)
    const clientTcp: unknown = Reflect.get(Object(Reflect.get(both.client.io.engine.transport, 'ws')), '_socket')
    const left = new Promise(resolve => both.socket.once('disconnect', resolve))
    both.client.once('item', () => (clientTcp as { resetAndDestroy(): void }).resetAndDestroy())
    while (both.socket.connected) {
      for (const at of numbers(50)) both.socket.emit('item', at, 'x'.repeat(10_000))
      await new Promise(resolve => setImmediate(resolve))
    }
    await left
    assert.equal([tcp.destroyed, tcp.writableCorked], [true, 0])
    assert.is(await other.emitWithAck('add', 1), 2)
  })
})
