import { event, router, type Router } from '@ackwire/core'
import * as docs from '@ackwire/docs'
import { Kind, type TSchema, Type } from '@sinclair/typebox'
import * as assert from 'uvu/assert'
import { describe } from '../../../test/harness.js'
import { saying } from '../../../test/saying.js'

/** Returns the message with which a document is refused. */
const refusal = (api: Router, options?: docs.DocumentOptions): string => {
  try {
    docs.document(api, options)
  } catch (error) {
    return error instanceof TypeError ? error.message : `no TypeError: ${String(error)}`
  }
  return 'not refused'
}

const input = (schema: TSchema): Router => router({ todo: router({ create: event.input(schema) }) })

/** A title, the mistake, and what the message must contain: the path first. */
const TABLE: readonly (readonly [title: string, mistake: () => string, expected: readonly string[]])[] = [
  [
    'a default that does not match',
    () => refusal(input(Type.Object({ n: Type.Integer({ default: 'x' }) }))),
    ['todo.create input[0].n default: Expected integer'],
  ],
  [
    "a schema's example that does not match",
    () => refusal(input(Type.String({ examples: ['a', 1] }))),
    ['todo.create input[0] examples[1]: Expected string'],
  ],
  [
    'a default in a hoisted schema',
    () => refusal(input(Type.Object({ n: Type.Null({ default: 1 }) }, { $id: 'A' }))),
    ['todo.create input[0].n default: '],
  ],
  [
    "an event's example that does not match",
    () =>
      refusal(
        router({ a: event.input(Type.Object({ n: Type.Null() })).describe({ examples: [{ payload: { n: 1 } }] }) }),
      ),
    ['a examples[0]: /n: Expected null'],
  ],
  [
    'an example with too few arguments',
    () => refusal(router({ a: event.input(Type.Null(), Type.Null()).describe({ examples: [{ payload: [null] }] }) })),
    ['a examples[0]: expected an array of its 2 arguments'],
  ],
  [
    'an example with too many arguments',
    () =>
      refusal(
        router({
          a: event.input(Type.Null(), Type.Optional(Type.Null())).describe({ examples: [{ payload: [1, 2, 3] }] }),
        }),
      ),
    ['a examples[0]: expected an array of its 1 to 2 arguments'],
  ],
  [
    'an example of a rest',
    () =>
      refusal(
        router({
          a: event
            .input()
            .rest(Type.Null())
            .describe({ examples: [{ payload: [null, 1] }] }),
        }),
      ),
    ['a examples[0][1]: Expected null'],
  ],
  [
    'an example of one of several arguments',
    () =>
      refusal(router({ a: event.input(Type.Null(), Type.Null()).describe({ examples: [{ payload: [null, 1] }] }) })),
    ['a examples[0][1]: Expected null'],
  ],
  [
    'undefined that is not in a union of a property',
    () => refusal(input(Type.Array(Type.Union([Type.String(), Type.Undefined()])))),
    ["todo.create input[0].items.anyOf[1]: undefined can't be documented", 'Type.Optional'],
  ],
  [
    "a kind of the application's own without keywords",
    () => refusal(input(Type.Object({ a: Type.Unsafe({ [Kind]: 'Mine' }) }))),
    ['todo.create input[0].a: the kind "Mine" has no JSON Schema keywords'],
  ],
  [
    'a reference by hand',
    () => refusal(input(Type.Unsafe({ type: 'object', properties: { a: { $ref: './a.json' } } }))),
    ['todo.create input[0].a: $ref "./a.json" leads out'],
  ],
  [
    'an $id that no component can have',
    () => refusal(input(Type.Object({}, { $id: 'https://example.com/a' }))),
    ['todo.create input[0]: the $id "https://example.com/a"', '"_", "." and "-" only'],
  ],
  [
    'one name for two definitions of modules',
    () =>
      refusal(
        router({
          a: event.input(Type.Module({ A: Type.Null() }).Import('A')),
          b: event.input(Type.Module({ A: Type.String() }).Import('A')),
        }),
      ),
    ['b input[0]: "A" names a different schema at a input[0]'],
  ],
  [
    'an unknown security scheme of a namespace',
    () => refusal(router({ '/admin': router({ ban: event.input() }, { security: ['token'] }) })),
    ['/admin.ban security: unknown scheme "token"', 'securitySchemes has none'],
  ],
  [
    'an unknown security scheme of a server',
    () => refusal(router({}), { servers: { here: { host: 'a', security: ['x'] } } }),
    ['servers.here security: unknown scheme "x"'],
  ],
  [
    'a host with a scheme and a path',
    () => refusal(router({}), { servers: { prod: { host: 'https://example.com/io' } } }),
    ['servers.prod.host: "https://example.com/io"', "write host: 'example.com', protocol: 'wss', pathname: '/io'"],
  ],
  [
    'a host with the scheme of a websocket',
    () => refusal(router({}), { servers: { local: { host: 'ws://localhost:3000' } } }),
    ['servers.local.host: "ws://localhost:3000"', "write host: 'localhost:3000', protocol: 'ws'"],
  ],
  [
    'a server name that is no key',
    () => refusal(router({}), { servers: { 'my server': { host: 'a' } } }),
    ['servers.my server: the server "my server"'],
  ],
  [
    'an operation that another namespace has already',
    () => refusal(router({ '/receive': router({ a: event.input() }), receive_a: event.input() })),
    ['/receive.a: its operation would be "receive_receive_a", which receive_a has already'],
  ],
  [
    'a default of a schema by hand',
    () => refusal(input(Type.Object({ n: Type.Unsafe({ type: 'integer', default: 'x' }) }))),
    ['todo.create input[0].n default: must be integer'],
  ],
  [
    'an example of a schema by hand, by what it refers to',
    () =>
      refusal(
        input(
          Type.Unsafe({
            type: 'object',
            properties: { a: Type.Object({ n: Type.Null() }, { $id: 'A' }) },
            examples: [{ a: { n: null } }, { a: { n: 1 } }],
          }),
        ),
      ),
    ['todo.create input[0] examples[1]: /a/n: must be null'],
  ],
  [
    'a schema by hand that is none',
    () => refusal(input(Type.Unsafe({ type: 'text', default: 'x' }))),
    ['todo.create input[0]: schema is invalid'],
  ],
  [
    'a default beside a reference',
    () =>
      refusal(
        input(Type.Module({ A: Type.Object({ b: Type.Ref('B', { default: 1 }) }), B: Type.String() }).Import('A')),
      ),
    ['todo.create input[0].b default: Expected string'],
  ],
  [
    'null as the example of a closed intersection',
    () =>
      refusal(
        input(Type.Intersect([Type.Object({}), Type.Object({})], { unevaluatedProperties: false, examples: [null] })),
      ),
    ['todo.create input[0] examples[0]: it does not match'],
  ],
  [
    'an intersection that draft-07 can not close',
    () =>
      refusal(
        input(
          Type.Intersect([Type.Union([Type.Object({}), Type.Object({})]), Type.Object({})], {
            unevaluatedProperties: false,
          }),
        ),
      ),
    ["todo.create input[0]: unevaluatedProperties can't be documented", 'additionalProperties: false'],
  ],
  [
    'one name in two modules, of which only what it refers to differs',
    () =>
      refusal(
        router({
          a: event.input(Type.Module({ A: Type.Array(Type.Ref('B')), B: Type.Null() }).Import('A')),
          b: event.input(Type.Module({ A: Type.Array(Type.Ref('B')), B: Type.String() }).Import('A')),
        }),
      ),
    ['b input[0]: "A" names a different schema at a input[0]'],
  ],
  [
    'a host with more than a host in it',
    () => refusal(router({}), { servers: { prod: { host: 'example.com?x' } } }),
    ['servers.prod.host: expected a host', '"example.com?x"'],
  ],
  [
    'a path of a server with a query',
    () => refusal(router({}), { servers: { prod: { host: 'example.com', pathname: '/io?x=1' } } }),
    ['servers.prod.pathname: expected a path such as "/socket.io/", got "/io?x=1"'],
  ],
  [
    'a variable of a server that is not explained',
    () => refusal(router({}), { servers: { prod: { host: '{region}.example.com' } } }),
    ['servers.prod.variables: {region} is not among them; add "region"'],
  ],
  [
    'a handshake of no namespace',
    () => refusal(router({ a: event.input() }), { handshake: { '/admin': { query: Type.Object({}) } } }),
    ['options.handshake["/admin"]: there is no such namespace; there are /'],
  ],
  [
    'an id that is no URI',
    () => refusal(router({}), { id: 'my chat' }),
    ['options.id: expected a URI such as "urn:example:chat", got "my chat"'],
  ],
  [
    'a version that nobody writes',
    () => refusal(router({}), JSON.parse('{ "version": "3.0" }')),
    ['options.version: expected one of "3.0.0", "3.1.0", "2.6.0", got "3.0"'],
  ],
  [
    'a perspective that nobody has',
    () => refusal(router({}), JSON.parse('{ "perspective": "broker" }')),
    ['options.perspective: expected one of "server", "client", got "broker"'],
  ],
  [
    'a transform that returns nothing',
    () => refusal(router({}), { transform: () => JSON.parse('null') }),
    ['options.transform: expected it to return the document, got null'],
  ],
  [
    "the library's own extension",
    () => refusal(router({ a: event.input().describe({ 'x-socketio': 1 }) })),
    ['a: "x-socketio" is reserved for ackwire'],
  ],
  [
    'a scheme that no component can have',
    () =>
      refusal(router({ a: event.input().describe({ security: ['my token'] }) }), {
        securitySchemes: { 'my token': { type: 'userPassword' } },
      }),
    ['a security: the scheme "my token"', '"_", "." and "-" only'],
  ],
  [
    'a scheme that nothing uses and no component can have',
    () => refusal(router({}), { securitySchemes: { 'my token': { type: 'userPassword' } } }),
    ['options.securitySchemes: the scheme "my token"'],
  ],
]

describe('refused when it is defined', it => {
  it('is a namespace whose name ends an address', () => {
    for (const name of ['/a?b', '/a#b'])
      assert.throws(
        () => router({ [name]: router({ a: event.input() }) }),
        saying(`ackwire: ${name}: a namespace can't have`),
      )
  })
})

describe('refused with the path', it => {
  for (const [title, mistake, expected] of TABLE) {
    it(title, () => {
      const message = mistake()
      assert.ok(message.startsWith(`ackwire: ${expected[0]}`), message)
      for (const part of expected) assert.ok(message.includes(part), message)
    })
  }

  it('not an unregistered format, nor dates and bytes as text', () => {
    const schema = Type.Object({
      a: Type.String({ format: 'uuid', default: 'any' }),
      b: Type.Date({ default: '2026-01-02T00:00:00Z' }),
      c: Type.Uint8Array({ examples: ['AQID', new Uint8Array([1])] }),
    })
    assert.is(refusal(input(schema)), 'not refused')
  })

  it('not the example of a recursion or a module', () => {
    const tree = Type.Recursive(This =>
      Type.Object({ next: Type.Optional(This) }, { examples: [{ next: { next: {} } }] }),
    )
    assert.is(refusal(input(tree)), 'not refused')
    const module = Type.Module({ A: Type.Object({ b: Type.Ref('B', { default: 'x' }) }), B: Type.String() })
    assert.is(refusal(input(module.Import('A'))), 'not refused')
  })
})
