import { event, router } from '@ackwire/core'
import { Type, type TSchema } from '@sinclair/typebox'
import * as assert from 'uvu/assert'
import { describe } from '../../../test/harness.js'
import { ask, serve } from './serve.js'

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
    it(`${title} comes in and goes out with what is declared`, async context => {
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

  it('an instance of a class goes out with what is declared, whatever its toJSON says', async context => {
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

  it('a plain listener gets, and sends, what is declared', async context => {
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

  it('no prototype is what a peer has sent', async context => {
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
    it(`${title} is refused with what is not declared`, async context => {
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
      assert.throws(() => server.emit.made(value), /Unexpected property/)
    })
  }
})

describe("without unknownProperties, or with 'keep'", it => {
  it('what is not declared passes', async context => {
    for (const options of [{}, { unknownProperties: 'keep' }] as const) {
      const { server, client } = await serve(apiOf(User), context, options)
      server.on.take(({ input }) => ({ input }))
      assert.equal(await ask(await client(), 'take', { name: 'a', x: 1 }), [{ input: { name: 'a', x: 1 } }])
    }
  })
})
