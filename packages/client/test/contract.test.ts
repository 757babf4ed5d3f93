import { createClient, EventError, safe, type ClientOptions, type ListenOptions } from '@ackwire/client'
import { serve } from '@ackwire/core/testing'
import { event, router } from '@ackwire/core'
import { registerFormats } from '@ackwire/core/formats'
import { FormatRegistry, Type, type TSchema } from '@sinclair/typebox'
import { Server, type Socket as ServerSocket } from 'socket.io'
import { io as connect } from 'socket.io-client'
import * as assert from 'uvu/assert'
import { until, TRANSPORTS } from '../../core/test/serve.js'
import { describe, type TestContext } from '../../../test/harness.js'

/** A date that travels as a string. */
const Moment = Type.Transform(Type.String({ format: 'date-time' }))
  .Decode(text => new Date(text))
  .Encode(date => date.toISOString())

/** A name that travels as `null` if it is missing. */
const Nick = Type.Transform(Type.Union([Type.String(), Type.Null()]))
  .Decode(name => name ?? undefined)
  .Encode(name => name ?? null)

const api = router({
  sign_up: event
    .input(Type.Object({ email: Type.String({ minLength: 3 }) }))
    .ack(Type.Object({ success: Type.Boolean() }))
    .errors({ TAKEN_SINCE: Moment }),
  later: event.input(Moment, Type.Integer()).ack(Moment),
  page: event.input(Type.Object({ size: Type.Integer({ default: 20 }) })).ack(Type.Integer()),
  ping: event.input().ack(),
  settings: event.input().ack(Type.Object({ size: Type.Optional(Type.Integer({ default: 20 })) })),
  nick: event.input(Nick).ack(Type.String()),
  move: event.input(Type.Integer(), Type.Optional(Type.Integer())),
  upload: event.input(Type.Uint8Array({ maxByteLength: 4 })).ack(Type.Uint8Array()),
  at: event.output(Moment),
  unchecked: event.output(Type.String({ format: 'date-time' })),
  placed: event.output(Type.Integer(), Type.Optional(Type.String())),
  lines: event.output(Type.Integer()).rest(Type.String()),
  probe: event.output(Moment).ack(Moment).errors({ BUSY_UNTIL: Moment }),
  touch: event.output().ack(),
  todo: router({ create: event.input(Type.String()).ack(Type.Integer()) }),
  '/game-{id}': router({ who: event.input().ack(Type.String()) }),
  '/day-{at}': router({ year: event.input().ack(Type.Integer()) }, { params: Type.Object({ at: Moment }) }),
})
const NOON = '2026-01-02T12:00:00.000Z'

const OPTIONS = { transports: ['websocket'], forceNew: true }

const start = async (context: TestContext, options: ClientOptions<unknown> = {}) => {
  const served = await serve(api)
  const client = createClient(api, served.url, { ...OPTIONS, ...options })
  context.defer(() => served.close())
  context.defer(() => client.close())
  return { ...served, client }
}

/** Starts a plain Socket.IO server without the contract, and a client with it. */
const startPlain = async (
  context: TestContext,
  listen: (socket: ServerSocket) => void,
  options: ListenOptions & { readonly recovery?: boolean } = {},
) => {
  const { recovery = false, ...others } = options
  const served = await serve(router({}), () => {}, recovery ? { io: { connectionStateRecovery: {} } } : {})
  const { io, url } = served
  io.on('connection', listen)
  const client = createClient(api, url, { ...OPTIONS, ...others })
  context.defer(() => served.close())
  context.defer(() => client.close())
  await until(() => client.socket.connected)
  return { io, client }
}

/** Emits an event as an application without a contract does. */
const emitOf =
  ({ sockets }: Server, name: string) =>
  (...args: unknown[]): unknown =>
    sockets.emit(name, ...args)

/** Tells whether no packet is being written, since Socket.IO drops a volatile one meanwhile. */
const isWritable = ({ sockets }: Server): boolean =>
  [...sockets.sockets.values()].every(({ conn }) => conn.transport.writable)

const passes = (act: () => unknown): boolean => {
  try {
    act()
    return true
  } catch {
    return false
  }
}

const codeOf = (act: () => unknown): unknown => {
  try {
    return act()
  } catch (error) {
    return error instanceof EventError ? error.code : error
  }
}

const failure = async (call: Promise<unknown>): Promise<EventError> => {
  const [error] = await safe(call)
  if (error instanceof EventError) return error
  throw new Error('expected a rejection')
}

describe('a client with the contract', it => {
  for (const transport of TRANSPORTS) {
    it(`decodes what it receives and encodes what it sends over ${transport}`, async context => {
      const served = await start(context, { transports: [transport] })
      const { client } = served
      served.server.on.later(({ input: [date, hours] }) => new Date(date.getTime() + hours * 3_600_000))
      const answer = await client.emit.later(new Date(NOON), 1)
      assert.instance(answer, Date)
      assert.is(answer.toISOString(), '2026-01-02T13:00:00.000Z')

      const next = client.once.at()
      const heard: Date[] = []
      client.on.at(date => heard.push(date))
      served.server.emit.at(new Date(NOON))
      assert.equal(await next, new Date(NOON))
      assert.equal(heard, [new Date(NOON)])
    })
  }

  it('refuses to send invalid values', async context => {
    const { server, client } = await start(context)
    let calls = 0
    server.on.sign_up(() => ({ success: ++calls > 0 }))
    const error = await failure(client.emit.sign_up({ email: 'b' }))
    assert.is(error.code, 'INVALID_INPUT')
    assert.equal(
      error.issues.map(({ path }) => path),
      ['/0/email'],
    )
    assert.is((await failure(Reflect.apply(client.emit.ping, undefined, ['extra']))).code, 'INVALID_INPUT')
    assert.is((await failure(client.emit.later(new Date('never'), 1))).code, 'INVALID_INPUT')
    assert.is((await client.emit.sign_up({ email: 'bob' })).success, true)
    assert.is(calls, 1)
  })

  it('throws if an event without an ack is emitted with invalid arguments', async context => {
    const { client, server } = await start(context)
    const received: unknown[] = []
    server.on.move(({ input }) => received.push(input))
    let asked = false
    server.io.use((socket, enter) => {
      socket.use((packet, pass) => {
        asked ||= packet[0] === 'move' && typeof packet.at(-1) === 'function'
        pass()
      })
      enter()
    })
    assert.throws(
      () => Reflect.apply(client.emit.move, undefined, ['1']),
      (error: EventError) => error.code === 'INVALID_INPUT' && error.issues[0]?.path === '/0',
    )
    assert.throws(() => Reflect.apply(client.volatile.emit.move, undefined, []), /INVALID_INPUT|does not match/)
    assert.is(client.emit.move(1), undefined)
    client.emit.move(2, undefined)
    client.emit.move(3, 4)
    await client.emit.ping().catch(() => {})
    assert.equal(received, [[1], [2], [3, 4]])
    assert.not(asked, 'a client that knows the contract asks for no answer where none is declared')
  })

  it('leaves input defaults to the server', async context => {
    const { server, client } = await start(context)
    server.on.page(({ input }) => input.size)
    assert.is(await Reflect.apply(client.emit.page, undefined, [{}]), 20)
  })

  it('accepts only a valid answer', async context => {
    const { client } = await startPlain(context, socket => {
      socket.on('sign_up', ({ email }, ack) => ack(JSON.parse(email)))
    })
    const answer = async (reply: unknown) => failure(client.emit.sign_up({ email: JSON.stringify(reply) }))
    const wrong = await answer({ success: 'yes' })
    assert.is(wrong.code, 'INVALID_REPLY')
    assert.equal(
      wrong.issues.map(({ path }) => path),
      ['/0/success'],
    )
    assert.is((await answer([null])).code, 'INVALID_REPLY')
    assert.is((await answer({ $error: { code: 'WHATEVER', message: '' } })).code, 'INVALID_REPLY')
    assert.is((await answer({ $error: { code: 'TAKEN_SINCE', data: 'nonsense' } })).code, 'INVALID_REPLY')
    const limited = await answer({ $error: { code: 'RATE_LIMITED', message: 'slow', data: { retryAfterMs: 5 } } })
    assert.equal([limited.code, limited.message, limited.data], ['RATE_LIMITED', 'slow', { retryAfterMs: 5 }])
    assert.is((await answer({ $error: { code: 'RATE_LIMITED', message: 'slow' } })).code, 'INVALID_REPLY')
    const issue = { path: '/0', message: 'Expected more' }
    const refused = await answer({ $error: { code: 'INVALID_INPUT', message: '', data: 5, issues: [null, 5, issue] } })
    assert.equal([refused.data, refused.issues], [undefined, [issue]])
    const taken = await answer({ $error: { code: 'TAKEN_SINCE', message: 'Taken by bob', data: NOON } })
    assert.is(taken.message, 'Taken by bob')
  })

  it('fills in the defaults of an answer', async context => {
    const { client } = await startPlain(context, socket => socket.on('settings', ack => ack({})))
    assert.equal(await client.emit.settings(), { size: 20 })
  })

  it('encodes and sends a value that is undefined only when decoded', async context => {
    const { server, client } = await start(context)
    server.on.nick(({ input }) => String(input))
    assert.is(await client.emit.nick(undefined), 'undefined')
    assert.is(await client.emit.nick('bob'), 'bob')
  })

  it('throws if it is created with neither a contract nor a URL', () => {
    assert.throws(
      () => Reflect.apply(createClient, undefined, [undefined, 'http://localhost']),
      /expected a contract, a URL/,
    )
  })

  it('decodes the data of a declared error', async context => {
    const { server, client } = await start(context)
    server.on.sign_up(({ fail }) => fail('TAKEN_SINCE', new Date(NOON)))
    const [error] = await safe(client.emit.sign_up({ email: 'bob' }))
    assert.is(error?.code, 'TAKEN_SINCE')
    if (error?.code === 'TAKEN_SINCE') assert.is(error.data.toISOString(), NOON)
  })

  it('answers with valid values and declared errors only', async context => {
    const told: unknown[] = []
    const { server, client } = await start(context, { onError: (error, event) => told.push([event, String(error)]) })
    await until(() => client.socket.connected)
    const ask = async (listener: Parameters<typeof client.on.probe>[0]): Promise<unknown> => {
      const off = client.on.probe(listener)
      const [error, answers] = await safe(server.emit.probe(new Date(NOON)))
      off()
      return error === undefined ? answers : error.code
    }
    assert.equal(await ask(date => new Date(date.getTime() + 1)), [new Date('2026-01-02T12:00:00.001Z')])
    assert.is(await ask(() => Promise.reject(new EventError('BUSY_UNTIL', new Date(NOON)))), 'BUSY_UNTIL')
    assert.equal(told, [])
    assert.is(await ask(() => Promise.reject(new EventError('UNDECLARED', 1))), 'INTERNAL')
    assert.is(await ask(() => JSON.parse('"a text"')), 'INTERNAL')
    assert.is(await ask(() => Promise.reject(new Error('own'))), 'INTERNAL')
    assert.equal(
      told.map(each => String(each).slice(0, 24)),
      ['probe,EventError: UNDECL', 'probe,EventError: The an', 'probe,Error: own'],
    )
    client.on.touch(() => 'the return value of a receipt is ignored')
    assert.equal(await server.emit.touch(), [undefined])
  })

  it('passes no invalid output to a listener, and reports it', async context => {
    const told: unknown[] = []
    const onError = (error: unknown, event: string): void => {
      told.push(error instanceof EventError ? [event, error.code, error.issues[0]?.path] : error)
    }
    const { io, client } = await startPlain(context, () => {}, { onError })
    const heard: unknown[] = []
    client.on.placed((...args) => heard.push(args))
    client.on.probe(date => date)
    io.emit('placed', 'one')
    io.emit('placed', 1, 2)
    io.emit('placed', 1, 'a', 'b')
    io.emit('placed', 1)
    io.emit('placed', 1, 'a')
    const answers: unknown[] = await io.timeout(5_000).emitWithAck('probe', 'no date')
    assert.equal(answers, [{ $error: { code: 'INTERNAL', message: 'Internal error' } }])
    assert.equal(heard, [[1], [1, 'a']])
    assert.equal(told, [
      ['placed', 'INVALID_OUTPUT', '/0'],
      ['placed', 'INVALID_OUTPUT', '/1'],
      ['placed', 'INVALID_OUTPUT', '/2'],
      ['probe', 'INVALID_OUTPUT', '/0'],
    ])
    const next = failure(client.once.placed())
    io.emit('placed', 'one')
    assert.is((await next).code, 'INVALID_OUTPUT')
  })

  it('tells the offset of connection state recovery apart from an argument', async context => {
    const { io, client } = await startPlain(context, () => {}, { recovery: true })
    const heard: unknown[] = []
    client.on.placed((...args) => heard.push(args))
    client.on.lines((...args) => heard.push(args))
    client.on.at((...args) => heard.push(args))
    io.emit('placed', 1)
    io.emit('placed', 1, 'a')
    io.emit('lines', 1, 'a', 'b')
    io.emit('at', NOON)
    await until(() => heard.length === 4)
    io.volatile.emit('placed', 1, 'a')
    await until(() => heard.length === 5)
    io.volatile.emit('lines', 1, 'a', 'b')
    await until(() => heard.length === 6)
    assert.equal(heard, [[1], [1, 'a'], [1, 'a', 'b'], [new Date(NOON)], [1, 'a'], [1, 'a', 'b']])
    // Like the adapter of a cluster, which has no offsets.
    io.volatile.emit('at', NOON, '')
    await until(() => heard.length === 7)
    assert.equal(heard[6], [new Date(NOON)])
  })

  for (const isGiven of [true, false]) {
    const which = isGiven ? 'with the contract' : 'without it'
    it(`gets exactly what was emitted beside recovery, ${which}`, async context => {
      const texts = router({
        text: event.output(Type.String()),
        maybe: event.output(Type.Optional(Type.String())),
        pair: event.output(Type.String(), Type.Optional(Type.String())),
        rest: event.output(Type.Integer()).rest(Type.String()),
        empty: event.output(),
        end: event.output(),
      })
      const served = await serve(texts, () => {}, { io: { connectionStateRecovery: {} } })
      context.defer(() => served.close())
      const client = isGiven
        ? createClient(texts, served.url, OPTIONS)
        : createClient<typeof texts>(served.url, OPTIONS)
      context.defer(() => client.close())
      await until(() => client.socket.connected)
      const { server, io } = served
      const socket = [...io.sockets.sockets.values()][0]?.id ?? ''
      /** Looks like an offset of the adapter in memory. */
      const text = 'Pdc7nXY'
      const heard: unknown[][] = []
      for (const name of ['text', 'maybe', 'pair', 'rest', 'empty'] as const)
        client.on[name]((...args: unknown[]) => heard.push([name, ...args]))
      const expected: unknown[][] = []
      for (const to of [server, server.volatile, server.local, server.to(socket), server.local.volatile]) {
        const emits: (() => unknown[])[] = [
          () => (to.emit.text(text), ['text', text]),
          () => (to.emit.maybe(), ['maybe']),
          () => (to.emit.maybe(text), ['maybe', text]),
          () => (to.emit.pair(text), ['pair', text]),
          () => (to.emit.pair(text, text), ['pair', text, text]),
          () => (to.emit.rest(1), ['rest', 1]),
          () => (to.emit.rest(1, text, text), ['rest', 1, text, text]),
          () => (to.emit.empty(), ['empty']),
        ]
        for (const emit of emits) {
          await until(() => isWritable(io))
          expected.push(emit())
          await until(() => heard.length === expected.length)
        }
      }
      const values = Promise.all([client.once.empty(), client.once.maybe(), client.once.pair(), client.once.rest()])
      for (const emit of [
        server.emit.empty,
        server.emit.maybe,
        () => server.emit.pair(text),
        () => server.emit.rest(1),
      ])
        emit()
      assert.equal(heard.splice(0, expected.length), expected)
      assert.equal(await values, [undefined, undefined, text, 1])
      await until(() => heard.length === 4)
      // What the application emits itself.
      await until(() => isWritable(io))
      io.volatile.emit('text', text)
      await until(() => heard.length === 5)
      io.emit('text', text)
      await until(() => heard.length === 6)
      assert.equal(heard.slice(4), [
        ['text', text],
        ['text', text],
      ])
    })
  }

  for (const [isGiven, isOn] of [
    [true, false],
    [false, false],
    [true, true],
    [false, true],
  ] as const) {
    const where = isOn ? 'the adapter recovers nothing' : 'recovery is off'
    it(`keeps a last text that looks like an offset where ${where}, ${isGiven ? 'with the contract' : 'without it'}`, async context => {
      const texts = router({
        maybe: event.output(Type.Optional(Type.String())),
        pair: event.output(Type.String(), Type.Optional(Type.String())),
        rest: event.output(Type.Integer()).rest(Type.String()),
      })
      // The adapter of a server without recovery.
      const adapter = new Server().adapter()
      const options = isOn ? { io: { connectionStateRecovery: {}, adapter: adapter as never } } : {}
      const { server, io, url } = await serve(texts, () => {}, options)
      context.defer(() => io.close())
      const client = isGiven ? createClient(texts, url, OPTIONS) : createClient<typeof texts>(url, OPTIONS)
      context.defer(() => client.close())
      await until(() => client.socket.connected)
      const text = 'Pdc7nXY'
      const both = [
        server,
        { emit: { maybe: emitOf(io, 'maybe'), pair: emitOf(io, 'pair'), rest: emitOf(io, 'rest') } },
      ]
      for (const { emit } of both) {
        const values = Promise.all([client.once.maybe(), client.once.pair(), client.once.rest()])
        const heard = new Promise(resolve => client.on.rest((...args) => resolve(args)))
        emit.maybe(text)
        emit.pair(text, text)
        emit.rest(1, text, text)
        assert.equal(await values, [text, [text, text], [1, text, text]])
        assert.equal(await heard, [1, text, text])
      }
    })
  }

  it('is recovered after an output that recovery does not deliver again', async context => {
    const served = await serve(api, () => {}, { io: { connectionStateRecovery: {} } })
    context.defer(() => served.close())
    const { server, io, url } = served
    const socket = connect(url, { ...OPTIONS, reconnectionDelay: 1 })
    context.defer(() => socket.close())
    const heard: unknown[] = []
    socket.on('placed', number => heard.push(number))
    await until(() => socket.connected)
    server.emit.placed(1)
    await until(() => heard.length === 1 && isWritable(io))
    server.volatile.emit.placed(2, 'text')
    await until(() => heard.length === 2)
    let isLost = false
    socket.on('disconnect', () => (isLost = true))
    socket.io.engine.close()
    await until(() => isLost)
    server.emit.placed(3)
    await until(() => heard.length === 3)
    assert.equal([heard, socket.recovered], [[1, 2, 3], true])
  })

  it('sends and receives bytes', async context => {
    const { server, client } = await start(context)
    server.on.upload(({ input }) => input.toReversed())
    assert.equal([...(await client.emit.upload(Uint8Array.of(1, 2)))], [2, 1])
    assert.is((await failure(client.emit.upload(new Uint8Array(5)))).code, 'INVALID_INPUT')
  })

  it('has dates where the contract declares them', async context => {
    const days = router({ next: event.input(Type.Date()).ack(Type.Date()) })
    const app = await serve(days, server => server.on.next(({ input }) => new Date(input.getTime() + 1)))
    context.defer(app.close)
    const client = createClient(days, app.url, OPTIONS)
    context.defer(() => client.close())
    assert.equal(await client.emit.next(new Date(NOON)), new Date('2026-01-02T12:00:00.001Z'))
  })

  it('accepts every binary type of a browser', () => {
    const output = router({
      file: event.output(Type.Object({ at: Type.Date(), body: Type.Union([Type.Null(), Type.Uint8Array()]) })),
    })
    const decode = output['~peer']('/')?.output('file')?.decode
    const received = [{ at: new Date(NOON), body: Uint8Array.of(1, 2).buffer }]
    assert.equal(decode?.(received, false), [{ at: new Date(NOON), body: Uint8Array.of(1, 2) }])
  })

  it('answers even if its listener and its error handler throw', async context => {
    const { server, client } = await start(context, {
      onError() {
        throw new Error('from onError')
      },
    })
    await until(() => client.socket.connected)
    const printed: unknown[] = []
    const { error: print } = console
    console.error = (thrown: unknown) => void printed.push(String(thrown))
    context.defer(() => (console.error = print))
    client.on.probe(() => Promise.reject(new EventError('BUSY_UNTIL', new Date('never'))))
    assert.is((await failure(server.emit.probe(new Date(NOON)))).code, 'INTERNAL')
    assert.equal(printed, ['Error: from onError', 'Error: from onError'])
  })

  it('accepts the same values as the server', () => {
    const Both = Type.Intersect([Type.Object({ a: Type.Integer() }), Type.Object({ b: Type.Integer() })], {
      unevaluatedProperties: false,
    })
    const Tree = Type.Recursive(This =>
      Type.Object({ digits: Type.RegExp(/^\d+$/), both: Type.Union([Both, Type.Null()]), next: Type.Optional(This) }),
    )
    const Nodes = Type.Module({ Node: Type.Object({ id: Type.RegExp(/a/), next: Type.Optional(Type.Ref('Node')) }) })
    const taking = (schema: TSchema) => {
      const contract = router({ it: event.input(schema) })
      const input = contract['~peer']('/')?.input('it')
      return (value: unknown) => passes(() => input?.encode([value]))
    }
    const [tree, node] = [taking(Tree), taking(Nodes.Import('Node'))]
    assert.ok(tree({ digits: '1', both: null }))
    assert.ok(tree({ digits: '1', both: { a: 1, b: 2 }, next: { digits: '2', both: null } }))
    assert.not(tree({ digits: '1', both: { a: 1, b: 2, c: 3 } }))
    assert.not(tree({ digits: 1, both: null }))
    assert.not(tree({ digits: '1', both: null, next: { digits: 2, both: null } }))
    assert.ok(node({ id: 'a', next: { id: 'ab' } }))
    assert.not(node({ id: 'a', next: { id: 5 } }))
  })

  it('skips a format that is not registered, and registers none', () => {
    // Undoes the registration by an attach in this process.
    FormatRegistry.Delete('date-time')
    assert.ok(passes(() => api['~peer']('/')?.output('unchecked')?.decode(['whatever'], false)))
    assert.not(FormatRegistry.Has('date-time'))
    registerFormats()
    const checking = router({ at: event.output(Type.String({ format: 'date-time' })) })
    assert.not(passes(() => checking['~peer']('/')?.output('at')?.decode(['whatever'], false)))
  })

  it('fails with an EventError for any value', () => {
    const Deep = Type.Recursive(This => Type.Object({ n: Type.Integer({ default: 1 }), next: Type.Optional(This) }))
    const made = Type.Integer({
      default: () => {
        throw new Error('no default today')
      },
    })
    const peer = router({
      deep: event.input(Deep).ack(Type.Array(Type.Uint8Array())),
      made: event.input(Type.Optional(made)),
      gave: event.output(made),
    })['~peer']('/')
    let deep: unknown = []
    for (let depth = 0; depth < 20_000; depth++) deep = { next: deep }
    const codes = [
      () => peer?.input('deep')?.encode([deep]),
      () => peer?.input('deep')?.decode([deep]),
      () => peer?.input('made')?.encode([]),
      () => peer?.output('gave')?.decode([], false),
    ].map(act => codeOf(act))
    assert.equal(codes, ['INVALID_INPUT', 'INVALID_REPLY', 'INVALID_INPUT', 'INVALID_OUTPUT'])
  })

  it('knows the contract’s groups and namespaces, and no others', async context => {
    const { server, client } = await start(context)
    server.on.todo.create(({ input }) => input.length)
    server.of('/game-{id}').on.who(({ params }) => params.id)
    assert.is(await client.emit.todo.create('milk'), 4)
    server.of('/day-{at}').on.year(({ params }) => params.at.getUTCFullYear())
    const game = client.of('/game-{id}', { id: '42' })
    context.defer(() => game.close())
    assert.is(await game.emit.who(), '42')
    assert.throws(() => Reflect.get(client.emit, 'nothing')(), /the contract has no such event: nothing/)
    assert.throws(() => Reflect.get(client.on, 'todo')(() => {}), /the contract has no such event: todo/)
    const day = client.of('/day-{at}', { at: new Date(NOON) })
    context.defer(() => day.close())
    assert.is(await day.emit.year(), 2026)
    assert.throws(() => client.of('/day-{at}', { at: new Date('never') }), /Invalid time value/)
    assert.throws(() => client.of('/game-{id}', { id: 'a/b' }), /the parameter id must be a non-empty string/)
    let visits = 0
    server.io.of('/admin').on('connection', () => visits++)
    assert.throws(() => Reflect.apply(client.of, client, ['/admin']), /the contract has no such namespace: \/admin/)
    let connections = 0
    client.on.connect(() => connections++)
    client.close().connect()
    await until(() => connections === 1)
    assert.is(visits, 0)
  })

  it('uses an existing socket', async context => {
    const { server, url } = await start(context)
    server.on.ping(() => {})
    const socket = connect(url, OPTIONS)
    context.defer(() => socket.disconnect())
    assert.is(await createClient(api, socket, { ackTimeout: 500 }).emit.ping(), undefined)
  })
})
