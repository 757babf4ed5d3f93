import { event, router } from '@ackwire/core'
import { KindGuard, Type, type TSchema } from '@sinclair/typebox'
import * as assert from 'uvu/assert'
import { describe } from '../../../test/harness.js'
import { ask, failureOf, serve } from './serve.js'

const User = Type.Object({ name: Type.String(), address: Type.Optional(Type.Object({ city: Type.String() })) })
const Node = Type.Recursive(This => Type.Object({ n: Type.Integer(), next: Type.Optional(This) }))

/** A title, a schema, a value with more than the schema declares, what is left of it, and where the first one too many is. */
const TABLE: readonly (readonly [title: string, schema: TSchema, value: unknown, left: unknown, path: string])[] = [
  ['an object', User, { name: 'a', hash: 1 }, { name: 'a' }, '/hash'],
  [
    'a nested object',
    User,
    { name: 'a', address: { city: 'b', x: 1 } },
    { name: 'a', address: { city: 'b' } },
    '/address/x',
  ],
  ['an array', Type.Array(User), [{ name: 'a' }, { name: 'b', x: 1 }], [{ name: 'a' }, { name: 'b' }], '/1/x'],
  ['a tuple', Type.Tuple([Type.Null(), User]), [null, { name: 'b', x: 1 }], [null, { name: 'b' }], '/1/x'],
  [
    'a union',
    Type.Union([Type.Null(), Type.Object({ a: Type.Null() }), Type.Object({ b: Type.Null() })]),
    { b: null, c: 1 },
    { b: null },
    '/c',
  ],
  [
    'a union whose members both fit',
    Type.Union([Type.Object({ a: Type.Null() }), Type.Object({ a: Type.Null(), b: Type.Null() })]),
    { a: null, b: null, c: 1 },
    { a: null, b: null },
    '/c',
  ],
  ['a record', Type.Record(Type.String(), User), { x: { name: 'a', y: 1 } }, { x: { name: 'a' } }, '/x/y'],
  [
    'an intersection',
    Type.Intersect([User, Type.Object({ age: Type.Integer() })]),
    { name: 'a', age: 1, x: 1 },
    { name: 'a', age: 1 },
    '/x',
  ],
  [
    'a property of both parts of an intersection',
    Type.Intersect([
      Type.Object({ a: Type.Object({ b: Type.Null() }) }),
      Type.Object({ a: Type.Object({ c: Type.Null() }) }),
    ]),
    { a: { b: null, c: null, d: 1 } },
    { a: { b: null, c: null } },
    '/a/d',
  ],
  [
    'a part of an intersection that is open',
    Type.Intersect([Type.Object({ user: User }), Type.Object({ n: Type.Null() })], { unevaluatedProperties: true }),
    { user: { name: 'a', x: 1 }, n: null, more: { x: 1 } },
    { user: { name: 'a' }, n: null, more: { x: 1 } },
    '/user/x',
  ],
  [
    'what else an intersection declares',
    Type.Intersect([Type.Object({ n: Type.Null() }), Type.Object({})], { unevaluatedProperties: User }),
    { n: null, a: { name: 'a', x: 1 } },
    { n: null, a: { name: 'a' } },
    '/a/x',
  ],
  [
    'an intersection with what must not be',
    Type.Intersect([User, Type.Not(Type.Object({ age: Type.Null() }))]),
    { name: 'a', x: 1 },
    { name: 'a' },
    '/x',
  ],
  ['a recursion', Node, { n: 1, next: { n: 2, x: 1 } }, { n: 1, next: { n: 2 } }, '/next/x'],
  ['names that every object inherits', User, JSON.parse('{"name":"a","constructor":1}'), { name: 'a' }, '/constructor'],
  ['a path with a slash', User, { name: 'a', 'a/b~c': 1 }, { name: 'a' }, '/a~1b~0c'],
]

const apiOf = (schema: TSchema) =>
  router({
    take: event.input(schema).ack(Type.Any()),
    make: event.input().ack(schema).errors({ FAILED: schema }),
    made: event.output(schema).ack(schema),
  })

describe("with unknownProperties: 'strip'", it => {
  for (const [title, schema, value, left] of TABLE) {
    it(`${title} is received and sent with its declared properties`, async context => {
      const before = JSON.stringify(value)
      const { server, client } = await serve(apiOf(schema), context, { unknownProperties: 'strip' })
      let isFailing = false
      server.on.take(({ input }) => ({ input }))
      server.on.make(({ fail }) => (isFailing ? fail('FAILED', value) : value))
      const socket = await client()
      socket.on('made', (came, ack) => ack(JSON.stringify(came) === JSON.stringify(left) ? value : 'not stripped'))
      assert.equal(await ask(socket, 'take', value), [{ input: left }])
      assert.equal(await ask(socket, 'make'), [left])
      isFailing = true
      assert.equal(await ask(socket, 'make'), [{ $error: { code: 'FAILED', message: 'FAILED', data: left } }])
      assert.equal(await server.emit.made(value), [left])
      assert.is(JSON.stringify(value), before)
    })
  }

  it('an instance of a class is sent with its declared properties, whatever its toJSON returns', async context => {
    class Account {
      hash = 'secret'
      get name() {
        return 'bob'
      }
      toJSON() {
        return { name: 'bob', hash: this.hash }
      }
    }
    const { server, client } = await serve(apiOf(User), context, { unknownProperties: 'strip' })
    server.on.make(() => new Account())
    assert.equal(await ask(await client(), 'make'), [{ name: 'bob' }])
  })

  it('a plain listener receives and sends declared properties', async context => {
    const { io, client } = await serve(router({ take: event.input(User).ack(User) }), context, {
      unknownProperties: 'strip',
    })
    io.on('connection', socket => socket.on('take', (input, ack) => ack({ name: JSON.stringify(input), x: 1 })))
    assert.equal(await ask(await client(), 'take', { name: 'a', x: 1 }), [{ name: '{"name":"a"}' }])
  })

  it('a closed object is stripped, and an open one is not', async context => {
    const Open = Type.Object({ name: Type.String() }, { additionalProperties: true })
    const Closed = Type.Object({ name: Type.String() }, { additionalProperties: false })
    for (const [schema, input] of [
      [Open, { name: 'a', x: 1 }],
      [Closed, { name: 'a' }],
    ] as const) {
      const { server, client } = await serve(apiOf(schema), context, { unknownProperties: 'strip' })
      server.on.take(call => ({ input: call.input }))
      assert.equal(await ask(await client(), 'take', { name: 'a', x: 1 }), [{ input }])
    }
  })

  it('a date is kept by the members of a union and an intersection that accept it', async context => {
    const Named = Type.Record(Type.String(), User)
    const at = '2026-02-28T01:02:03.000Z'
    for (const schema of [
      Type.Union([Named, Type.Date()]),
      Type.Union([Type.Date(), Type.Object({ a: Type.Optional(Type.Null()) })]),
      Type.Intersect([
        Type.Object({ at: Type.Union([Type.Object({ a: Type.Optional(Type.Null()) }), Type.Date()]) }),
        Type.Object({ at: Type.Date() }),
      ]),
    ]) {
      const value = KindGuard.IsUnion(schema) ? at : { at }
      for (const unknownProperties of ['strip', 'reject'] as const) {
        const { server, client } = await serve(apiOf(schema), context, { unknownProperties })
        server.on.take(({ input }) => input)
        server.on.make(() => (KindGuard.IsUnion(schema) ? new Date(at) : { at: new Date(at) }) as never)
        const socket = await client()
        assert.equal(await ask(socket, 'take', value), [value])
        assert.equal(await ask(socket, 'make'), [value])
      }
    }
  })

  it('no prototype is set by a peer', async context => {
    const { server, client } = await serve(apiOf(Type.Record(Type.String(), User)), context, {
      unknownProperties: 'strip',
    })
    const inputs: object[] = []
    server.on.take(({ input }) => inputs.push(input as object))
    await ask(await client(), 'take', JSON.parse('{ "__proto__": { "name": "a", "x": 1 } }'))
    assert.is(Object.getPrototypeOf(inputs[0]), Object.prototype)
    assert.not.ok('name' in (inputs[0] ?? {}))
  })
})

describe("with unknownProperties: 'reject'", it => {
  for (const [title, schema, value, left, path] of TABLE) {
    it(`${title} is rejected with an undeclared property`, async context => {
      const { server, client, errors } = await serve(apiOf(schema), context, { unknownProperties: 'reject' })
      server.on.take(({ input }) => ({ input }))
      server.on.make(() => value)
      const socket = await client()
      const issues = [{ path: `/0${path}`, message: 'Unexpected property' }]
      const failure = { code: 'INVALID_INPUT', message: 'The input does not match the contract', issues }
      assert.equal(await ask(socket, 'take', value), [{ $error: failure }])
      assert.equal(await ask(socket, 'take', left), [{ input: left }])
      assert.equal(await ask(socket, 'make'), [{ $error: { code: 'INTERNAL', message: 'Internal error' } }])
      assert.equal(
        errors.splice(0).map(({ phase }) => phase),
        ['input', 'reply'],
      )
      assert.match(await failureOf(server.emit.made(value)), /Unexpected property/)
    })
  }
})

/** A class that sends more than it shows. */
class Account {
  name = 'bob'
  toJSON(): object {
    return { name: this.name, hash: 'secret' }
  }
}

/** A class whose `toJSON` gives another instance, which is not asked again. */
class Wrapped {
  toJSON(key: string): object {
    return Object.assign(new Account(), { name: key })
  }
}

class Names extends Array<string> {
  toJSON(): string[] {
    return [...this, 'secret']
  }
}

const secret = (value: object, own: object): object => Object.assign(value, { toJSON: () => own })

/** A title, a schema, what a handler returns, what is left of it stripped, and where the first one too many is, if any. */
const SENT: readonly (readonly [title: string, schema: TSchema, value: unknown, left: unknown, path?: string])[] = [
  ['an instance', User, new Account(), { name: 'bob' }, '/hash'],
  ['an instance in a list', Type.Array(User), [new Account()], [{ name: 'bob' }], '/0/hash'],
  ['an instance in an instance', Type.Array(User), secret([], [new Account()]), [{ name: 'bob' }], '/0/hash'],
  [
    'an instance that stands for another',
    Type.Object({ owner: User }),
    { owner: new Wrapped() },
    { owner: { name: 'owner' } },
  ],
  ['a plain object', User, secret({ name: 'x' }, { name: 'y', hash: 1 }), { name: 'y' }, '/hash'],
  ['what has been made, as it is', User, secret({}, secret({ name: 'y' }, { name: 'z', hash: 1 })), { name: 'y' }],
  ['a string that is an object', Type.Object({ at: Type.String() }), { at: new URL('http://a/') }, { at: 'http://a/' }],
  ['what declares all', Type.Any(), [new Account()], [{ name: 'bob', hash: 'secret' }]],
  ['nothing of the kind', Type.Object({ of: Type.Array(User) }), { of: [{ name: 'a' }] }, { of: [{ name: 'a' }] }],
]

describe('a value with a toJSON', it => {
  for (const [title, schema, value, left, path] of SENT) {
    it(`is checked by its result: ${title}`, async context => {
      for (const unknownProperties of ['strip', 'reject'] as const) {
        const { server, client, errors } = await serve(apiOf(schema), context, { unknownProperties })
        server.on.make(() => value)
        const socket = await client()
        const came: unknown[] = []
        socket.on('made', (made, ack) => ack((came.push(made), left)))
        const isRefused = unknownProperties === 'reject' && path !== undefined
        const [reply] = await ask(socket, 'make')
        if (isRefused) {
          assert.equal(reply, { $error: { code: 'INTERNAL', message: 'Internal error' } })
          const error = errors.pop()?.error as { issues: unknown }
          assert.equal(error.issues, [{ path: `/0${path}`, message: 'Unexpected property' }])
          assert.match(await failureOf(server.emit.made(value)), `emit.made: /0${path} Unexpected property`)
        } else {
          assert.equal(reply, left)
          await server.emit.made(value)
          assert.equal(came, [left])
        }
      }
    })
  }

  it('is checked as it is sent, also without an object to strip', async context => {
    for (const unknownProperties of ['strip', 'reject'] as const) {
      const { server, client, errors } = await serve(apiOf(Type.Array(Type.String(), { maxItems: 1 })), context, {
        unknownProperties,
      })
      server.on.make(() => Names.of('a'))
      const [reply] = await ask(await client(), 'make')
      assert.equal(reply, { $error: { code: 'INTERNAL', message: 'Internal error' } })
      assert.is(errors.pop()?.phase, 'reply')
    }
  })

  it('is left to the parser if it is a date or binary', async context => {
    const { server, client } = await serve(apiOf(Type.Tuple([Type.Date(), Type.Uint8Array()])), context, {
      unknownProperties: 'strip',
    })
    server.on.make(() => [new Date(0), Buffer.from('ab')])
    assert.equal(await ask(await client(), 'make'), [[new Date(0).toISOString(), Buffer.from('ab')]])
  })

  it('costs nothing if unknown properties are kept', async context => {
    const { server, client } = await serve(apiOf(User), context)
    server.on.make(() => new Account())
    assert.equal(await ask(await client(), 'make'), [{ name: 'bob', hash: 'secret' }])
  })
})

describe('a direction that is not checked', it => {
  const bad = { name: 5, hash: 'secret' }
  const validate = { input: false, reply: false, output: false }

  it("still rejects undeclared properties with 'reject'", async context => {
    const { server, client, errors } = await serve(apiOf(User), context, { unknownProperties: 'reject', validate })
    server.on.make(() => bad)
    server.on.take(({ input }) => [input])
    const socket = await client()
    const issues = [{ path: '/0/hash', message: 'Unexpected property' }]
    const failure = { code: 'INVALID_INPUT', message: 'The input does not match the contract', issues }
    assert.equal(await ask(socket, 'take', bad), [{ $error: failure }])
    assert.equal(await ask(socket, 'make'), [{ $error: { code: 'INTERNAL', message: 'Internal error' } }])
    const unsent = server.emit.made(JSON.parse(JSON.stringify(bad)))
    assert.match(await failureOf(unsent), 'emit.made: /0/hash Unexpected property')
    assert.equal(
      errors.splice(0).map(({ phase, error }) => [phase, (error as { issues: unknown }).issues]),
      [
        ['input', issues],
        ['reply', issues],
      ],
    )
  })

  it('checks nothing else, not even the number of arguments', async context => {
    for (const unknownProperties of ['keep', 'strip', 'reject'] as const) {
      const { server, client } = await serve(apiOf(User), context, { unknownProperties, validate })
      server.on.make(() => ({ name: 5 }))
      server.on.take(({ input }) => [input])
      const socket = await client()
      const came: unknown[] = []
      socket.on('made', (...args) => args.pop()({ name: String(came.push(args)) }))
      assert.equal(await ask(socket, 'take', { name: 5 }), [[{ name: 5 }]])
      assert.equal(await ask(socket, 'take', { name: 5 }, 6), [[{ name: 5 }]])
      assert.equal(await ask(socket, 'take'), [[null]])
      assert.equal(await ask(socket, 'make'), [{ name: 5 }])
      assert.equal(await Reflect.apply(server.emit.made, undefined, [{ name: 5 }, 6]), [{ name: '1' }])
      assert.equal(came, [[{ name: 5 }, 6]])
    }
  })

  it("still removes undeclared properties with 'strip'", async context => {
    const { server, client } = await serve(apiOf(Type.Array(User)), context, { unknownProperties: 'strip', validate })
    server.on.make(() => [{ name: 'a', hash: 1 }, { name: 'b' }])
    assert.equal(await ask(await client(), 'make'), [[{ name: 'a' }, { name: 'b' }]])
  })
})

describe("without unknownProperties, or with 'keep'", it => {
  it('undeclared properties pass', async context => {
    for (const options of [{}, { unknownProperties: 'keep' }] as const) {
      const { server, client } = await serve(apiOf(User), context, options)
      server.on.take(({ input }) => ({ input }))
      assert.equal(await ask(await client(), 'take', { name: 'a', x: 1 }), [{ input: { name: 'a', x: 1 } }])
    }
  })
})
