import type { Duplex, Writable } from 'node:stream'
import { createClient, type ClientOptions, type EventError } from '@ackwire/client'
import { event, router } from '@ackwire/core'
import { Type } from '@sinclair/typebox'
import { io as connect, type Socket } from 'socket.io-client'
import * as assert from 'uvu/assert'
import { describe, type TestContext } from '../../../test/harness.js'
import { serve, until, type ServeOptions } from '../../core/test/serve.js'
import { websocketOf } from '../src/node/socket-io-internals.js'
import { framesIn } from './frames.js'

const api = router({
  add: event.input(Type.Integer()).ack(Type.Integer()),
  bytes: event.input(Type.Uint8Array()),
  fill: event.input(Type.String()),
  move: event.input(Type.Integer()),
})

const WAYS = {
  'a websocket from the start': ['websocket'],
  'a websocket after an upgrade': ['polling', 'websocket'],
  polling: ['polling'],
}
type Way = keyof typeof WAYS
const WEBSOCKETS = ['a websocket from the start', 'a websocket after an upgrade'] as const

const pair = async (
  context: TestContext,
  way: Way = 'a websocket from the start',
  { io, ...options }: Partial<ClientOptions<undefined>> & Pick<ServeOptions, 'io'> = {},
) => {
  const served = await serve(api, context, io === undefined ? {} : { io })
  /** The names and inputs of what the server has received, in its order. */
  const received: unknown[] = []
  served.server.on.add(({ input }) => (received.push(input), input + 1))
  served.server.on.bytes(({ input }) => void received.push(Array.from(input)))
  served.server.on.fill(({ input }) => void received.push(input.length))
  served.server.on.move(({ input }) => void received.push(input))
  const client = createClient<typeof api>(served.url, { transports: WAYS[way], forceNew: true, ...options })
  context.defer(() => client.close())
  await client.once.connect()
  await until(() => client.socket.io.engine.transport.name === WAYS[way].at(-1))
  await settled(client.socket)
  return { ...served, client, socket: client.socket, received }
}

/** Waits until every packet has been handed over. */
const settled = ({ io }: Socket): Promise<void> =>
  until(() => io.engine.writeBuffer.length === 0 && io.engine.transport.writable)

const tcpOf = ({ io }: Socket): Writable => {
  const { tcp } = websocketOf(io.engine.transport) ?? {}
  if (tcp === undefined) throw new Error('expected a TCP socket')
  return tcp
}

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

const numbers = (count: number): number[] => Array.from({ length: count }, (_, at) => at)

/** Returns how many writes 64 calls of one tick take. */
const writesOfCalls = async (made: Awaited<ReturnType<typeof pair>>): Promise<number> => {
  const writes = countWrites(tcpOf(made.socket))
  const replies = await Promise.all(numbers(64).map(at => made.client.emit.add(at)))
  assert.equal(
    replies,
    numbers(64).map(at => at + 1),
  )
  return writes.count
}

describe('the coalesced writes of a client on Node', it => {
  for (const way of WEBSOCKETS) {
    it(`take two calls for all that is called in one tick over ${way}`, async context => {
      assert.is(await writesOfCalls(await pair(context, way)), 2)
    })

    it(`are one each over ${way} with coalesceWrites: false`, async context => {
      assert.is(await writesOfCalls(await pair(context, way, { coalesceWrites: false })), 64)
    })
  }

  it('are those of an existing socket, too, unless it turns them off', async context => {
    const { url, received } = await pair(context)
    for (const [coalesceWrites, writes] of [
      [false, 64],
      [true, 2],
    ] as const) {
      const socket = connect(url, { transports: ['websocket'], forceNew: true })
      context.defer(() => socket.disconnect())
      const client = createClient<typeof api>(socket, { coalesceWrites })
      await client.once.connect()
      await settled(socket)
      assert.is(await writesOfCalls({ client, socket, received } as Awaited<ReturnType<typeof pair>>), writes)
      const second = createClient<typeof api>(socket)
      assert.is(await writesOfCalls({ client: second, socket, received } as Awaited<ReturnType<typeof pair>>), 2)
    }
  })

  it('go on after a reconnection', async context => {
    const made = await pair(context, 'a websocket after an upgrade', { reconnectionDelay: 1 })
    const lost = made.client.once.disconnect()
    made.socket.io.engine.close()
    await lost
    await made.client.once.connect()
    await until(() => made.socket.io.engine.transport.name === 'websocket')
    await settled(made.socket)
    assert.is(await writesOfCalls(made), 2)
  })

  for (const way of Object.keys(WAYS) as Way[]) {
    it(`keep the order of calls and bytes over ${way}`, async context => {
      const { client, socket, received } = await pair(context, way)
      const replies = numbers(40).map(at => {
        client.emit.bytes(new Uint8Array([at, 1]))
        client.emit.fill('ä'.repeat(at))
        return client.emit.add(at)
      })
      await Promise.all(replies)
      assert.equal(
        received,
        numbers(40).flatMap(at => [[at, 1], at, at]),
      )
      if (way !== 'polling') assert.is(tcpOf(socket).writableCorked, 0)
    })

    it(`send the same volatile events as without over ${way}`, async context => {
      const got: unknown[] = []
      for (const coalesceWrites of [false, true]) {
        const { client, received } = await pair(context, way, { coalesceWrites })
        for (const at of numbers(5)) client.volatile.emit.move(at)
        for (const at of numbers(5)) client.emit.move(10 + at)
        client.volatile.emit.move(20)
        await client.emit.add(30)
        got.push(received)
      }
      const [without, coalesced] = got
      assert.equal(coalesced, without)
      assert.equal(coalesced, [0, 10, 11, 12, 13, 14, 30])
    })
  }

  it('change no byte but the masks, which are random', async context => {
    const streams: string[][] = []
    for (const coalesceWrites of [false, true]) {
      const { client, socket, io } = await pair(context, 'a websocket from the start', { coalesceWrites })
      const [connected] = io.sockets.sockets.values()
      const tcp = Reflect.get(Object(Reflect.get(Object(connected?.conn.transport), 'socket')), '_socket') as Duplex
      const chunks: Buffer[] = []
      // A copy, before the server's websocket unmasks it in place.
      tcp.prependListener('data', (chunk: Buffer) => chunks.push(Buffer.from(chunk)))
      for (const at of numbers(20)) {
        client.volatile.emit.move(at)
        socket.emit('bytes', new Uint8Array(at * 40))
        socket.emit('fill', 'ä€'.repeat(at * 2_000))
      }
      await settled(socket)
      // Around the lengths at which the header of a frame changes.
      for (const length of [...numbers(130), 21_830, 65_500, 65_510, 65_520, 65_530]) {
        for (const unit of ['x', 'é', '🙂', '\ud800', '"\u2028']) socket.emit('fill', unit.repeat(length))
        await settled(socket)
      }
      await client.emit.add(1)
      const frames = framesIn(Buffer.concat(chunks))
      streams.push(frames.map(({ head, data }) => `${head} ${data.toString('base64')}`))
      assert.ok(new Set(frames.map(({ mask }) => mask)).size > frames.length - 5)
    }
    const [without, coalesced] = streams
    assert.ok(Number(coalesced?.length) > 700)
    assert.is(coalesced?.length, without?.length)
    // Not compared as a whole, since the difference would be printed in megabytes.
    assert.is(
      coalesced?.findIndex((frame, at) => frame !== without?.[at]),
      -1,
    )
  })

  for (const threshold of [0, 1024])
    it(`arrive in order when packets of more than ${threshold} bytes are compressed`, async context => {
      const compressed = { threshold, serverNoContextTakeover: true }
      const { client, socket, received } = await pair(context, 'a websocket from the start', {
        io: { perMessageDeflate: compressed },
        perMessageDeflate: { threshold },
      })
      assert.is(websocketOf(socket.io.engine.transport)?.extensions, 'permessage-deflate')
      for (const at of numbers(50)) {
        client.volatile.emit.move(-1)
        client.emit.fill(`${at}`.repeat(at % 5 === 0 ? 2_000 : 1))
        client.emit.bytes(new Uint8Array([at]))
      }
      await client.emit.add(1_000)
      const expected = numbers(50).flatMap(at => [`${at}`.length * (at % 5 === 0 ? 2_000 : 1), [at]])
      assert.equal(
        received.filter(each => each !== -1),
        [...expected, 1_000],
      )
      assert.is(tcpOf(socket).writableCorked, 0)
    })

  it('leave bufferedAmount and drain as they are', async context => {
    const seen: unknown[] = []
    for (const coalesceWrites of [false, true]) {
      const { client, socket, received } = await pair(context, 'a websocket from the start', { coalesceWrites })
      const { engine } = socket.io
      const websocket = Object(Reflect.get(engine.transport, 'ws'))
      const tcp = tcpOf(socket)
      let drains = 0
      engine.on('drain', () => drains++)
      tcp.cork()
      for (const _ of numbers(20)) client.volatile.emit.move(1)
      for (const _ of numbers(20)) socket.emit('fill', 'x'.repeat(10_000))
      await settled(socket)
      const isBuffered = Number(Reflect.get(websocket, 'bufferedAmount')) > 200_000
      tcp.uncork()
      await until(() => received.length === 21)
      await until(() => Reflect.get(websocket, 'bufferedAmount') === 0)
      seen.push([isBuffered, drains, tcp.writableCorked, tcp.writableNeedDrain])
    }
    const [without, coalesced] = seen
    assert.equal(coalesced, without)
    assert.equal(coalesced, [true, 1, 0, false])
  })

  for (const [end, act] of [
    ['is closed', ({ io }: Socket) => io.engine.close()],
    ['is destroyed', (socket: Socket) => tcpOf(socket).destroy()],
    ['fails', (socket: Socket) => tcpOf(socket).destroy(new Error('broken'))],
  ] as const)
    it(`end the calls of a connection that ${end} in the middle of a flush`, async context => {
      const { client, socket } = await pair(context, 'a websocket from the start', { reconnectionDelay: 1 })
      const tcp = tcpOf(socket)
      const { _write: write } = tcp
      const lost = client.once.disconnect()
      let writes = 0
      Object.assign(tcp, {
        _writev: null,
        _write: (...args: Parameters<typeof write>) => {
          if (++writes === 2) act(socket)
          write.apply(tcp, args)
        },
      })
      const calls = numbers(64).map(at => client.emit.add(at).catch((error: EventError) => error.code))
      for (const at of numbers(20)) client.emit.bytes(new Uint8Array([at]))
      await lost
      const outcomes = await Promise.all(calls)
      for (const [at, outcome] of outcomes.entries()) assert.ok(outcome === 'DISCONNECTED' || outcome === at + 1)
      assert.is(tcp.writableCorked, 0)
      await until(() => socket.connected)
      assert.is(await client.emit.add(1), 2)
    })

  it('send nothing once the websocket is closing', async context => {
    const { client, socket } = await pair(context, 'a websocket from the start', { reconnection: false })
    const tcp = tcpOf(socket)
    const lost = client.once.disconnect()
    const { ws } = socket.io.engine.transport as unknown as { readonly ws: { close(): void } }
    ws.close()
    const writes: unknown[] = []
    Object.assign(tcp, { write: (chunk: unknown) => writes.push(chunk) })
    for (const at of numbers(5)) client.volatile.emit.move(at)
    for (const at of numbers(5)) socket.emit('move', at)
    await until(() => socket.io.engine.writeBuffer.length === 0)
    assert.equal(writes, [])
    tcp.destroy()
    await lost
  })
})
