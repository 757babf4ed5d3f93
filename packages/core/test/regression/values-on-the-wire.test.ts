import { event, router } from '@ackwire/core'
import { attach } from '@ackwire/core/server'
import { createClient } from '@ackwire/client'
import { Type, type TSchema } from '@sinclair/typebox'
import * as assert from 'uvu/assert'
import { describe } from '../../../../test/harness.js'
import { interpreter } from '../../src/codec/interpreter.js'
import { codecsWith } from '../../src/codec/schema-codec.js'
import { compiler } from '../../src/server/validation/compiler.js'
import { registerJsonSchema } from '../../src/server/validation/unsafe-schema.js'

registerJsonSchema()

const accepts = (schema: TSchema, value: unknown): boolean => {
  const [server, client] = [compiler, interpreter].map(checker => {
    const { prepare, check, issues } = codecsWith(checker, 'keep')(schema, 'it')
    const prepared = prepare === undefined ? value : prepare(value)
    assert.is(issues(prepared, '', 1).length === 0, check(prepared))
    return check(prepared)
  })
  assert.is(client, server)
  return server === true
}

const O = Type.Object
const Anything = Type.Module({ A: Type.Union([Type.Ref('B'), Type.Null()]), B: Type.Any() })

/** A title, a schema, values that match it, and values that don't. */
const ROWS: readonly (readonly [
  title: string,
  schema: TSchema,
  right: readonly unknown[],
  wrong: readonly unknown[],
])[] = [
  [
    'a date',
    Type.Date(),
    ['2024-02-29T00:00:00Z', '2026-01-01t10:00:00z', '2026-12-31T23:59:59.1234567890+23:59', '0000-02-29T00:00:00Z'],
    [
      '2026-02-30T00:00:00Z',
      '2026-02-29T00:00:00Z',
      '2026-04-31T00:00:00Z',
      '2026-00-01T00:00:00Z',
      '2026-01-00T00:00:00Z',
      '2026-01-01T24:00:00Z',
      '2026-01-01T23:59:60Z',
      '2026-01-01T00:00:00+24:00',
      '2026-01-01',
      1,
      null,
    ],
  ],
  [
    'a property that may be undefined',
    O({ a: Type.Union([Type.String(), Type.Undefined()]) }),
    [{}, { a: 'x' }, { a: undefined }],
    [{ a: null }, { a: 1 }],
  ],
  [
    'a property that may be void, of a closed object',
    O({ a: Type.Union([Type.Void(), Type.String()]), b: Type.Null() }, { additionalProperties: false }),
    [{ b: null }, { a: 'x', b: null }],
    [{}, { b: null, c: 1 }],
  ],
  [
    'a property that is always undefined',
    O({ u: Type.Undefined(), v: Type.Void(), a: Type.Null() }),
    [{ a: null }, { u: undefined, a: null }],
    [{}, { u: null, a: null }, { u: 1, a: null }],
  ],
  [
    'a property that may be undefined by a member of a member',
    O({ a: Type.Union([Type.Union([Type.Null(), Type.Undefined()]), Type.String()]) }),
    [{}, { a: null }, { a: 'x' }],
    [{ a: 1 }],
  ],
  ...(
    [
      ['in a union', Type.Union([Type.Any(), Type.Boolean()])],
      ['in an intersection', Type.Intersect([Type.Unknown(), Type.Any()])],
      ['by hand', Type.Unsafe({})],
      ['of a module', Anything.Import('A')],
    ] as const
  ).map(
    ([title, a]) =>
      [
        `a required property that may be anything, ${title}`,
        O({ a }),
        [{ a: null }, { a: 1 }],
        [{}, { b: 1 }],
      ] as const,
  ),
  [
    'a list that need not contain an item',
    Type.Array(Type.Integer(), { contains: Type.Literal(1), minContains: 0 }),
    [[], [2], [1, 1]],
    [['x'], 1, null],
  ],
  [
    'a list that need not contain an item, but not too many',
    Type.Array(Type.Integer(), { contains: Type.Literal(1), minContains: 0, maxContains: 1, uniqueItems: true }),
    [[], [2, 3], [2, 1]],
    [[1, 1], [2, 2], ['x'], {}],
  ],
  [
    'a list that must not contain an item',
    Type.Array(Type.Integer(), { contains: Type.Literal(1), minContains: 0, maxContains: 0 }),
    [[], [2]],
    [[1], [2, 1]],
  ],
  [
    'a list with bounds of nothing',
    Type.Array(Type.Null(), { minContains: 2, maxContains: 1 }),
    [[], [null]],
    [[1], 1],
  ],
  [
    'nested lists that need not contain more than one',
    Type.Recursive(This => Type.Array(This, { contains: This, minContains: 0, maxContains: 1 })),
    [[], [[]], [[[]]]],
    [[[], []], [[[], []]], [1]],
  ],
  [
    'a required property that a definition lets be anything',
    Type.Module({
      A: O({ b: Type.Ref('B'), c: Type.Optional(Type.Ref('B')) }),
      B: Type.Union([Type.Ref('C'), Type.Null()]),
      C: Type.Unknown(),
    }).Import('A'),
    [{ b: 1 }, { b: null, c: 1 }],
    [{}, { c: 1 }],
  ],
  [
    'a required property that may be anything, in a recursive union',
    Type.Recursive(This =>
      Type.Union([Type.Null(), O({ any: Type.Union([Type.Any(), This]), next: Type.Optional(This) })]),
    ),
    [null, { any: 1 }, { any: 1, next: { any: null, next: null } }],
    [{ next: { any: 1 } }, { any: 1, next: {} }],
  ],
  ['a required property that must not be a string', O({ a: Type.Not(Type.String()) }), [{ a: 1 }], [{}, { a: 'x' }]],
  ['a multiple of a decimal', Type.Number({ multipleOf: 0.01 }), [19.99, 0.07, -3.14, 0, 1], [0.005, 19.999]],
  ['an integer that is a multiple of a decimal', Type.Integer({ multipleOf: 2.5 }), [5, 10], [2.5, 6, 'x']],
  ['a pattern of letters', Type.String({ pattern: '^\\p{L}+$' }), ['é', 'ab'], ['p{L}', '1', '']],
  ['a pattern of one character', Type.String({ pattern: '^.$' }), ['😀', 'a'], ['ab', '']],
  [
    'text by its bytes',
    Type.String({ minByteLength: 2, maxByteLength: 4 }),
    ['ab', 'é', '€', '😀', 'abcd'],
    ['a', 'abcde', '€é', '😀a', '', 'x'.repeat(99)],
  ],
  ['a nullable string', Type.Unsafe({ type: 'string', nullable: true }), ['a', null], [1]],
  ['a nullable constant', Type.Unsafe({ const: 'a', nullable: true }), ['a', null], ['b']],
  [
    'an exclusive bound of OpenAPI',
    Type.Unsafe({ type: 'number', minimum: 5, exclusiveMinimum: true, maximum: 7, exclusiveMaximum: false }),
    [6, 7],
    [5, 8],
  ],
]

describe('a value', it => {
  for (const [title, schema, right, wrong] of ROWS) {
    it(`matches ${title}, or not`, () => {
      for (const value of right) assert.ok(accepts(schema, value), JSON.stringify(value))
      for (const value of wrong) assert.not.ok(accepts(schema, value), JSON.stringify(value))
    })
  }

  it('is told what a string of bytes or a decimal has to be', () => {
    const issueOf = (schema: TSchema, value: unknown) =>
      [compiler, interpreter].map(checker => codecsWith(checker, 'keep')(schema, 'it').issues(value, '', 8))
    const of = (message: string) => [[{ path: '', message }], [{ path: '', message }]]
    assert.equal(issueOf(Type.String({ maxByteLength: 1 }), '€'), of('Expected string of at most 1 bytes in UTF-8'))
    assert.equal(issueOf(Type.Number({ multipleOf: 0.01 }), 0.005), of('Expected number to be a multiple of 0.01'))
    assert.equal(issueOf(Type.Number({ multipleOf: 0.01 }), Infinity), of('Expected number'))
    assert.equal(
      issueOf(Type.Array(Type.Null(), { contains: Type.Null(), minContains: 0, maxContains: 1 }), [null, null]),
      of('Expected array to contain no more than 1 matching values'),
    )
    assert.equal(issueOf(Type.String({ pattern: '\\p{L}' }), '1'), of("Expected string to match '\\p{L}'"))
    assert.equal(issueOf(Type.String({ pattern: '\\p{L}' }), 1), of('Expected string'))
  })
})

describe('a keyword', it => {
  const refusal = (schema: TSchema): string => {
    try {
      router({ it: event.input(schema) })
      return ''
    } catch (error) {
      return String(error)
    }
  }
  for (const [title, schema, expected] of [
    [
      'a pattern that JSON Schema rejects',
      Type.String({ pattern: '\\-' }),
      'it input[0]: the pattern "\\\\-" is not a valid regular expression with the flag u',
    ],
    [
      'letters as the keys of a record',
      Type.Record(Type.String({ pattern: '^\\p{L}$' }), Type.Null()),
      "it input[0]: TypeBox matches a record's keys without the flag u",
    ],
    ['a regular expression with a memory', Type.RegExp(/a/g), 'it input[0]: with the flags "g"'],
    ['a multiple of zero', Type.Number({ multipleOf: 0 }), 'it input[0]: expected multipleOf to be more than 0, got 0'],
    [
      'a multiple of zero by hand',
      Type.Unsafe({ items: { multipleOf: 0 } }),
      'it input[0].items: expected multipleOf to be more than 0',
    ],
    [
      'half a byte',
      Type.String({ maxByteLength: 0.5 }),
      'it input[0]: expected maxByteLength to be a non-negative integer, got 0.5',
    ],
    ['a date that must not be', Type.Not(Type.Date()), 'it input[0].not: a date or binary data is not recognized'],
    [
      'dates that a list contains',
      Type.Array(Type.Unknown(), { contains: Type.Date() }),
      'it input[0].contains: a date or',
    ],
    [
      'a date that is text for another member of an intersection',
      Type.Intersect([O({ kind: Type.Null() }, { additionalProperties: Type.String() }), O({ at: Type.Date() })]),
      'it input[0].allOf[1].at: allOf[0] has another type for the same value, and one of the two is a date',
    ],
    [
      'bytes that are an object for another member',
      Type.Intersect([
        O({ a: Type.Object({ bytes: Type.Union([Type.Uint8Array(), Type.Null()]) }) }),
        O({ a: Type.Object({ bytes: Type.Object({}) }) }),
      ]),
      'it input[0].allOf[1].a.bytes: allOf[0] has another type for the same value',
    ],
    [
      'a recursive definition',
      Type.Module({ A: Type.Recursive(This => O({ a: Type.Optional(This) })) }).Import('A'),
      'it input[0].$defs["A"].a: a recursive schema can\'t be a definition',
    ],
  ] as const)
    it(`is refused: ${title}`, () => assert.match(refusal(schema), expected))

  it('is not refused for a date that another member of an intersection accepts, or rejects in either form', () => {
    for (const other of [
      O({ at: Type.Date() }),
      O({ at: Type.Unknown() }),
      O({}, { additionalProperties: Type.Union([Type.String(), Type.Date()]) }),
      O({ at: Type.Integer() }),
      Type.Record(Type.String({ pattern: '^x-' }), Type.String()),
    ])
      assert.is(refusal(Type.Intersect([O({ at: Type.Date() }), other])), '')
  })
})

describe('an optional argument in the middle', it => {
  const api = router({
    it: event.input(Type.Integer(), Type.Optional(Type.String()), Type.Optional(Type.Integer())).ack(Type.Unknown()),
    filled: event.input(Type.Optional(Type.String({ default: 'd' })), Type.Optional(Type.Null())).ack(Type.Unknown()),
    nullable: event
      .input(Type.Optional(Type.Union([Type.String(), Type.Null()])), Type.Optional(Type.Null()))
      .ack(Type.Unknown()),
    decoded: event
      .input(
        Type.Optional(
          Type.Transform(Type.String())
            .Decode(text => text.length)
            .Encode(String),
        ),
      )
      .rest(Type.Integer())
      .ack(Type.Unknown()),
    out: event.output(Type.Integer(), Type.Optional(Type.String()), Type.Optional(Type.Integer())),
  })

  it('is absent where it is undefined for one side, and null on the wire', async ({ defer }) => {
    const { createServer } = await import('node:http')
    const { Server } = await import('socket.io')
    const http = createServer()
    const io = new Server(http)
    const server = attach(io, api)
    defer(() => void io.close())
    const shown = ({ input }: { input: unknown }) =>
      JSON.stringify(input, (_, value: unknown) => value ?? (value === null ? null : 'absent'))
    server.on.it(shown)
    server.on.filled(shown)
    server.on.nullable(shown)
    server.on.decoded(shown)
    await new Promise<void>(resolve => http.listen(0, resolve))
    const address = http.address()
    const url = `http://localhost:${typeof address === 'object' ? address?.port : ''}`
    for (const client of [createClient(api, url), createClient<typeof api>(url)]) {
      defer(() => void client.socket.disconnect())
      assert.is(await client.emit.it(1, undefined, 3), '[1,"absent",3]')
      assert.is(await client.emit.filled(undefined, null), '["d",null]')
      assert.is(await client.emit.nullable(undefined, null), '[null,null]')
      const got = new Promise(resolve => client.on.out((...values) => resolve(values)))
      server.emit.out(1, undefined, 3)
      const values = (await got) as readonly unknown[]
      assert.equal([values[0], values[1] ?? 'absent', values[2]], [1, 'absent', 3])
    }
    const raw = createClient<typeof api>(url).socket
    defer(() => void raw.disconnect())
    assert.is(await raw.emitWithAck('decoded', null, 1), '["absent",1]')
    assert.is(await raw.emitWithAck('decoded', 'abc', 1), '[3,1]')
    // The last one is no argument in the middle, nor is a required one.
    assert.equal((await raw.emitWithAck('it', 1, 'a', null)).$error.issues[0].path, '/2')
    assert.equal((await raw.emitWithAck('it', null, 'a', 1)).$error.issues[0].path, '/0')
  })
})
