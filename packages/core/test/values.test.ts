import { event, EventError, router, type GuardedEvents } from '@ackwire/core'
import { Type, type TSchema } from '@sinclair/typebox'
import { Value } from '@sinclair/typebox/value'
import type { Server } from 'socket.io'
import * as assert from 'uvu/assert'
import { describe, type TestContext } from '../../../test/harness.js'
import { ask, failureOf, serve } from './serve.js'

/** Returns the input of a handler for a value that a client sends over a real connection. */
const inputOf = async (context: TestContext, schema: TSchema, sent: unknown): Promise<unknown> => {
  const { server, client } = await serve(router({ take: event.input(schema).ack() }), context)
  const inputs: unknown[] = []
  server.on.take(({ input }) => inputs.push(input))
  assert.equal(await ask(await client(), 'take', sent), [])
  return inputs[0]
}

const Size = Type.Object({ unit: Type.String({ default: 'cm' }), size: Type.Integer({ default: 10 }) })

const Twice = Type.Transform(Type.Integer())
  .Decode(n => n * 2)
  .Encode(n => n / 2)
const Pair = Type.Object({ a: Type.Optional(Twice), b: Type.String() })

/** The places of a transform, each with a schema and the value that a client sends. */
const DECODED: readonly (readonly [place: string, schema: TSchema, sent: unknown])[] = [
  ['itself', Twice, 1],
  [
    'in a list of objects',
    Type.Array(Pair),
    [
      { a: 1, b: 'x' },
      { b: 'x', more: 2 },
      { a: 3, b: 'x' },
    ],
  ],
  [
    'around an object, and in it',
    Type.Transform(Pair)
      .Decode(pair => [pair])
      .Encode(([pair]) => pair ?? { b: '' }),
    { a: 1, b: 'x' },
  ],
  [
    'around a list, and in it',
    Type.Transform(Type.Array(Twice))
      .Decode(all => ({ all }))
      .Encode(({ all }) => all),
    [1, 2],
  ],
  [
    'around an object alone',
    Type.Object({
      c: Type.Transform(Type.Object({ d: Type.String() }))
        .Decode(({ d }) => d)
        .Encode(d => ({ d })),
    }),
    { c: { d: 'x' } },
  ],
  ['in a tuple', Type.Tuple([Twice, Type.Integer()]), [1, 1]],
  ['in a record', Type.Object({ all: Type.Record(Type.String(), Twice) }), { all: { x: 1 } }],
  ['in further properties', Type.Object({ b: Type.String() }, { additionalProperties: Twice }), { b: 'x', c: 1 }],
  ['in a union', Type.Object({ one: Type.Union([Type.String(), Pair]) }), { one: { a: 1, b: 'x' } }],
  ['in an intersection', Type.Array(Type.Intersect([Pair, Type.Object({ c: Twice })])), [{ a: 1, b: 'x', c: 1 }]],
  ['beside what may be undefined', Type.Object({ a: Twice, u: Type.Optional(Type.Undefined()) }), { a: 1 }],
]

/** The answers of those that did answer. */
const repliesIn = (error: unknown): unknown => (error instanceof EventError ? error.data : error)

/** A title, a schema, what a client sends, and what the handler is given. */
const FILLED: readonly (readonly [title: string, schema: TSchema, sent: unknown, input: unknown])[] = [
  ['a required property', Size, { size: 1 }, { unit: 'cm', size: 1 }],
  ['an optional property', Type.Object({ a: Type.Optional(Type.Null({ default: null })) }), {}, { a: null }],
  ['a missing object', Type.Object({ a: Type.Object({}, { default: { b: 1 } }) }), {}, { a: { b: 1 } }],
  [
    'inside of a default',
    Type.Object({ a: Type.Object(Size.properties, { default: {} }) }),
    {},
    { a: { unit: 'cm', size: 10 } },
  ],
  [
    'inside of an array',
    Type.Array(Size),
    [{}, { size: 2 }],
    [
      { unit: 'cm', size: 10 },
      { unit: 'cm', size: 2 },
    ],
  ],
  ['at the end of a tuple', Type.Tuple([Type.String(), Type.Integer({ default: 3 })]), ['a'], ['a', 3]],
  ['inside of a record', Type.Record(Type.String(), Size), { a: { unit: 'm' } }, { a: { unit: 'm', size: 10 } }],
  [
    'inside of further properties',
    Type.Object({ a: Type.String() }, { additionalProperties: Size }),
    { a: 'x', b: {} },
    { a: 'x', b: { unit: 'cm', size: 10 } },
  ],
  [
    'of both parts of an intersection',
    Type.Intersect([Size, Type.Object({ b: Type.Boolean({ default: true }) })]),
    { size: 1 },
    { size: 1, unit: 'cm', b: true },
  ],
  [
    'of the member of a union that fits',
    Type.Union([
      Type.Object({ kind: Type.Literal('a'), n: Type.Integer({ default: 1 }) }),
      Type.Object({ kind: Type.Literal('b'), s: Type.String({ default: 'x' }) }),
    ]),
    { kind: 'b' },
    { kind: 'b', s: 'x' },
  ],
  ['that is a function', Type.Object({ at: Type.Number({ default: () => 7 }) }), {}, { at: 7 }],
  [
    'in a module',
    Type.Module({ A: Type.Object({ b: Type.Ref('B') }), B: Type.Object({ c: Type.Integer({ default: 1 }) }) }).Import(
      'A',
    ),
    { b: {} },
    { b: { c: 1 } },
  ],
  [
    'in a recursion',
    Type.Recursive(This => Type.Object({ n: Type.Integer({ default: 1 }), next: Type.Optional(This) })),
    { next: { next: { n: 2 } } },
    { n: 1, next: { n: 1, next: { n: 2 } } },
  ],
]

describe('a default is filled in', it => {
  for (const [title, schema, sent, input] of FILLED) {
    it(title, async context => assert.equal(await inputOf(context, schema, sent), input))
  }

  it('for an argument that is left out', async context => {
    const { server, client } = await serve(
      router({ page: event.input(Type.String(), Type.Optional(Type.Integer({ default: 20 }))).ack(Type.Any()) }),
      context,
    )
    server.on.page(({ input }) => ({ input }))
    const socket = await client()
    assert.equal(await ask(socket, 'page', 'a'), [{ input: ['a', 20] }])
    assert.equal(await ask(socket, 'page', 'a', 5), [{ input: ['a', 5] }])
  })

  it('for a plain listener, whose ack keeps its place', async context => {
    const { io, client } = await serve(
      router({ take: event.input(Size, Type.Optional(Type.Null({ default: null }))).ack(Type.Any()) }),
      context,
    )
    io.on('connection', socket => socket.on('take', (...args) => args.pop()({ args })))
    assert.equal(await ask(await client(), 'take', { size: 1 }), [{ args: [{ size: 1, unit: 'cm' }, null] }])
  })

  it('again for each value', async context => {
    const api = router({
      add: event.input(Type.Object({ list: Type.Array(Type.Integer(), { default: [1] }) })).ack(Type.Any()),
    })
    const { server, client } = await serve(api, context)
    server.on.add(({ input }) => input.list.push(2))
    const socket = await client()
    assert.equal(await ask(socket, 'add', {}), [2])
    assert.equal(await ask(socket, 'add', {}), [2])
  })

  it('before the check, which rejects a default that does not match', async context => {
    const api = router({ take: event.input(Type.Object({ a: Type.Object(Size.properties), b: Type.String() })).ack() })
    const { server, client, errors } = await serve(api, context)
    server.on.take(() => assert.unreachable('the handler was called'))
    const [reply] = await ask(await client(), 'take', { a: {} })
    assert.equal((reply as { $error: { issues: unknown } }).$error.issues, [
      { path: '/0/b', message: 'Expected required property' },
    ])
    errors.pop()
  })

  it('without a prototype that a peer has made', async context => {
    const schema = Type.Object({ user: Type.Object({ name: Type.String({ default: 'x' }) }, { default: {} }) })
    const sent = JSON.parse('{ "user": { "__proto__": { "isAdmin": true } }, "__proto__": { "isAdmin": true } }')
    const input = (await inputOf(context, schema, sent)) as { user: object }
    for (const value of [input, input.user]) {
      assert.is(Object.getPrototypeOf(value), Object.prototype)
      assert.not.ok('isAdmin' in value)
    }
    const record = Type.Record(Type.String(), Type.Object({ n: Type.Integer({ default: 1 }) }))
    const filled = await inputOf(context, record, JSON.parse('{ "__proto__": {} }'))
    assert.is(Object.getPrototypeOf(filled), Object.prototype)
  })

  it('in linear time, not in time exponential in the depth', async context => {
    const deep = (depth: number): object => (depth === 0 ? { b: true } : { b: true, next: deep(depth - 1) })
    const node = (name: string, This: TSchema) =>
      Type.Object({ [name]: Type.Boolean(), next: Type.Optional(This), n: Type.Integer({ default: 1 }) })
    const schema = Type.Recursive(This => Type.Object({ n: Type.Integer({ default: 1 }), next: Type.Optional(This) }))
    const union = Type.Recursive(This => Type.Union([node('c', This), node('b', This)]))
    for (const one of [schema, union]) {
      const input = await inputOf(context, one, deep(127))
      assert.is(JSON.stringify(input).match(/"n":1/g)?.length, 128)
    }
  })

  it('unless that fails, for a reason that the client does not get', async context => {
    const cause = new Error('secret')
    const api = router({
      take: event
        .input(
          Type.Object({
            n: Type.Integer({
              default: () => {
                throw cause
              },
            }),
          }),
        )
        .ack(),
    })
    const { server, client, errors } = await serve(api, context)
    server.on.take(() => assert.unreachable('the handler was called'))
    const [reply] = await ask(await client(), 'take', {})
    const failure = { code: 'INVALID_INPUT', message: 'The input does not match the contract' }
    assert.equal(reply, {
      $error: { ...failure, issues: [{ path: '', message: 'Expected a value that can be read' }] },
    })
    const error = errors.pop()?.error as Error
    assert.is(error.cause, cause)
  })

  it('in received answers, and in nothing that is sent', async context => {
    const api = router({
      make: event.input().ack(Type.Object({ n: Type.Optional(Type.Integer({ default: 1 })) })),
      made: event.output(Size).ack(Size),
    })
    const { server, client, errors } = await serve(api, context)
    server.on.make(() => ({}))
    assert.equal(await ask(await client(), 'make'), [{}])
    assert.match(await failureOf(Reflect.apply(server.emit.made, undefined, [{ size: 1 }])), /unit/)
    const socket = await client()
    socket.on('made', (_, ack) => ack({ size: 2 }))
    assert.equal(await server.timeout(500).emit.made({ unit: 'm', size: 1 }).catch(repliesIn), {
      replies: [{ unit: 'cm', size: 2 }],
    })
    assert.is(errors.length, 0)
  })
})

const When = Type.Transform(Type.String({ format: 'date-time' }))
  .Decode(text => new Date(text))
  .Encode(date => date.toISOString())
const Slot = Type.Object({ from: When, note: Type.Optional(Type.String()) })
const noon = '2026-01-02T12:00:00.000Z'
const calendar = router({
  book: event.input(When, Slot).ack(Slot).errors({ TAKEN: Slot }),
  many: event.input().rest(When).ack(Type.Array(When)),
  maybe: event.input(Type.Optional(When)).ack(Type.Boolean()),
  booked: event.output(When, Type.Optional(Slot)).ack(Slot).errors({ BUSY: When }),
})

describe('a date', it => {
  const NOON = '2026-01-02T12:00:00.000Z'
  const Day = Type.Object({ at: Type.Date({ minimumTimestamp: 0 }), until: Type.Optional(Type.Date()) })
  const days = router({
    at: event.input(Day).ack(Type.Date()),
    every: event
      .input()
      .rest(Type.Union([Type.Null(), Type.Date()]))
      .ack(Type.Integer()),
    told: event.output(Type.Date()).ack(Type.Date()),
  })

  it('is a date for the handler, whichever string of it was sent', async context => {
    const { server, client } = await serve(days, context)
    server.on.at(({ input }) => new Date(input.at.getTime() + (input.until?.getTime() ?? 0)))
    server.on.every(({ input }) => input.filter(each => each instanceof Date).length)
    const socket = await client()
    for (const sent of [new Date(NOON), NOON, '2026-01-02T13:00:00+01:00']) {
      assert.equal(await ask(socket, 'at', { at: sent }), [NOON])
    }
    assert.equal(await ask(socket, 'every', NOON, null, new Date(NOON)), [2])
    socket.on('told', (at, ack) => ack(at))
    assert.equal(await server.emit.told(new Date(NOON)), [new Date(NOON)])
  })

  it('is rejected if the string is not a date, or the schema does not accept it', async context => {
    const { client, errors } = await serve(days, context)
    const socket = await client()
    for (const sent of ['noon', '2026-01-02', '2026-13-02T12:00:00Z', '1960-01-01T00:00:00Z', 5, null]) {
      assert.match(JSON.stringify(await ask(socket, 'at', { at: sent })), 'INVALID_INPUT', String(sent))
    }
    errors.splice(0)
  })
})

describe('a transform', it => {
  it('decodes inputs, and encodes replies', async context => {
    const { server, client } = await serve(calendar, context)
    server.on.book(({ input: [at, slot], fail }) => {
      if (slot.note === 'taken') fail('TAKEN', { from: at })
      return { from: new Date(Math.max(at.getTime(), slot.from.getTime())) }
    })
    server.on.many(({ input }) => input.map(date => new Date(date.getTime() + 1)))
    server.on.maybe(({ input }) => input === undefined)
    const socket = await client()
    assert.equal(await ask(socket, 'book', noon, { from: '2026-01-03T00:00:00Z' }), [
      { from: '2026-01-03T00:00:00.000Z' },
    ])
    assert.equal(await ask(socket, 'book', noon, { from: noon, note: 'taken' }), [
      { $error: { code: 'TAKEN', message: 'TAKEN', data: { from: noon } } },
    ])
    assert.equal(await ask(socket, 'many', noon, noon), [['2026-01-02T12:00:00.001Z', '2026-01-02T12:00:00.001Z']])
    assert.equal(await ask(socket, 'maybe'), [true])
  })

  for (const [place, schema, sent] of DECODED) {
    it(`is decoded as TypeBox does it: ${place}`, async context => {
      const came = await inputOf(context, schema, sent)
      assert.equal(came, Value.Decode(schema, structuredClone(sent)))
      assert.not.equal(came, sent)
    })
  }

  it('encodes outputs, and decodes their answers', async context => {
    const { server, client } = await serve(calendar, context)
    const socket = await client()
    const came: unknown[] = []
    const answers: unknown[] = [{ from: noon }, { from: noon }, { $error: { code: 'BUSY', message: '', data: noon } }]
    socket.on('booked', (...args) => {
      args.pop()(answers.shift())
      came.push(args)
    })
    const date = new Date(noon)
    assert.equal(await server.emit.booked(date), [{ from: date }])
    assert.equal(await server.emit.booked(date, { from: date }), [{ from: date }])
    const error = await server.emit.booked(date).catch((reason: { data: { replies: unknown } }) => reason)
    assert.equal((error as { data: unknown }).data, { replies: [] })
    assert.equal(came, [[noon], [noon, { from: noon }], [noon]])
  })

  it('is checked in its wire form, so that an invalid encoded value is not sent', async context => {
    const { server, client, errors } = await serve(calendar, context)
    server.on.book(() => ({ from: new Date(Number.NaN) }))
    server.on.many(() => JSON.parse('["now"]'))
    const socket = await client()
    const internal = [{ $error: { code: 'INTERNAL', message: 'Internal error' } }]
    assert.equal(await ask(socket, 'book', noon, { from: noon }), internal)
    assert.equal(await ask(socket, 'many'), internal)
    assert.equal(
      errors.splice(0).map(({ phase }) => phase),
      ['reply', 'reply'],
    )
    assert.match(await failureOf(Reflect.apply(server.emit.booked, undefined, [1])), /emit.booked: \/0 /)
  })

  it('that throws for an input rejects it, and reports why', async context => {
    const cause = new Error('secret')
    const Never = Type.Transform(Type.String())
      .Decode((): string => {
        throw cause
      })
      .Encode(text => text)
    const { server, client, errors } = await serve(
      router({ take: event.input(Type.Object({ a: Never })).ack() }),
      context,
    )
    server.on.take(() => assert.unreachable('the handler was called'))
    const [reply] = await ask(await client(), 'take', { a: 'x' })
    const failure = { code: 'INVALID_INPUT', message: 'The input does not match the contract' }
    assert.equal(reply, {
      $error: { ...failure, issues: [{ path: '/0/a', message: 'Expected a value that can be read' }] },
    })
    const [report] = errors.splice(0)
    if (report === undefined) return assert.unreachable()
    assert.is(report.phase, 'input')
    assert.is((report.error as { cause: { error: unknown } }).cause.error, cause)
  })

  it('that throws for a client’s answer makes it an invalid reply', async context => {
    const Never = Type.Transform(Type.String())
      .Decode((): string => {
        throw new Error('no')
      })
      .Encode(text => text)
    const { server, client, errors } = await serve(router({ probe: event.output().ack(Never) }), context)
    const socket = await client()
    socket.on('probe', ack => ack('x'))
    const error = await server.emit.probe().catch((reason: unknown) => reason)
    assert.is((error as { code: string }).code, 'INVALID_REPLY')
    assert.equal(
      errors.splice(0).map(report => [report.phase, report.error === error]),
      [['ack', false]],
    )
  })

  it('is decoded for plain listeners, whose acks are encoded; catch-all listeners get the wire form', async context => {
    const { io: untyped, client } = await serve(calendar, context)
    const io: Server<GuardedEvents<typeof calendar>> = untyped
    const caught: unknown[] = []
    io.on('connection', socket => {
      socket.onAny((_, ...args) => caught.push(args.filter(arg => typeof arg !== 'function')))
      socket.on('book', (at, slot, ack) => {
        if (slot.note === 'taken') ack({ $error: { code: 'TAKEN', message: 'taken', data: { from: at } } })
        else ack({ from: slot.from, note: String(at.getTime() === slot.from.getTime()) })
      })
      socket.on('many', (...args) => {
        const ack = args.pop()
        if (typeof ack === 'function') ack(args.filter(arg => arg instanceof Date))
      })
      socket.on('maybe', (...args) => {
        if (args.length === 1) args[0](true)
        else args[1](args[0] === undefined || !(args[0] instanceof Date))
      })
    })
    const socket = await client()
    assert.equal(await ask(socket, 'book', noon, { from: noon }), [{ from: noon, note: 'true' }])
    assert.equal(await ask(socket, 'book', noon, { from: noon, note: 'taken' }), [
      { $error: { code: 'TAKEN', message: 'taken', data: { from: noon } } },
    ])
    assert.equal(await ask(socket, 'many', noon, noon), [[noon, noon]])
    assert.equal(await ask(socket, 'many'), [[]])
    assert.equal(await ask(socket, 'maybe'), [true])
    assert.equal(await ask(socket, 'maybe', noon), [false])
    assert.equal(caught[0], [noon, { from: noon }])
    assert.equal(caught.slice(2, 4), [[noon, noon], []])
  })

  it('that throws for a plain listener, or for its reply, is answered for it', async context => {
    const { io, client, errors } = await serve(calendar, context)
    let answer: unknown
    io.on('connection', socket => socket.on('book', (_at, _slot, ack) => ack(answer)))
    const socket = await client()
    const answers: unknown[] = [{ from: noon }, { $error: { code: 'TAKEN', message: 'taken', data: { from: noon } } }]
    for (answer of answers) {
      assert.equal(await ask(socket, 'book', noon, { from: noon }), [
        { $error: { code: 'INTERNAL', message: 'Internal error' } },
      ])
    }
    assert.equal(
      errors.splice(0).map(({ phase }) => phase),
      ['reply', 'reply'],
    )
  })

  it('that throws for the input of a plain listener rejects it', async context => {
    const Never = Type.Transform(Type.String())
      .Decode((): string => {
        throw new Error('secret')
      })
      .Encode(text => text)
    const { io, client, errors } = await serve(router({ take: event.input(Type.Null(), Never).ack() }), context)
    io.on('connection', socket => socket.on('take', () => assert.unreachable('the listener was called')))
    const [reply] = await ask(await client(), 'take', null, 'x')
    assert.equal((reply as { $error: { issues: unknown } }).$error.issues, [
      { path: '/1', message: 'Expected a value that can be read' },
    ])
    assert.is(errors.pop()?.phase, 'input')
  })
})
