import { event, router } from '@ackwire/core'
import { Type, type TSchema } from '@sinclair/typebox'
import * as assert from 'uvu/assert'
import { describe } from '../../../../test/harness.js'
import { interpreter } from '../../src/codec/interpreter.js'
import { codecsWith } from '../../src/codec/schema-codec.js'
import { compiler } from '../../src/server/validation/compiler.js'

const At = Type.Transform(Type.String())
  .Decode(text => new Date(text))
  .Encode(date => date.toISOString())
const Boxed = Type.Transform(Type.Integer())
  .Decode(n => ({ n }))
  .Encode(({ n }) => n)
const AS_TEXT = '2020-01-01T00:00:00.000Z'
const AS_DATE = new Date(AS_TEXT)
const O = Type.Object
const [A, B] = [O({ kind: Type.Literal('a'), at: At }), O({ kind: Type.Literal('b'), at: Boxed })]
const Id = O({ id: Type.String() })
const module = Type.Module({
  A,
  Whole: Type.Union([Type.Ref('A'), B]),
  Both: Type.Intersect([Type.Ref('A'), O({ x: At })]),
  Tree: O({ at: At, next: Type.Optional(Type.Intersect([Type.Ref('Tree'), O({ x: Boxed })])) }),
  Cases: Type.Intersect([Type.Ref('Whole'), Id]),
  Deep: Type.Transform(O({ at: At }))
    .Decode(({ at }) => at)
    .Encode(at => ({ at })),
  Around: Type.Intersect([Id, O({ deep: Type.Ref('Deep') })]),
})
/** Divides, and so takes `null` and an empty array. */
const Cents = Type.Transform(Type.Integer())
  .Decode(cents => cents * 2)
  .Encode(value => value / 2)

/** The value as it is sent, and as the application has it. */
const ROWS: readonly (readonly [title: string, schema: TSchema, sent: unknown, decoded: unknown])[] = [
  [
    'a case of a union in an intersection',
    Type.Intersect([Id, Type.Union([A, B])]),
    { id: 'i', kind: 'a', at: AS_TEXT },
    { id: 'i', kind: 'a', at: AS_DATE },
  ],
  [
    'another case of it',
    Type.Intersect([Id, Type.Union([A, B])]),
    { id: 'i', kind: 'b', at: 1 },
    { id: 'i', kind: 'b', at: { n: 1 } },
  ],
  [
    'a record in an intersection',
    Type.Intersect([Id, Type.Record(Type.String({ pattern: '^at' }), At)]),
    { id: 'i', at1: AS_TEXT },
    { id: 'i', at1: AS_DATE },
  ],
  [
    'objects as additional properties',
    O({ a: Type.Null() }, { additionalProperties: O({ at: At }) }),
    { a: null, b: { at: AS_TEXT } },
    { a: null, b: { at: AS_DATE } },
  ],
  [
    'objects as other properties of a record',
    Type.Record(Type.String({ pattern: '^a' }), At, { additionalProperties: O({ at: At }) }),
    { a: AS_TEXT, b: { at: AS_TEXT } },
    { a: AS_DATE, b: { at: AS_DATE } },
  ],
  [
    'objects as unevaluated properties',
    Type.Intersect([Id, O({})], { unevaluatedProperties: O({ at: At }) }),
    { id: 'i', b: { at: AS_TEXT } },
    { id: 'i', b: { at: AS_DATE } },
  ],
  [
    'one property of two members',
    Type.Intersect([O({ a: O({ x: At }) }), O({ a: O({ y: Boxed }) })]),
    { a: { x: AS_TEXT, y: 1 } },
    { a: { x: AS_DATE, y: { n: 1 } } },
  ],
  [
    'the items of two members',
    Type.Intersect([O({ a: Type.Array(O({ x: At })) }), O({ a: Type.Array(O({ y: Boxed })) })]),
    { a: [{ x: AS_TEXT, y: 1 }] },
    { a: [{ x: AS_DATE, y: { n: 1 } }] },
  ],
  [
    'a reference in an intersection',
    module.Import('Both'),
    { kind: 'a', at: AS_TEXT, x: AS_TEXT },
    { kind: 'a', at: AS_DATE, x: AS_DATE },
  ],
  [
    'a reference to a union in an intersection',
    module.Import('Cases'),
    { id: 'i', kind: 'b', at: 1 },
    { id: 'i', kind: 'b', at: { n: 1 } },
  ],
  [
    'a module in an intersection',
    Type.Intersect([module.Import('A'), O({ y: Boxed })]),
    { kind: 'a', at: AS_TEXT, y: 1 },
    { kind: 'a', at: AS_DATE, y: { n: 1 } },
  ],
  [
    'a reference to a transform beside an intersection',
    module.Import('Around'),
    { id: 'i', deep: { at: AS_TEXT } },
    { id: 'i', deep: AS_DATE },
  ],
  [
    'itself in an intersection',
    module.Import('Tree'),
    { at: AS_TEXT, next: { at: AS_TEXT, x: 1 } },
    { at: AS_DATE, next: { at: AS_DATE, x: { n: 1 } } },
  ],
  [
    'This in an intersection',
    Type.Recursive(This => O({ at: At, next: Type.Optional(Type.Intersect([This, O({ x: Boxed })])) })),
    { at: AS_TEXT, next: { at: AS_TEXT, x: 1 } },
    { at: AS_DATE, next: { at: AS_DATE, x: { n: 1 } } },
  ],
  [
    'a transform around a union',
    Type.Transform(Type.Union([A, Type.Null()]))
      .Decode(value => ({ value }))
      .Encode(({ value }) => value),
    { kind: 'a', at: AS_TEXT },
    { value: { kind: 'a', at: AS_DATE } },
  ],
  ['a number beside one that divides', Type.Union([Cents, Type.Null(), Type.Array(At)]), null, null],
  ['a list beside one that divides', Type.Union([Cents, Type.Null(), Type.Array(At)]), [], []],
  [
    'what stands in a list beside one that divides',
    Type.Union([Cents, Type.Null(), Type.Array(At)]),
    [AS_TEXT],
    [AS_DATE],
  ],
  ['a value of one that divides', Type.Union([Cents, Type.Null(), Type.Array(At)]), 3, 6],
  [
    'what a value must not be',
    O({ a: Type.Intersect([Type.String(), Type.Not(At)].slice(0, 1)), b: Type.Not(Boxed) }),
    { a: 'x', b: 'y' },
    { a: 'x', b: 'y' },
  ],
  [
    'what is undefined for the application',
    O({
      a: Type.Transform(Type.Null())
        .Decode(() => undefined)
        .Encode(() => null),
    }),
    { a: null },
    { a: undefined },
  ],
]

const MODES = ['keep', 'strip', 'reject'] as const

describe('a transform in a composed schema', it => {
  for (const [title, schema, sent, decoded] of ROWS) {
    it(`converts ${title}`, () => {
      router({ it: event.input(schema) })
      for (const mode of MODES) {
        for (const checker of [compiler, interpreter]) {
          const { prepare, check, decode, encode } = codecsWith(checker, mode)(schema, 'it')
          const prepared = prepare === undefined ? sent : prepare(sent)
          assert.ok(check(prepared), mode)
          const got = decode === undefined ? prepared : decode(prepared)
          assert.equal(got, decoded)
          assert.equal(encode === undefined ? got : encode(got), sent)
          assert.ok(check(sent))
        }
      }
    })
  }

  const message = (schema: TSchema): string => {
    try {
      router({ it: event.input(schema) })
      return ''
    } catch (error) {
      return String(error)
    }
  }

  it('is refused where two would convert one value', () => {
    for (const [schema, path] of [
      [Type.Intersect([O({ a: At }), O({ a: Boxed })]), '.allOf[1].a'],
      [Type.Intersect([O({ a: O({ b: At }) }), O({ a: Type.Record(Type.String(), Boxed) })]), '.allOf[1].a.b'],
      [Type.Intersect([Type.Union([A, B]), O({ at: Boxed })]), '.allOf[1].at'],
      [
        Type.Intersect([
          Id,
          Type.Union([
            Id,
            Type.Transform(O({}))
              .Decode(String)
              .Encode(() => ({})),
          ]),
        ]),
        '.allOf[1]',
      ],
      [Type.Intersect([Id, module.Import('Deep')]), '.allOf[1]'],
    ] as const)
      assert.match(message(schema), `ackwire: it input[0]${path}: `)
    assert.is(message(Type.Intersect([O({ a: At }), O({ a: At })])), '')
  })

  it('is refused inside of hand-written JSON Schema', () => {
    assert.match(
      message(Type.Unsafe({ type: 'object', properties: { a: At } })),
      'ackwire: it input[0].a: a transform inside hand-written JSON Schema is not applied',
    )
    assert.match(
      message(Type.Unsafe({ type: 'array', items: Type.Date() })),
      'ackwire: it input[0].items: hand-written JSON Schema knows no type "Date"',
    )
  })
})

describe('unevaluated properties', it => {
  it('are those that no member declares, whatever their names are', () => {
    const closed = Type.Intersect([O({ 'a.b': Type.Null() }), O({ 'x(': Type.Optional(Type.Null()) })], {
      unevaluatedProperties: false,
    })
    const numbers = Type.Intersect([O({ 'a.b': Type.Null() }), O({})], { unevaluatedProperties: Type.Number() })
    const none = Type.Intersect([O({}), O({})], { unevaluatedProperties: false })
    for (const checker of [compiler, interpreter]) {
      const { check, issues } = codecsWith(checker, 'keep')(closed, 'it')
      assert.ok(check({ 'a.b': null, 'x(': null }))
      assert.not.ok(check({ 'a.b': null, axb: null }))
      assert.equal(issues({ 'a.b': null, axb: null }, '', 8), [{ path: '/axb', message: 'Unexpected property' }])
      assert.ok(codecsWith(checker, 'keep')(numbers, 'it').check({ 'a.b': null, axb: 1 }))
      assert.not.ok(codecsWith(checker, 'keep')(numbers, 'it').check({ 'a.b': null, axb: null }))
      assert.not.ok(codecsWith(checker, 'keep')(none, 'it').check({ '': 1 }))
    }
  })

  it('are refused where the declared ones differ from value to value', () => {
    const options = { unevaluatedProperties: false } as const
    for (const member of [
      Type.Union([O({ a: Type.Null() }), O({ b: Type.Null() })]),
      Type.Record(Type.String(), Type.Null()),
      module.Import('A'),
      O({}, { additionalProperties: Type.Null() }),
    ])
      assert.throws(
        () => router({ it: event.input(Type.Intersect([Id, member], options)) }),
        /it input\[0\]: unevaluatedProperties would reject/,
      )
  })
})
