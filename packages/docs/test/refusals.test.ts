import { event, router, type Router } from '@ackwire/core'
import * as docs from '@ackwire/docs'
import { Kind, type TSchema, Type } from '@sinclair/typebox'
import * as assert from 'uvu/assert'
import { describe } from '../../../test/harness.js'

/** What a document is refused with. */
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
    ['todo.create input[0].a: the kind "Mine" says nothing'],
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
    'a server name that is no key',
    () => refusal(router({}), { servers: { 'my server': { host: 'a' } } }),
    ['servers.my server: the server "my server"'],
  ],
  [
    'an operation that another namespace has already',
    () => refusal(router({ '/receive': router({ a: event.input() }), receive_a: event.input() })),
    ['/receive.a: its operation would be "receive_receive_a", which receive_a has already'],
  ],
]

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
