/** Tests packets that no contract describes, and behaviour of the application that no client may notice. */
import { event, router, type EventError } from '@ackwire/core'
import { Type, type TSchema } from '@sinclair/typebox'
import type { Socket } from 'socket.io-client'
import * as msgpack from 'socket.io-msgpack-parser'
import * as assert from 'uvu/assert'
import { describe } from '../../../test/harness.js'
import { ask, serve, TRANSPORTS, until } from './serve.js'

const raw = (socket: Socket, packet: string | Buffer): unknown => socket.io.engine.write(packet)

const codeOf = ([answer]: readonly unknown[]): unknown =>
  (answer as { $error?: { code: string } } | undefined)?.$error?.code

/** A packet of the msgpack parser. */
const packed = (packet: { data: unknown; id?: number }): Buffer => {
  // Its types say otherwise, but the encoder returns a list of one.
  const [bytes]: Iterable<Buffer> = Object.values(new msgpack.Encoder().encode({ type: 2, nsp: '/', ...packet }))
  return bytes!
}

/** Of acks that the client knows nothing of. */
const OWN_ID = 9_999

const NAMES: readonly unknown[] = [
  '',
  'n'.repeat(100_000),
  '__proto__',
  'constructor',
  'hasOwnProperty',
  'toString',
  'error',
  'ping ',
  7,
  -1,
  0.5,
]
/** Names that JSON or the default parser rejects. */
const ODD_NAMES: readonly unknown[] = [undefined, null, true, {}, ['ping'], Buffer.from('ping'), Number.NaN]

for (const transport of TRANSPORTS) {
  for (const unknownEvents of ['pass', 'answer'] as const) {
    describe(`an event's name, over ${transport}, with unknownEvents ${unknownEvents},`, it => {
      const api = router({ ping: event.input().ack(), '/other': router({}) })

      it('can be any value that a packet can carry', async context => {
        const { server, client } = await serve(api, context, { transport, unknownEvents })
        server.on.ping(() => {})
        const socket = await client()
        for (const name of NAMES) {
          raw(socket, `2${JSON.stringify([name, 'x'])}`)
          raw(socket, `2${OWN_ID}${JSON.stringify([name])}`)
          assert.equal(await ask(socket, 'ping'), [], String(name).slice(0, 9))
        }
      })

      it('can be any value that a packet of msgpack can carry, or the ack if there is no name', async context => {
        const { server, client } = await serve(api, context, { transport, unknownEvents, io: { parser: msgpack } })
        server.on.ping(() => {})
        const socket = await client('/', { parser: msgpack })
        for (const name of [...NAMES, ...ODD_NAMES]) {
          raw(socket, packed({ data: [name, 'x'] }))
          raw(socket, packed({ data: [name], id: OWN_ID }))
          assert.equal(await ask(socket, 'ping'), [], String(name).slice(0, 9))
        }
        raw(socket, packed({ data: [], id: OWN_ID }))
        raw(socket, packed({ data: [] }))
        assert.equal(await ask(socket, 'ping'), [])
      })
    })
  }
}

describe('arguments', it => {
  const Tree = Type.Recursive(This => Type.Object({ child: Type.Optional(This) }))
  const deep = (depth: number): string => `${'{"child":'.repeat(depth)}{}${'}'.repeat(depth)}`

  it('that are too deep for the stack, also when their issues are listed, are rejected', async context => {
    const { server, client, errors } = await serve(router({ grow: event.input(Tree).ack() }), context, {
      maxDepth: Number.POSITIVE_INFINITY,
      maxNodes: Number.POSITIVE_INFINITY,
    })
    let calls = 0
    server.on.grow(() => void calls++)
    const socket = await client()
    for (const depth of [1_000, 4_000, 50_000]) {
      for (const leaf of ['{}', '5']) raw(socket, `2["grow",${deep(depth).replace('{}', leaf)}]`)
    }
    await until(() => errors.length + calls === 6)
    assert.equal(await ask(socket, 'grow', {}), [])
    assert.ok(errors.splice(0).every(({ phase }) => phase === 'input'))
  })

  it('that are deep can be handled if the schema allows anything, but not sent back', async context => {
    const { server, client, errors } = await serve(router({ echo: event.input(Type.Any()).ack(Type.Any()) }), context)
    server.on.echo(({ input }) => input)
    const socket = await client()
    const came: unknown[] = []
    socket.io.engine.on('data', (data: unknown) => came.push(data))
    raw(socket, `27["echo",${deep(50_000)}]`)
    await until(() => came.length > 0)
    assert.match(String(came[0]), /^37\[\{"\$error":\{"code":"INTERNAL"/)
    assert.is(errors.pop()?.phase, 'reply')
    assert.equal(await ask(socket, 'echo', 1), [1])
  })

  it('of a rest are as many as a listener can be called with', async context => {
    const { io, client, errors } = await serve(router({ many: event.input().rest(Type.Integer()).ack() }), context)
    let most = 0
    io.on('connection', socket => socket.on('many', (...args: unknown[]) => (most = args.length)))
    const socket = await client()
    const packet = (count: number): string => `2["many"${',0'.repeat(count)}]`
    raw(socket, packet(200_000))
    raw(socket, packet(10_001))
    raw(socket, packet(10_000))
    await until(() => most > 0)
    assert.is(most, 10_001, 'and the ack')
    assert.equal(
      errors.splice(0).map(({ error }) => (error as EventError).issues),
      [200_000, 10_001].map(came => [{ path: '/10000', message: `Expected at most 10000 arguments, got ${came}` }]),
    )
  })

  it('have own properties that are called __proto__, which change no prototype', async context => {
    const Up = Type.Transform(Type.String())
      .Decode(text => text.toUpperCase())
      .Encode(text => text)
    const schemas = [
      Type.Record(Type.String(), Type.Any()),
      Type.Record(Type.String(), Type.Union([Up, Type.Object({ isAdmin: Type.Boolean({ default: false }) })])),
      Type.Object({}, { additionalProperties: Type.Union([Up, Type.Record(Type.String(), Type.Boolean())]) }),
      Type.Intersect([Type.Object({}), Type.Record(Type.String(), Type.Any())]),
    ]
    for (const unknownProperties of ['keep', 'strip'] as const) {
      for (const [at, schema] of schemas.entries()) {
        const api = router({ take: event.input(schema).ack() }, { auth: schema })
        const { server, client } = await serve(api, context, { unknownProperties })
        const seen: unknown[] = []
        server.authenticate(({ auth }) => (seen.push(auth), {}))
        server.on.take(({ input, ctx, data }) => seen.push(input, ctx, data))
        const sent = () => JSON.parse('{ "__proto__": { "isAdmin": true }, "a": "b" }')
        const socket = await client('/?__proto__=x', { auth: sent() })
        assert.equal(await ask(socket, 'take', sent()), [])
        for (const value of seen) {
          assert.is(Object.getPrototypeOf(value), Object.prototype, `${at} ${unknownProperties}`)
          assert.not('isAdmin' in Object(value))
        }
        assert.not('isAdmin' in {})
      }
    }
  })

  it('are an object if they are bytes or a date, unless a property must be there', async context => {
    const Open = Type.Object({ page: Type.Optional(Type.Integer()) })
    const Named = Type.Object({ page: Type.Integer() })
    const api = router({ open: event.input(Open).ack(), named: event.input(Named).ack() })
    const { server, client, errors } = await serve(api, context, { io: { parser: msgpack } })
    server.handle({ open: () => {}, named: () => {} })
    const socket = await client('/', { parser: msgpack })
    for (const value of [Buffer.from('ab'), new Date(0)]) {
      assert.equal(await ask(socket, 'open', value), [])
      assert.is(codeOf(await ask(socket, 'named', value)), 'INVALID_INPUT')
    }
    errors.splice(0)
  })

  it('are bytes where properties are counted, named or refused as if each byte were one', async context => {
    const { Object: O, Optional } = Type
    const schemas: readonly (readonly [schema: TSchema, takes: boolean, takesNone: boolean])[] = [
      [O({}, { additionalProperties: true }), true, true],
      [O({}, { additionalProperties: Type.Unknown() }), true, true],
      [O({ a: Optional(Type.Integer()) }, { additionalProperties: false }), false, true],
      [O({ length: Type.Integer() }), true, true],
      [O({ 0: Type.Integer(), 1: Type.Integer() }, { additionalProperties: false }), true, false],
      [O({}, { additionalProperties: Type.String() }), false, true],
      [O({}, { additionalProperties: Type.Integer() }), true, true],
      [O({}, { minProperties: 2 }), true, false],
      [O({}, { minProperties: 3 }), false, false],
      [O({}, { maxProperties: 2 }), true, true],
      [O({}, { maxProperties: 1 }), false, true],
      [Type.Record(Type.String(), Type.Integer()), false, false],
      [Type.Intersect([O({}), O({})], { unevaluatedProperties: false }), false, true],
      [Type.Union([Type.Null(), O({}, { additionalProperties: false })]), false, true],
      [Type.Not(O({}, { additionalProperties: false })), true, false],
    ]
    const events = Object.fromEntries(schemas.map(([schema], index) => [`at${index}`, event.input(schema).ack()]))
    const { server, client, errors } = await serve(router(events), context, { io: { parser: msgpack } })
    for (const name of Object.keys(events)) Reflect.get(server.on, name)(() => {})
    const socket = await client('/', { parser: msgpack })
    for (const [index, [schema, takes, takesNone]] of schemas.entries()) {
      const told = JSON.stringify(schema)
      assert.is(codeOf(await ask(socket, `at${index}`, Buffer.from('ab'))), takes ? undefined : 'INVALID_INPUT', told)
      assert.is(codeOf(await ask(socket, `at${index}`, Buffer.alloc(0))), takesNone ? undefined : 'INVALID_INPUT', told)
    }
    errors.splice(0)
  })

  it('are not a number if they are NaN, which the msgpack parser transports', async context => {
    const api = router({ take: event.input(Type.Number()).ack(Type.Number()) })
    const { server, client, errors } = await serve(api, context, { io: { parser: msgpack } })
    server.on.take(({ input }) => (input === 0 ? Number.NaN : Number.POSITIVE_INFINITY))
    const socket = await client('/', { parser: msgpack })
    for (const [sent, code] of [
      [Number.NaN, 'INVALID_INPUT'],
      [Number.POSITIVE_INFINITY, 'INVALID_INPUT'],
      [undefined, 'INVALID_INPUT'],
      [0, 'INTERNAL'],
      [1, 'INTERNAL'],
    ]) {
      assert.is(codeOf(await ask(socket, 'take', sent)), code, String(sent))
    }
    errors.splice(0)
  })
})

describe('the ack of a plain listener', it => {
  const api = router({
    any: event.input(Type.Any()).ack(Type.Any()),
    receipt: event.input().ack(),
    silent: event.input(Type.Integer()),
  })

  it('can be called if the client has asked for none', async context => {
    const { io, client } = await serve(api, context)
    let calls = 0
    io.on('connection', socket => {
      socket.on('any', (value: unknown, ack: (value: unknown) => void) => (ack(value), calls++))
      socket.on('receipt', (ack: () => void) => (ack(), calls++))
    })
    const socket = await client()
    socket.emit('any', 1)
    socket.emit('receipt')
    await until(() => calls === 2)
  })

  it('answers once, and INTERNAL where it can’t be sent', async context => {
    const { io, client, errors } = await serve(api, context)
    const cycle: { self?: unknown } = {}
    cycle.self = cycle
    let deep: unknown = 0
    for (let depth = 0; depth < 50_000; depth++) deep = [deep]
    const answers: unknown[] = [1n, cycle, deep]
    io.on('connection', socket => {
      socket.on('any', (at: number, ack: (value: unknown) => void) => (ack(answers[at]), ack('again')))
      socket.on('receipt', (ack: (value: unknown) => void) => (ack('a value'), ack('again')))
    })
    const socket = await client()
    for (const at of answers.keys()) assert.is(codeOf(await ask(socket, 'any', at)), 'INTERNAL', String(at))
    assert.equal(
      errors.splice(0).map(({ phase }) => phase),
      ['reply', 'reply', 'reply'],
    )
    assert.equal(await ask(socket, 'receipt'), [])
  })

  it('that the event does not declare is called for it, as the client option retries needs', async context => {
    const { io, client, errors } = await serve(api, context)
    const heard: unknown[] = []
    io.on('connection', socket => socket.on('silent', (...args: unknown[]) => heard.push(args[0])))
    const socket = await client('/', { retries: 3, ackTimeout: 5_000 })
    for (const value of [1, 2, 'three', 4]) socket.emit('silent', value)
    await until(() => heard.length === 3)
    assert.equal(heard, [1, 2, 4])
    assert.is(errors.splice(0).length, 1)
  })
})

describe('a late answer', it => {
  it('is not written to the transport that another namespace shares', async context => {
    const api = router({
      ping: event.input().ack(),
      '/other': router({ slow: event.input().ack(Type.String()), told: event.output(Type.String()) }),
    })
    const { server, client } = await serve(api, context)
    let answer: (text: string) => void = () => {}
    let tell: (text: string) => void = () => {}
    let isGone = false
    server.on.ping(() => {})
    const other = server.of('/other')
    other.on.slow(({ emit }) => {
      tell = emit.told
      return new Promise(resolve => (answer = resolve))
    })
    other.on.disconnect(() => (isGone = true))
    const socket = await client()
    const leaving = socket.io.socket('/other')
    await new Promise(resolve => leaving.once('connect', () => resolve(undefined)))
    leaving.emit('slow', () => assert.unreachable())
    await until(() => server.of('/other').namespace.sockets.size === 1)
    await ask(socket, 'ping')
    leaving.disconnect()
    await until(() => isGone)
    const packets: unknown[] = []
    socket.io.engine.on('data', (data: unknown) => packets.push(String(data)))
    answer('late')
    tell('late')
    await new Promise(resolve => setImmediate(resolve))
    await ask(socket, 'ping')
    assert.equal(
      packets.map(packet => String(packet).slice(0, 1)),
      ['3'],
    )
  })
})

describe('a connection', it => {
  it('handles events in the order of their arrival, whatever its listeners wait for', async context => {
    const api = router({ note: event.input(Type.Integer()), last: event.input().ack() })
    const { server, client, errors } = await serve(api, context)
    const heard: unknown[] = []
    let go = (): void => {}
    server.on.connection(async () => {
      await new Promise<void>(resolve => (go = resolve))
      heard.push('connection')
    })
    server.on.note(({ input }) => heard.push(input))
    server.on.last(() => heard.push('last'))
    const socket = await client()
    for (const value of [1, 2, 'three', 4]) socket.emit('note', value)
    await ask(socket, 'last')
    assert.equal(heard, [1, 2, 4, 'last'])
    go()
    await until(() => heard.at(-1) === 'connection')
    errors.splice(0)
  })

  /** The packets that ask for a namespace, sent again and again on one transport. */
  const askAgain = (socket: Socket, namespace: string): void => {
    for (let times = 0; times < 20; times++) raw(socket, `0${namespace},{}`)
  }
  const api = router({
    ping: event.input().ack(),
    '/open': router({ ping: event.input().ack() }),
    '/locked-{id}': router({ ping: event.input().ack() }, { auth: Type.Object({}) }),
  })

  for (const namespace of ['/open', '/locked-1']) {
    it(`has one socket in ${namespace}, even if it asks again while it waits`, async context => {
      const { io, server, client } = await serve(api, context)
      let open: () => void = () => {}
      const opened = new Promise<void>(resolve => (open = resolve))
      const calls = { authenticate: 0, connection: 0 }
      server.on.ping(() => {})
      server.of('/open').on.connection(() => void calls.connection++)
      const locked = server.of('/locked-{id}').authenticate(async () => {
        calls.authenticate++
        await opened
        return {}
      })
      locked.on.connection(() => void calls.connection++)
      // The application's own, behind the binding's.
      io.of('/open').use(async (_, next) => {
        await opened
        next()
      })
      const socket = await client()
      askAgain(socket, namespace)
      await ask(socket, 'ping')
      askAgain(socket, namespace)
      await ask(socket, 'ping')
      open()
      await until(() => calls.connection > 0)
      await ask(socket, 'ping')
      assert.equal(calls, { authenticate: namespace === '/open' ? 0 : 1, connection: 1 })
      assert.is(io.of(namespace).sockets.size, 1)
    })
  }

  it('that was refused can ask again, and one that has left can come back', async context => {
    const { server, client, io, errors } = await serve(api, context)
    let isOpen = false
    server.of('/locked-{id}').authenticate(() => {
      if (!isOpen) throw new Error('closed')
      return {}
    })
    io.of('/open').use((_, next) => setTimeout(() => next(isOpen ? undefined : new Error('later middleware')), 1))
    const { io: manager } = await client()
    for (const name of ['/open', '/locked-1']) {
      isOpen = false
      const socket = manager.socket(name)
      const outcome = () =>
        new Promise(resolve => {
          socket.once('connect', () => resolve('in')).once('connect_error', () => resolve('refused'))
          socket.connect()
        })
      assert.is(await outcome(), 'refused')
      isOpen = true
      assert.is(await outcome(), 'in')
      socket.disconnect()
      await until(() => io.of(name).sockets.size === 0)
      assert.is(await outcome(), 'in')
    }
    errors.splice(0)
  })

  it('that ends while it waits for authenticate leaves nothing behind', async context => {
    const { server, client, io } = await serve(api, context)
    let open: (() => void) | undefined
    const locked = server.of('/locked-{id}').authenticate(() => new Promise(resolve => (open = () => resolve({}))))
    locked.on.connection(() => assert.unreachable())
    const socket = await client()
    raw(socket, '0/locked-1,{}')
    await until(() => open !== undefined)
    socket.disconnect()
    await until(() => io.engine.clientsCount === 0)
    open?.()
    await new Promise(resolve => setImmediate(resolve))
    assert.is(io.of('/locked-1').sockets.size, 0)
  })
})
