/**
 * The behaviours that the predecessors of this project test of their typed Socket.IO servers (socketio_asyncapi, and the layers
 * like FastAPI over python-socketio), one in each row.
 */
import { event, router, type EventError } from '@ackwire/core'
import { Type, type TSchema } from '@sinclair/typebox'
import type { Socket } from 'socket.io-client'
import * as assert from 'uvu/assert'
import { describe, type TestContext } from '../../../test/harness.js'
import { saying } from '../../../test/saying.js'
import { ask, serve, TRANSPORTS, until } from './serve.js'

/** A schema in all three places: the input of a client, the reply and the output of the server. */
const contractOf = (schema: TSchema) =>
  router({
    take: event.input(schema).ack(),
    give: event.input(Type.Integer()).ack(schema),
    tell: event.output(schema),
  })

/** Serves that contract. `taken` is what the handler got, `told` what the client heard. */
const serveSchema = async (schema: TSchema, context: TestContext, replies: readonly unknown[] = []) => {
  const { server, client, errors } = await serve(contractOf(schema), context)
  const taken: unknown[] = []
  server.on.take(({ input }) => void taken.push(input))
  server.on.give(({ input }) => replies[input])
  const socket = await client()
  const told = heard(socket, 'tell')
  return { server, socket, taken, told, phases: () => errors.splice(0).map(({ phase }) => phase) }
}

const heard = (socket: Socket, name: string): unknown[][] => {
  const all: unknown[][] = []
  socket.on(name, (...args: unknown[]) => all.push(args))
  return all
}

const codeOf = ([answer]: readonly unknown[]): unknown =>
  (answer as { $error?: { code: string } } | undefined)?.$error?.code

const repeat = <Value>(value: Value, times: number): Value[] => Array.from({ length: times }, () => value)

const Model = Type.Object({ name: Type.String(), age: Type.Optional(Type.Integer()) })

interface Kind {
  readonly kind: string
  readonly schema: TSchema
  readonly valid: readonly unknown[]
  readonly invalid: readonly unknown[]
}

const KINDS: readonly Kind[] = [
  { kind: 'an int', schema: Type.Integer(), valid: [1, -7, 0], invalid: ['1', 1.5, true, null, [1], {}] },
  { kind: 'a string', schema: Type.String(), valid: ['text', '', 'ü€😀'], invalid: [1, false, null, ['text'], {}] },
  {
    kind: 'a dict',
    schema: Type.Record(Type.String(), Type.Integer()),
    valid: [{ a: 1, b: 2 }, {}, { 'any key': 0 }],
    invalid: [{ a: '1' }, { a: null }, [1], [], 'a', null],
  },
  {
    kind: 'a model',
    schema: Model,
    valid: [{ name: 'bob' }, { name: '', age: 0 }, { name: 'bob', more: true }],
    invalid: [{}, { name: 1 }, { name: 'bob', age: '3' }, { name: 'bob', age: null }, ['bob'], 'bob', null],
  },
]

for (const { kind, schema, valid, invalid } of KINDS) {
  describe(`${kind} that is valid`, it => {
    it('reaches the handler as it was sent', async context => {
      const { socket, taken } = await serveSchema(schema, context)
      for (const value of valid) assert.equal(await ask(socket, 'take', value), [])
      assert.equal(taken, valid)
    })

    it('is the ack as it was returned', async context => {
      const { socket } = await serveSchema(schema, context, valid)
      for (const [index, value] of valid.entries()) assert.equal(await ask(socket, 'give', index), [value])
    })

    it('is heard by the client as it was emitted', async context => {
      const { server, socket, told } = await serveSchema(schema, context, valid)
      for (const value of valid) server.emit.tell(value)
      await ask(socket, 'give', 0)
      assert.equal(
        told,
        valid.map(value => [value]),
      )
    })
  })

  describe(`${kind} that is not valid`, it => {
    it('is rejected, and the handler is not called', async context => {
      const { socket, taken, phases } = await serveSchema(schema, context)
      for (const value of invalid) assert.is(codeOf(await ask(socket, 'take', value)), 'INVALID_INPUT')
      // Nothing where a payload is due, and two where there is one.
      assert.is(codeOf(await ask(socket, 'take')), 'INVALID_INPUT')
      assert.is(codeOf(await ask(socket, 'take', valid[0], valid[0])), 'INVALID_INPUT')
      assert.equal(taken, [])
      assert.equal(phases(), repeat('input', invalid.length + 2))
    })

    it('is not sent as an ack: the client gets INTERNAL and nothing of the value', async context => {
      const { socket, phases } = await serveSchema(schema, context, invalid)
      for (const index of invalid.keys()) {
        assert.equal(await ask(socket, 'give', index), [{ $error: { code: 'INTERNAL', message: 'Internal error' } }])
      }
      // The index of no reply, so that the handler returns undefined.
      assert.is(codeOf(await ask(socket, 'give', invalid.length)), 'INTERNAL')
      assert.equal(phases(), repeat('reply', invalid.length + 1))
    })

    it('throws where it is emitted, and no client gets it', async context => {
      const { server, socket, told, phases } = await serveSchema(schema, context)
      const isInvalidOutput = (error: EventError) => error.code === 'INVALID_OUTPUT' && error.issues.length > 0
      for (const value of [...invalid, undefined]) assert.throws(() => server.emit.tell(value), isInvalidOutput)
      assert.throws(
        () => Reflect.apply(server.emit.tell, undefined, []),
        saying('emit.tell: /0 Expected 1 argument, got 0'),
      )
      // What was sent before an ack has arrived with it.
      await ask(socket, 'take', valid[0])
      assert.equal([told, phases()], [[], []])
    })
  })
}

/** Values that a careless `if (payload)` would take for none, and schemas of both opinions. */
const FALSY: readonly (readonly [value: unknown, accepts: readonly TSchema[], refuses: readonly TSchema[]])[] = [
  [0, [Type.Integer(), Type.Literal(0)], [Type.String(), Type.Integer({ minimum: 1 }), Type.Null(), Model]],
  ['', [Type.String()], [Type.Integer(), Type.String({ minLength: 1 }), Type.Null(), Model]],
  [false, [Type.Boolean()], [Type.Integer(), Type.Literal(true), Type.Null(), Model]],
  [null, [Type.Null(), Type.Union([Model, Type.Null()])], [Type.Integer(), Type.String(), Type.Boolean(), Model]],
  [{}, [Type.Object({}), Type.Record(Type.String(), Type.Integer())], [Model, Type.Array(Type.Any()), Type.Null()]],
  [[], [Type.Array(Type.Integer())], [Type.Array(Type.Integer(), { minItems: 1 }), Type.Object({}), Model]],
]

for (const [value, accepts, refuses] of FALSY) {
  describe(`the payload ${JSON.stringify(value)}`, it => {
    it('passes like any other if it matches the schema', async context => {
      for (const schema of accepts) {
        const { server, socket, taken, told } = await serveSchema(schema, context, [value])
        assert.equal(await ask(socket, 'take', value), [])
        server.emit.tell(value)
        assert.equal(await ask(socket, 'give', 0), [value])
        assert.equal([taken, told], [[value], [[value]]])
      }
    })

    it('is rejected like any other if it does not match the schema', async context => {
      for (const schema of refuses) {
        const { server, socket, taken, told, phases } = await serveSchema(schema, context, [value])
        assert.is(codeOf(await ask(socket, 'take', value)), 'INVALID_INPUT')
        assert.throws(() => server.emit.tell(value), /^emit\.tell: \/0/)
        assert.is(codeOf(await ask(socket, 'give', 0)), 'INTERNAL')
        assert.equal([taken, told, phases()], [[], [], ['input', 'reply']])
      }
    })
  })
}

describe('an untyped event', it => {
  const api = router({ typed: event.input(Type.Integer()).ack() })
  const payloads: readonly unknown[][] = [[], [0], ['', null], [{ a: [1] }, false], [Buffer.from([1, 2])]]

  it('passes unchanged, and so does its ack', async context => {
    const { io, client } = await serve(api, context)
    io.on('connection', socket => {
      socket.on('untyped', (...args: unknown[]) => (args.at(-1) as (...all: unknown[]) => void)(...args.slice(0, -1)))
    })
    const socket = await client()
    for (const payload of payloads) assert.equal(await ask(socket, 'untyped', ...payload), payload)
  })

  it('passes through without an ack, and to clients', async context => {
    const { io, server, client } = await serve(api, context)
    server.on.typed(() => {})
    io.on('connection', socket => void socket.on('untyped', (...args) => socket.emit('untyped', ...args)))
    const socket = await client()
    const all = heard(socket, 'untyped')
    for (const payload of payloads) socket.emit('untyped', ...payload)
    await until(() => all.length === payloads.length)
    assert.equal(all, payloads)
  })
})

describe('the same event in two namespaces', it => {
  const api = router({
    send: event.input(Type.Integer()).ack(Type.Integer()),
    sent: event.output(Type.Integer()),
    '/texts': router({ send: event.input(Type.String()).ack(Type.String()), sent: event.output(Type.String()) }),
  })
  const rows = [
    { namespace: '/', good: 1, bad: 'one' },
    { namespace: '/texts', good: 'one', bad: 1 },
  ]
  for (const { namespace, good, bad } of rows) {
    it(`has the schemas of ${namespace} in ${namespace}`, async context => {
      const { server, client, errors } = await serve(api, context)
      server.on.send(({ input, emit }) => (emit.sent(input), input))
      server.of('/texts').on.send(({ input, emit }) => (emit.sent(input), input))
      const socket = await client(namespace)
      const sent = heard(socket, 'sent')
      assert.equal(await ask(socket, 'send', good), [good])
      assert.is(codeOf(await ask(socket, 'send', bad)), 'INVALID_INPUT')
      assert.equal(sent, [[good]])
      assert.equal(
        errors.splice(0).map(report => [report.namespace, report.event]),
        [[namespace, 'send']],
      )
      const emits = { '/': server.emit.sent, '/texts': server.of('/texts').emit.sent }
      for (const [name, emit] of Object.entries(emits)) {
        const wrong = name === namespace ? bad : good
        assert.throws(() => Reflect.apply(emit, undefined, [wrong]), /^emit\.sent: \/0 Expected/)
      }
    })
  }
})

describe('the error handler of the server', it => {
  const api = router({
    act: event.input(Type.String()).ack(Type.Integer()),
    receipt: event.input(Type.String()).ack(),
    tell: event.output(Type.Integer()),
  })
  const failing = async (context: TestContext) => {
    const { server, client, errors } = await serve(api, context)
    const act = ({ input, emit }: { input: string; emit: object }): number => {
      if (input === 'throw') throw new Error('thrown')
      if (input === 'emit') Reflect.apply(Reflect.get(emit, 'tell'), undefined, ['text'])
      return JSON.parse('"a text"')
    }
    server.on.act(act)
    server.on.receipt(act)
    return { server, errors, socket: await client() }
  }
  const failures = [
    { phase: 'input', sent: 5, code: 'INVALID_INPUT' },
    { phase: 'reply', sent: 'reply', code: 'INTERNAL' },
    { phase: 'output', sent: 'emit', code: 'INTERNAL' },
    { phase: 'handler', sent: 'throw', code: 'INTERNAL' },
  ]
  const instead = [
    { title: 'a value that the ack’s schema takes', give: () => -1, ack: -1 },
    { title: 'a falsy one', give: () => 0, ack: 0 },
    { title: 'a promise of one', give: async () => -2, ack: -2 },
    { title: 'a value that the schema does not take', give: () => 'sorry' },
    { title: 'null', give: () => null },
    { title: 'nothing', give: () => undefined },
  ]

  for (const { phase, sent, code } of failures) {
    it(`gets an error of the phase ${phase}, with its place`, async context => {
      const { socket, errors } = await failing(context)
      assert.is(codeOf(await ask(socket, 'act', sent)), code)
      socket.emit('act', sent)
      await until(() => errors.length === 2)
      for (const report of errors.splice(0)) {
        assert.ok(report.error instanceof Error)
        assert.equal([report.phase, report.event, report.namespace], [phase, 'act', '/'])
        assert.is(report.socket?.id, socket.id)
      }
    })

    for (const { title, give, ack } of instead) {
      it(`that returns ${title} ${ack === undefined ? 'leaves' : 'replaces'} the ack in the phase ${phase}`, async context => {
        const { server, socket } = await failing(context)
        server.onError(give)
        const answer = await ask(socket, 'act', sent)
        if (ack === undefined) assert.is(codeOf(answer), code)
        else assert.equal(answer, [ack])
      })
    }
  }

  it('does not change a receipt, which has no value', async context => {
    const { server, socket } = await failing(context)
    server.onError(() => -1)
    assert.is(codeOf(await ask(socket, 'receipt', 5)), 'INVALID_INPUT')
    assert.is(codeOf(await ask(socket, 'receipt', 'throw')), 'INTERNAL')
  })
})

describe('a connection', it => {
  const api = router(
    { who: event.input().ack(Type.Any()) },
    { auth: Type.Object({ token: Type.Optional(Type.String()) }) },
  )
  const attempts = [
    { title: 'that the application accepts', auth: { token: 'good' }, data: undefined },
    { title: 'that the application refuses', auth: { token: 'bad' }, data: { code: 'UNAUTHORIZED' } },
    {
      title: 'whose auth does not match',
      auth: { token: 5 },
      data: { code: 'UNAUTHORIZED', issues: [{ path: '/token', message: 'Expected string' }] },
    },
    { title: 'without auth', auth: undefined, data: { code: 'UNAUTHORIZED' } },
  ]
  for (const { title, auth, data } of attempts) {
    it(`${title} ${data === undefined ? 'exists, and its handlers know who it is' : 'is refused, and never exists'}`, async context => {
      const { server, client, errors } = await serve(api, context)
      const connected: string[] = []
      const users = server.authenticate(({ auth }) => {
        if (auth.token !== 'good') throw new Error('not this one')
        return { user: 'bob' }
      })
      users.on.connection(({ data }) => connected.push(data.user))
      users.on.who(({ data, socket }) => [data.user, socket.handshake.auth])
      const coming = client('/', auth === undefined ? {} : { auth })
      if (data === undefined) {
        assert.equal(await ask(await coming, 'who'), [['bob', auth]])
        return assert.equal(connected, ['bob'])
      }
      const refused: unknown = await coming.then(
        () => assert.unreachable('expected a refusal'),
        (error: Error & { readonly data?: unknown }) => error.data,
      )
      assert.equal(refused, { message: 'The connection was refused', ...data })
      assert.equal(connected, [])
      assert.is(errors.pop()?.phase, 'authenticate')
    })
  }

  for (const transport of TRANSPORTS) {
    it(`over ${transport} has its query and its headers in the handshake`, async context => {
      const { server, client } = await serve(api, context, { transport })
      const shaken: unknown[] = []
      server.on.connection(({ socket: { handshake } }) => {
        shaken.push([handshake.query['page'], handshake.query['empty'], handshake.headers['x-request-id']])
      })
      await client('/', { query: { page: 'a b&c=ü', empty: '' }, extraHeaders: { 'X-Request-Id': '42' } })
      await until(() => shaken.length === 1)
      assert.equal(shaken, [['a b&c=ü', '', '42']])
    })
  }

  it('that the client ends is reported once, with the reason', async context => {
    const { server, client } = await serve(api, context)
    const reasons: unknown[] = []
    server.on.disconnect(({ reason, socket, signal }) => reasons.push([reason, socket.id, signal.aborted]))
    const socket = await client()
    const { id } = socket
    socket.disconnect()
    await until(() => reasons.length > 0)
    assert.equal(reasons, [['client namespace disconnect', id, true]])
    assert.is(server.namespace.sockets.size, 0)
  })

  it('that the server ends is reported on both sides', async context => {
    const { server, client } = await serve(api, context)
    const reasons: unknown[] = []
    server.on.disconnect(({ reason }) => reasons.push(reason))
    const socket = await client()
    socket.on('disconnect', reason => reasons.push(reason))
    server.namespace.disconnectSockets()
    await until(() => reasons.length === 2)
    assert.equal(reasons.sort(), ['io server disconnect', 'server namespace disconnect'])
  })
})

const numbersOf = (bytes: unknown): number[] => Array.from(bytes as Uint8Array)

for (const transport of TRANSPORTS) {
  describe(`binary over ${transport}`, it => {
    const bytes = Uint8Array.of(0, 1, 127, 128, 255)
    const api = router({
      raw: event.input(Type.Uint8Array({ maxByteLength: 5 })).ack(Type.Uint8Array()),
      file: event
        .input(Type.Object({ name: Type.String(), body: Type.Uint8Array() }), Type.Uint8Array())
        .ack(Type.Object({ parts: Type.Array(Type.Uint8Array()) })),
      lie: event.input().ack(Type.Uint8Array()),
      sent: event.output(Type.Uint8Array()),
      files: event.output(Type.Object({ parts: Type.Array(Type.Uint8Array()) })),
    })

    it('reaches the handler as bytes, and goes back in the ack', async context => {
      const { server, client } = await serve(api, context, { transport })
      server.on.raw(({ input }) => input.map(byte => byte ^ 255))
      server.on.file(({ input: [file, more] }) => ({ parts: [file.body, more, new Uint8Array()] }))
      const socket = await client()
      const [flipped] = await ask(socket, 'raw', bytes)
      assert.equal(numbersOf(flipped), [255, 254, 128, 127, 0])
      const [{ parts }] = (await ask(socket, 'file', { name: 'a', body: bytes }, Buffer.from([9]))) as [
        { parts: Uint8Array[] },
      ]
      assert.equal(parts.map(numbersOf), [[...bytes], [9], []])
    })

    it('is emitted to clients, alone and within a value', async context => {
      const { server, client } = await serve(api, context, { transport })
      const socket = await client()
      const [sent, files] = [heard(socket, 'sent'), heard(socket, 'files')]
      server.emit.sent(bytes)
      server.emit.sent(Buffer.from(bytes))
      server.emit.files({ parts: [bytes, bytes] })
      await until(() => files.length === 1)
      assert.equal(
        sent.map(([value]) => numbersOf(value)),
        [[...bytes], [...bytes]],
      )
      assert.equal((files[0] as [{ parts: Uint8Array[] }])[0].parts.map(numbersOf), [[...bytes], [...bytes]])
    })

    it('is rejected if it is too long or not bytes, in all directions', async context => {
      const { server, client, errors } = await serve(api, context, { transport })
      server.on.raw(({ input }) => assert.unreachable() ?? input)
      server.on.lie(() => JSON.parse('"AAEC"'))
      const socket = await client()
      for (const value of [new Uint8Array(6), 'AAEC', [0, 1], { 0: 1 }, null])
        assert.is(codeOf(await ask(socket, 'raw', value)), 'INVALID_INPUT')
      assert.is(codeOf(await ask(socket, 'lie')), 'INTERNAL')
      assert.throws(
        () => Reflect.apply(server.emit.sent, undefined, ['AAEC']),
        saying('emit.sent: /0 Expected Uint8Array'),
      )
      assert.is(errors.splice(0).length, 6)
    })
  })
}

describe('an emit', it => {
  const api = router({
    join: event.input(Type.String()).ack(),
    leave: event.input(Type.String()).ack(),
    say: event.input(Type.String(), Type.String()).ack(),
    said: event.output(Type.String()),
  })
  /** The clients that hear a request of `a`, with `a` and `b` in the room red, and `c` in blue. */
  const audiences = [
    { to: 'self', hear: ['a'] },
    { to: 'everyone', hear: ['a', 'b', 'c'] },
    { to: 'others', hear: ['b', 'c'] },
    { to: 'the others in red', hear: ['b'] },
    { to: 'the others in blue', hear: ['c'] },
    { to: 'all in red', hear: ['a', 'b'] },
    { to: 'all in red and blue', hear: ['a', 'b', 'c'] },
    { to: 'all but red', hear: ['c'] },
    { to: 'an empty room', hear: [] },
  ]
  const serveRooms = async (context: TestContext) => {
    const { server, client } = await serve(api, context)
    server.on.join(({ input, socket }) => socket.join(input))
    server.on.leave(({ input, socket }) => socket.leave(input))
    server.on.say(({ input: [to, text], emit, broadcast, to: room }) => {
      if (to === 'self') emit.said(text)
      if (to === 'everyone') server.emit.said(text)
      if (to === 'others') broadcast.emit.said(text)
      if (to === 'the others in red') room('red').emit.said(text)
      if (to === 'the others in blue') room('blue').emit.said(text)
      if (to === 'all in red') server.to('red').emit.said(text)
      if (to === 'all in red and blue') server.in(['red', 'blue']).emit.said(text)
      if (to === 'all but red') server.except('red').emit.said(text)
      if (to === 'an empty room') server.to('green').emit.said(text)
    })
    const sockets = { a: await client(), b: await client(), c: await client() }
    const rooms = { a: 'red', b: 'red', c: 'blue' }
    const hears: string[] = []
    for (const name of ['a', 'b', 'c'] as const) {
      await ask(sockets[name], 'join', rooms[name])
      sockets[name].on('said', () => hears.push(name))
    }
    const say = async (to: string): Promise<string[]> => {
      await ask(sockets.a, 'say', to, 'hello')
      // An ack comes after what was emitted before it, so that who hears has heard.
      for (const socket of Object.values(sockets)) await ask(socket, 'say', 'nobody', '')
      return hears.splice(0).sort()
    }
    return { say, sockets }
  }

  for (const { to, hear } of audiences) {
    it(`to ${to} is heard by ${hear.join(', ') || 'nobody'}`, async context => {
      const { say } = await serveRooms(context)
      assert.equal(await say(to), hear)
    })
  }

  it('to a room does not reach a client that has left it', async context => {
    const { say, sockets } = await serveRooms(context)
    await ask(sockets.a, 'leave', 'red')
    assert.equal(await say('all in red'), ['b'])
    assert.equal(await say('everyone'), ['a', 'b', 'c'])
  })
})

describe('an ack', it => {
  const api = router({
    answered: event.input(Type.Integer()).ack(Type.Integer()),
    receipt: event.input(Type.Integer()).ack(),
    silent: event.input(Type.Integer()),
  })
  /** Records the arguments of an ack, and the input of the handler. */
  const rows = [
    { name: 'answered', sent: 1, ack: [2] },
    { name: 'receipt', sent: 1, ack: [] },
    { name: 'silent', sent: 1, ack: [] },
  ]
  for (const { name, sent, ack } of rows) {
    for (const isAsync of [false, true]) {
      const kind = isAsync ? 'an async' : 'a synchronous'
      it(`of ${name} is [${String(ack)}] from ${kind} handler, whether it is asked for or not`, async context => {
        const { server, client } = await serve(api, context)
        const taken: unknown[] = []
        const handler = ({ input }: { input: number }) => {
          taken.push(input)
          return isAsync ? Promise.resolve(input + 1) : input + 1
        }
        server.handle({ answered: handler, receipt: handler, silent: handler })
        const socket = await client()
        socket.emit(name, sent)
        assert.equal(await ask(socket, name, sent), ack)
        assert.equal(taken, [sent, sent])
      })
    }

    it(`of ${name} tells of invalid input, and nothing is sent where it is not asked for`, async context => {
      const { server, client, errors } = await serve(api, context)
      const handler = (): never => {
        throw new Error('the handler was called')
      }
      server.handle({ answered: handler, receipt: handler, silent: handler })
      const socket = await client()
      const all: unknown[] = []
      socket.onAny((...args: unknown[]) => all.push(args))
      socket.emit(name, 'one')
      assert.is(codeOf(await ask(socket, name, 'one')), 'INVALID_INPUT')
      assert.equal(all, [])
      assert.is(errors.splice(0).length, 2)
    })
  }
})
