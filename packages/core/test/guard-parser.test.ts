import { event, router } from '@ackwire/core'
import { guard, type GuardOptions, type Parser } from '@ackwire/core/server'
import { Type } from '@sinclair/typebox'
import type { Socket } from 'socket.io-client'
import * as msgpack from 'socket.io-msgpack-parser'
import * as standard from 'socket.io-parser'
import * as assert from 'uvu/assert'
import { describe, type TestContext } from '../../../test/harness.js'
import { ask, serve, TRANSPORTS, until, type Transport } from './serve.js'

const api = router({
  take: event.input().rest(Type.Any()).ack(),
  '/other': router({ take: event.input().ack() }),
})

/** An object of `depth` arrays and objects in one another. */
const deep = (depth: number): object => {
  let value: unknown = depth % 2 === 0 ? [] : {}
  for (let left = depth - 1; left > 0; left--) value = left % 2 === 0 ? [value] : { a: value }
  return Object(value)
}

/** An object of `count` values, itself among them. */
const wide = (count: number): object => ({ list: Array.from({ length: count - 2 }, () => 0) })

/** An object with an own property `__proto__`, as JSON makes it. */
const withProto = (value: unknown, others: object = {}): object =>
  Object.defineProperty({ ...others }, '__proto__', { value, enumerable: true })

const some = (count: number): number[] => Array.from({ length: count }, () => 0)

interface Case {
  readonly title: string
  /** The largest that passes. */
  readonly most: number
  readonly refused: string
}

interface PacketCase extends Case {
  /** An event of that size. */
  readonly packet: (size: number) => [name: string, ...args: unknown[]]
}

interface ValueCase extends Case {
  /** A value of that size. */
  readonly value: (size: number) => object
}

const VALUES: readonly ValueCase[] = [
  { title: 'a depth', most: 128, refused: 'values that are nested at most 128 deep', value: deep },
  { title: 'a number of values', most: 100_000, refused: 'at most 100000 values', value: wide },
]
const PACKETS: readonly PacketCase[] = [
  ...VALUES.map(({ value, ...rest }): PacketCase => ({ ...rest, packet: size => ['take', value(size)] })),
  {
    title: 'a number of arguments',
    most: 64,
    refused: 'at most 64 arguments',
    packet: count => ['take', ...some(count)],
  },
  {
    title: 'the length of a name',
    most: 256,
    refused: 'an event name of at most 256 characters',
    packet: length => ['n'.repeat(length)],
  },
]

interface Style {
  readonly name: string
  readonly parser: Parser
  /** Packets that no client sends, each with the reason that it is refused for; without one where the parser itself refuses it. */
  readonly raw: readonly (readonly [title: string, packet: string | Buffer, refused?: string])[]
}

const NOT_A_TEXT = 'an event name that is a string, got'
const packed = (...data: unknown[]): Buffer => {
  // Its types say otherwise, but the encoder returns a list of one.
  const [packet]: Iterable<Buffer> = Object.values(new msgpack.Encoder().encode({ type: 2, nsp: '/', data }))
  return packet!
}
const packedDeep = (depth: number): Buffer => {
  const zero = packed('take', 0)
  return Buffer.concat([zero.subarray(0, -1), Buffer.alloc(depth, 0x91), Buffer.of(0)])
}

const STYLES: readonly Style[] = [
  {
    name: 'the default parser',
    parser: standard,
    raw: [
      ['a name that is a number', '2[1,2]', `${NOT_A_TEXT} number`],
      ['a name that is null', '2[null]'],
      ['no name', '2[]'],
      ['no data', '2', 'an event with a name'],
      ['a name of 100 kB', `2["${'n'.repeat(100_000)}"]`, 'an event name of at most 256 characters'],
      [
        'a depth of 100,000',
        `2["take",${'['.repeat(100_000)}${']'.repeat(100_000)}]`,
        'values that are nested at most 128 deep',
      ],
      ['a million values', `2["take",[${some(1_000_000).join(',')}]]`, 'at most 100000 values'],
      ['a million properties', `2["take",{${some(1_000_000).map((_, at) => `"${at}a":0`)}}]`, 'at most 100000 values'],
      ['10,000 arguments', `2["take",${some(10_000).join(',')}]`, 'at most 64 arguments'],
      ['an answer of 10,000 arguments', `31[${some(10_000).join(',')}]`, 'at most 64 arguments'],
      [
        'a depth in __proto__',
        `2["take",${JSON.stringify(withProto(deep(128)))}]`,
        'values that are nested at most 128 deep',
      ],
    ],
  },
  {
    name: 'the msgpack parser',
    parser: msgpack,
    raw: [
      ['a name that is a number', packed(1, 2), `${NOT_A_TEXT} number`],
      ['a name that is null', packed(null), `${NOT_A_TEXT} object`],
      ['a name that is undefined', packed(undefined, 1), `${NOT_A_TEXT} undefined`],
      ['a name that is an object', packed({ toString: 'take' }), `${NOT_A_TEXT} object`],
      ['no name', packed(), `${NOT_A_TEXT} undefined`],
      ['a name of a socket itself', packed('disconnect'), 'an event name that Socket.IO does not reserve'],
      ['a name of 100 kB', packed('n'.repeat(100_000)), 'an event name of at most 256 characters'],
      ['a depth of 1,000', packedDeep(1_000), 'values that are nested at most 128 deep'],
      ['a depth of 100,000', packedDeep(100_000)],
      ['a million values', packed('take', some(1_000_000)), 'at most 100000 values'],
      ['10,000 arguments', packed('take', ...some(10_000)), 'at most 64 arguments'],
      ['a depth in __proto__', packed('take', withProto(deep(128))), 'values that are nested at most 128 deep'],
      ['many values in __proto__', packed('take', withProto(some(100_000))), 'at most 100000 values'],
      [
        'a depth beside a __proto__ of bytes',
        packed('take', withProto(new ArrayBuffer(1), { a: deep(128) })),
        VALUES[0]!.refused,
      ],
      [
        'a depth beside a __proto__ that is a date',
        packed('take', withProto(new Date(), { a: deep(128) })),
        VALUES[0]!.refused,
      ],
    ],
  },
]

/** A guarded server, and what came through to it. */
const start = async (context: TestContext, transport: Transport, parser: Parser, options: GuardOptions = {}) => {
  const { io, server, client } = await serve(api, context, {
    transport,
    io: { parser: guard({ parser, ...options }), maxHttpBufferSize: 100_000_000 },
  })
  const heard: unknown[] = []
  const refusals: string[] = []
  server.on.take(() => void heard.push('handled'))
  for (const namespace of [io.of('/'), io.of('/other')]) {
    namespace.use((socket, enter) => {
      heard.push(`auth of ${socket.nsp.name}`)
      enter()
    })
    namespace.on('connection', socket => {
      socket.on('error', error => refusals.push(error.message))
      socket.onAny((name, ...args) => {
        heard.push(name)
        if (name !== 'take') args.at(-1)()
      })
    })
  }
  const open = () => client('/', { parser })
  const [sender, bystander] = [await open(), await open()]
  heard.length = 0

  /** Sees that the sender's connection is closed, that nothing has come through, and that all others go on. */
  const expectRefusal = async (send: () => unknown, refused?: string): Promise<void> => {
    const closed = new Promise(resolve => sender.once('disconnect', resolve))
    send()
    assert.is(await closed, 'transport close')
    assert.equal(heard.splice(0), [])
    if (refused !== undefined) assert.equal(refusals, [`ackwire: guard: expected ${refused}`])
    await until(() => io.sockets.sockets.size === 1)
    assert.equal(await ask(bystander, 'take'), [])
    assert.equal(await ask(await open(), 'take'), [])
  }
  return { io, sender, heard, expectRefusal }
}

/** The listeners that hear an event, the catch-all listener first. */
const cameThrough = (name: string): string[] => (name === 'take' ? ['take', 'handled'] : [name])

const raw = (socket: Socket, packet: string | Buffer): unknown => socket.io.engine.write(packet)

for (const transport of TRANSPORTS) {
  for (const { name, parser, raw: packets } of STYLES) {
    describe(`guard with ${name} over ${transport}`, it => {
      for (const { title, most, refused, packet } of PACKETS) {
        it(`lets an event pass up to ${title}, and closes the connection above`, async context => {
          const { sender, heard, expectRefusal } = await start(context, transport, parser)
          const [event, ...args] = packet(most)
          assert.equal(await ask(sender, event, ...args), [])
          assert.equal(heard.splice(0), cameThrough(event))
          const [longer, ...more] = packet(most + 1)
          await expectRefusal(() => sender.emit(longer, ...more, () => assert.unreachable()), refused)
        })
      }

      for (const { title, most, refused, value } of VALUES) {
        it(`lets an auth payload pass up to ${title}, and closes the connection above`, async context => {
          const { io, sender, heard, expectRefusal } = await start(context, transport, parser)
          const enter = (size: number, namespace: string): Socket =>
            sender.io.socket(namespace, { auth: value(size) as Record<string, unknown> })
          const other = enter(most, '/other')
          await new Promise(resolve => other.once('connect', () => resolve(undefined)))
          assert.equal(heard.splice(0), ['auth of /other'])
          other.disconnect()
          await until(() => io.of('/other').sockets.size === 0)
          await expectRefusal(() => {
            Object.assign(other, { auth: value(most + 1) })
            other.connect()
          }, refused)
        })

        it(`lets an answer pass up to ${title}, and closes the connection above`, async context => {
          const { io, sender, heard, expectRefusal } = await start(context, transport, parser)
          const own = io.sockets.sockets.get(sender.id!)!
          let size = most
          sender.on('probe', ack => ack(value(size)))
          await new Promise(resolve => own.emit('probe', resolve))
          await expectRefusal(() => {
            size++
            own.emit('probe', () => heard.push('answer'))
          }, refused)
        })
      }

      it('lets an answer pass up to a number of arguments, and closes the connection above', async context => {
        const { io, sender, heard, expectRefusal } = await start(context, transport, parser)
        const own = io.sockets.sockets.get(sender.id!)!
        let size = 64
        sender.on('probe', ack => ack(...some(size)))
        assert.is(await new Promise(resolve => own.emit('probe', (...args: unknown[]) => resolve(args.length))), 64)
        await expectRefusal(() => {
          size++
          own.emit('probe', () => heard.push('answer'))
        }, 'at most 64 arguments')
      })

      it('counts bytes as one value, and measures what is beside them', async context => {
        const { sender, heard, expectRefusal } = await start(context, transport, parser)
        assert.equal(await ask(sender, 'take', Buffer.alloc(200_000), deep(128)), [])
        assert.equal(heard.splice(0), cameThrough('take'))
        await expectRefusal(() => sender.emit('take', Buffer.alloc(10), deep(129)), VALUES[0]!.refused)
      })

      it('measures an answer with bytes', async context => {
        const { io, sender, heard, expectRefusal } = await start(context, transport, parser)
        const own = io.sockets.sockets.get(sender.id!)!
        sender.on('probe', ack => ack(Buffer.alloc(10), deep(129)))
        await expectRefusal(() => own.emit('probe', () => heard.push('answer')), VALUES[0]!.refused)
      })

      it('lets __proto__ pass, as a name and as a property', async context => {
        const { sender, heard } = await start(context, transport, parser)
        for (const name of ['__proto__', 'constructor', 'hasOwnProperty', '']) {
          assert.equal(await ask(sender, name, withProto(deep(127))), [])
          assert.equal(heard.splice(0), [name])
        }
      })

      for (const [title, packet, refused] of packets) {
        // To parse a million of anything takes its time.
        it(`closes the connection on ${title}`, { timeoutMs: 300_000 }, async context => {
          const { sender, expectRefusal } = await start(context, transport, parser)
          await expectRefusal(() => raw(sender, packet), refused)
        })
      }

      it('has the caps of its options', async context => {
        const caps: GuardOptions = { maxArguments: 2, maxDepth: 3, maxNodes: 12, maxNameLength: 4 }
        const { sender, heard } = await start(context, transport, parser, caps)
        assert.equal(await ask(sender, 'take', deep(3), wide(9)), [])
        assert.equal(heard.splice(0), cameThrough('take'))
        const refused = [['taker'], ['take', 1, 2, 3], ['take', deep(4)], ['take', wide(13)]] as const
        for (const [name, ...args] of refused) {
          const { sender, expectRefusal } = await start(context, transport, parser, caps)
          await expectRefusal(() => sender.emit(name, ...args))
        }
      })
    })
  }
}

describe('guard', it => {
  it('serves a client, too', async context => {
    const { io, client } = await serve(api, context)
    const socket = await client('/', { parser: guard() })
    const heard: unknown[] = []
    socket.onAny((...args) => heard.push(args.length))
    const closed = new Promise(resolve => socket.once('disconnect', resolve))
    io.emit('news', deep(128))
    await until(() => heard.length > 0)
    io.emit('news', deep(129))
    assert.is(await closed, 'parse error')
    assert.equal(heard, [2])
  })

  it('passes nothing on, and throws nothing, if a parser decodes asynchronously', async context => {
    let decoded = 0
    class Decoder extends standard.Decoder {
      override add(chunk: unknown): void {
        setImmediate(() => {
          super.add(chunk)
          decoded++
        })
      }
    }
    const { sender, expectRefusal } = await start(context, 'websocket', { Encoder: standard.Encoder, Decoder })
    await expectRefusal(async () => {
      const before = decoded
      sender.emit('take', deep(129))
      sender.emit('take')
      await until(() => decoded >= before + 2)
      // What comes next is where the connection can be closed.
      sender.emit('take')
    }, VALUES[0]!.refused)
  })

  it('releases the state of a parser when the connection ends', async context => {
    let isDestroyed = false
    class Decoder extends standard.Decoder {
      override destroy(): void {
        isDestroyed = true
        super.destroy()
      }
    }
    // The client has a parser of its own, which ends as well.
    const { client } = await serve(api, context, { io: { parser: guard({ parser: { ...standard, Decoder } }) } })
    const sender = await client()
    // The bytes that are announced never come.
    raw(sender, '51-["take",{"_placeholder":true,"num":0}]')
    sender.disconnect()
    await until(() => isDestroyed)
  })

  it('rejects an invalid cap and an invalid parser', () => {
    for (const name of ['maxArguments', 'maxDepth', 'maxNodes', 'maxNameLength']) {
      for (const [cap, came] of [
        [Number.NaN, 'NaN'],
        [-1, '-1'],
        [1.5, '1.5'],
        ['64', 'a string'],
      ]) {
        assert.throws(
          () => guard({ [name]: cap }),
          (error: Error) =>
            error instanceof TypeError &&
            error.message === `ackwire: guard: ${name}: expected a non-negative integer or Infinity, got ${came}`,
        )
      }
      assert.not.throws(() => guard({ [name]: Number.POSITIVE_INFINITY }))
    }
    const wrong: unknown = { default: msgpack }
    assert.throws(
      () => Reflect.apply(guard, undefined, [{ parser: wrong }]),
      /guard: expected a parser, with Encoder and Decoder, got an object; import it with \* as/,
    )
  })
})
