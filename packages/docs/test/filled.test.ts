import { event, router, type Event } from '@ackwire/core'
import * as docs from '@ackwire/docs'
import { KindGuard, Type, type TSchema } from '@sinclair/typebox'
import { Ajv } from 'ajv'
import * as assert from 'uvu/assert'
import { describe } from '../../../test/harness.js'
import { saying } from '../../../test/saying.js'
import { interpreter } from '../../core/src/codec/interpreter.js'
import { codecsWith } from '../../core/src/codec/schema-codec.js'
import { compiler } from '../../core/src/server/validation/compiler.js'
import { registerJsonSchema } from '../../core/src/server/validation/unsafe-schema.js'
import { contractOf, readApi } from '../src/tooling.js'

const payloadOf = (it: Event): Readonly<Record<string, unknown>> => {
  const { channels, components } = docs.document(router({ it }))
  const [message] = Object.values(channels['root']?.messages ?? {})
  assert.ok(message !== undefined && 'payload' in message)
  return { allOf: [message.payload], components }
}
const checkOf = (it: Event) => new Ajv({ strict: false, validateFormats: false }).compile(payloadOf(it))
const O = Type.Object

registerJsonSchema()
/** The codecs of a server and of a client. */
const CHECKERS = [compiler, interpreter]

/** A title, an event, payloads that a server takes, and payloads that it refuses. */
const ROWS: readonly (readonly [title: string, it: Event, right: readonly unknown[], wrong: readonly unknown[]])[] = [
  [
    'a default in a member of a union',
    event.input(O({ a: Type.Union([Type.Null(), Type.Integer({ default: 1 })]) })),
    [{}, { a: null }, { a: 2 }],
    [{ a: 'x' }],
  ],
  [
    'a default in a member of an intersection',
    event.input(O({ a: Type.Intersect([Type.Object({ b: Type.Null() }, { default: { b: null } })]) })),
    [{}, { a: { b: null } }],
    [{ a: {} }],
  ],
  [
    'a default in a module',
    event.input(
      O({
        a: Type.Module({ A: Type.Union([Type.Ref('B'), Type.Null()]), B: Type.String({ default: 'x' }) }).Import('A'),
      }),
    ),
    [{}, { a: 'y' }],
    [{ a: 1 }],
  ],
  [
    'defaults at the end of a tuple',
    event.input(
      Type.Tuple([
        Type.String({ default: 'x' }),
        Type.Null(),
        Type.Integer({ default: 1 }),
        Type.Integer({ default: 2 }),
      ]),
    ),
    [
      ['a', null],
      ['a', null, 1],
      ['a', null, 1, 1],
    ],
    [['a'], []],
  ],
  [
    'defaults at the end of the arguments',
    event.input(Type.Null(), Type.Integer({ default: 1 }), Type.Optional(Type.Null())),
    [[null], [null, 2], [null, 2, null]],
    [[]],
  ],
  [
    'no default in an output',
    event.output(Type.Tuple([Type.Null(), Type.Integer({ default: 1 })])),
    [[null, 1]],
    [[null]],
  ],
  [
    'no default in what a value must not be',
    event.input(Type.Not(O({ a: Type.Null({ default: null }) }))),
    [{}],
    [{ a: null }],
  ],
  [
    'an optional argument in the middle',
    event.input(Type.Optional(Type.String()), Type.Optional(O({}, { $id: 'Named' })), Type.Optional(Type.Null())),
    [[null, null, null], ['a', {}], []],
    [[1]],
  ],
  [
    'the last optional argument',
    event.input(Type.Null(), Type.Optional(Type.String())),
    [[null, 'a'], [null]],
    [[null, null]],
  ],
  ['a nullable constant', event.input(Type.Unsafe({ type: 'string', const: 'a', nullable: true })), ['a', null], ['b']],
  [
    'what one property requires',
    event.input(
      Type.Unsafe({
        dependentRequired: { a: ['b'] },
        dependentSchemas: { a: { required: ['c'] } },
        dependencies: { d: ['a'] },
      }),
    ),
    [{ a: 1, b: 1, c: 1 }, {}],
    [{ a: 1, b: 1 }, { a: 1, c: 1 }, { d: 1 }],
  ],
  [
    'the numbers of properties in a closed intersection',
    event.input(
      Type.Intersect(
        [
          O({ a: Type.Optional(Type.Null()) }, { minProperties: 1, maxProperties: 3 }),
          O({ b: Type.Optional(Type.Null()), c: Type.Optional(Type.Null()) }, { minProperties: 2, maxProperties: 2 }),
        ],
        { unevaluatedProperties: false },
      ),
    ),
    [
      { a: null, b: null },
      { b: null, c: null },
    ],
    [{}, { a: null }, { a: null, b: null, c: null }, { a: null, d: null }],
  ],
  [
    'a property that may be undefined by a member of a member',
    event.input(
      O({
        a: Type.Union([Type.Union([Type.Null(), Type.Undefined()]), Type.String()]),
        b: Type.Union([Type.Integer(), Type.Union([Type.Void(), Type.Undefined()])]),
      }),
    ),
    [{}, { a: null }, { a: 'x', b: 1 }],
    [{ a: 1 }, { b: null }],
  ],
  [
    'a property whose schema accepts whatever is there',
    event.input(O({ a: Type.Union([Type.Any(), Type.Boolean()]), b: Type.Unknown() })),
    [
      { a: null, b: null },
      { a: 1, b: {} },
    ],
    [{}, { a: 1 }, { b: 1 }],
  ],
  [
    'a list that need not contain anything',
    event.input(Type.Array(Type.Null(), { contains: Type.Null(), minContains: 0 })),
    [[], [null]],
    [[1]],
  ],
]

const Ones = { contains: Type.Literal(1) }

/** A title, a schema with a keyword that draft-07 does not have, values that match it, and values that only the document accepts. */
const LOOSER: readonly (readonly [
  title: string,
  schema: TSchema,
  right: readonly unknown[],
  wrong: readonly unknown[],
])[] = [
  [
    'minContains',
    Type.Array(Type.Integer(), { ...Ones, minContains: 2 }),
    [
      [1, 1],
      [2, 1, 1],
    ],
    [[1], [1, 2]],
  ],
  ['maxContains', Type.Array(Type.Integer(), { ...Ones, maxContains: 1 }), [[1], [2, 1]], [[1, 1]]],
  [
    'a bound of what need not be there',
    Type.Array(Type.Integer(), { ...Ones, minContains: 0, maxContains: 1 }),
    [[], [2], [1]],
    [[1, 1]],
  ],
  [
    'unevaluatedItems',
    Type.Unsafe({ allOf: [{ prefixItems: [{ type: 'string' }] }], unevaluatedItems: { type: 'integer' } }),
    [['a'], ['a', 1], 'no list'],
    [
      ['a', 'b'],
      ['a', 1, null],
    ],
  ],
  ['minContains by hand', Type.Unsafe({ contains: { const: 1 }, minContains: 2 }), [[1, 1]], [[1]]],
  ['maxContains by hand', Type.Unsafe({ contains: { const: 1 }, maxContains: 1 }), [[1]], [[1, 1]]],
]

describe('a document and a server', it => {
  it('differ about the flags of a regular expression, which the document has beside the pattern', () => {
    const schema = Type.RegExp(/^ab$/i)
    const verdicts = ['ab', 'AB', 'b'].map(text =>
      [checkOf(event.input(schema)), ...CHECKERS.map(checker => codecsWith(checker, 'keep')(schema, 'it').check)].map(
        check => check(text),
      ),
    )
    assert.equal(verdicts, [
      [true, true, true],
      [false, true, true],
      [false, false, false],
    ])
    const { allOf } = payloadOf(event.input(schema))
    assert.match(JSON.stringify(allOf), '"x-pattern-flags":"i"')
  })

  for (const [title, schema, right, wrong] of LOOSER) {
    it(`differ about ${title}, which the server checks`, () => {
      const check = checkOf(event.input(schema))
      const [server, client] = CHECKERS.map(checker => codecsWith(checker, 'keep')(schema, 'it'))
      for (const value of [...right, ...wrong]) {
        const isRight = right.includes(value)
        assert.is(server?.check(value), isRight, JSON.stringify(value))
        // A page leaves hand-written JSON Schema to the server.
        if (!KindGuard.IsUnsafe(schema)) assert.is(client?.check(value), isRight, JSON.stringify(value))
        assert.ok(check(value), JSON.stringify(value))
      }
    })
  }

  for (const [title, event, right, wrong] of ROWS) {
    it(`agree about ${title}`, () => {
      const check = checkOf(event)
      for (const value of right) assert.ok(check(value), JSON.stringify(value))
      for (const value of wrong) assert.not.ok(check(value), JSON.stringify(value))
    })
  }

  it('agree that a default can leave out what has defaults itself', () => {
    const Settings = O({ theme: Type.String({ default: 'light' }) }, { default: {} })
    assert.ok(checkOf(event.input(O({ settings: Settings })))({}))
    assert.throws(
      () => docs.render(router({ it: event.input(O({ a: Type.Integer() }, { default: {} })) })),
      saying('it input[0] default'),
    )
  })

  it('agree about the bytes of a string', () => {
    const bounded = (schema: TSchema) => docs.render(router({ it: event.input(schema) }))
    assert.match(
      bounded(Type.String({ maxByteLength: 10, minByteLength: 1 })),
      /x-maxByteLength: 10\n +x-minByteLength: 1/,
    )
    const api = router({ it: event.input(Type.String({ maxByteLength: 10, pattern: 'a' })) })
    const { text } = contractOf(readApi(JSON.parse(JSON.stringify(docs.document(api)))))
    assert.match(text, /Type\.String\(\{[^}]*maxByteLength: 10/)
  })
})
