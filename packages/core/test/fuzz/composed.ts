import { Type, type TSchema } from '@sinclair/typebox'
import * as fc from 'fast-check'
import { json, of, samples, type Sample } from './schemas.js'

/** Text that is decoded to an object, so that it is never taken for what is sent. */
export class Text {
  readonly text: string
  constructor(text: string) {
    this.text = text
  }
}

export const Marked = Type.Transform(Type.String({ maxLength: 3 }))
  .Decode(text => new Text(text))
  .Encode(value => {
    if (!(value instanceof Text)) throw new TypeError('no text')
    return value.text
  })
/** Divides, and so also takes `null`, dates and lists. */
export const Cents = Type.Transform(Type.Integer())
  .Decode(cents => cents / 4)
  .Encode(value => value * 4)

/** A value boxed by a transform. */
export class Box {
  readonly value: unknown
  constructor(value: unknown) {
    this.value = value
  }
}

const boxed = ({ schema, value }: Sample): Sample =>
  of(
    Type.Transform(schema)
      .Decode((inside: unknown) => new Box(inside))
      .Encode((box): never => {
        if (!(box instanceof Box)) throw new TypeError('no box')
        return box.value as never // The decoded value of the schema.
      }),
    value,
  )

const word = fc.constantFrom('a', 'b', 'ab', 'abcd', '', 'é', 'ß€', '1', 'a1')
const day = fc.constantFrom(
  '2026-02-28T01:02:03Z',
  '2026-02-30T01:02:03Z',
  '2024-02-29T23:59:59.123456+01:00',
  '2026-02-29T00:00:00Z',
  '2026-13-01T00:00:00Z',
  '2026-01-01T24:00:00Z',
  '2026-01-01t10:00:00z',
  '2026-01-01',
)
const price = fc.constantFrom(19.99, 0.07, 1, 0, -3.14, 0.005, 1.234, 1e21)
const name = fc.constantFrom('a', 'b', 'c', 'x-d')

/** The kinds that `samples` has not: those whose value is converted, filled in, or checked here instead of by TypeBox. */
const leaf: fc.Arbitrary<Sample> = fc.oneof(
  fc.constantFrom(
    of(Marked, word),
    of(Cents, fc.integer({ min: -5, max: 5 })),
    of(Type.Date(), day),
    of(Type.Number({ multipleOf: 0.01 }), price),
    of(Type.Integer({ multipleOf: 2.5 }), fc.constantFrom(5, 10, 2.5, 3)),
    of(Type.String({ pattern: '^\\p{L}+$' }), word),
    of(Type.String({ pattern: '^[^a]$' }), fc.constantFrom('a', 'b', '😀', 'ab')),
    of(Type.String({ maxByteLength: 3, minByteLength: 1 }), word),
    of(Type.String({ default: 'a' }), word),
    of(Type.Integer({ default: 1 }), fc.constantFrom(1, 2, 1.5)),
    of(Type.Union([Type.Integer({ default: 2 }), Type.Null()]), fc.constantFrom(1, null, 'a')),
    of(Type.Union([Type.Literal('a'), Type.Literal('b')], { default: 'b' }), word),
    of(
      Type.Array(Type.Integer(), { contains: Type.Literal(1), minContains: 1 }),
      fc.array(fc.nat(2), { maxLength: 3 }),
    ),
    of(
      Type.Array(Type.Integer(), { contains: Type.Literal(1), minContains: 0 }),
      fc.array(fc.nat(2), { maxLength: 3 }),
    ),
    of(Type.Unsafe({ type: 'string', nullable: true }), fc.option(word)),
    of(Type.Unsafe({ const: 'a', nullable: true }), fc.option(word)),
    of(Type.Unsafe({ type: 'number', minimum: 1, exclusiveMinimum: true }), fc.constantFrom(0, 1, 2)),
    of(
      Type.Unsafe({ type: 'object', dependentRequired: { a: ['b'] }, dependentSchemas: { c: { required: ['a'] } } }),
      fc.dictionary(name, json),
    ),
  ),
)

const optional = (sample: Sample): Sample => of(Type.Optional(sample.schema), sample.value)
/** A property that JSON leaves out where it is undefined. */
const undefinable = (sample: Sample): Sample => of(Type.Union([sample.schema, Type.Undefined()]), sample.value)

/** Objects with some of these names, and values with some more. */
const objectOf = (names: readonly string[], part: fc.Arbitrary<Sample>): fc.Arbitrary<Sample> =>
  fc
    .tuple(
      fc.dictionary(
        fc.constantFrom(...names),
        fc.oneof({ weight: 3, arbitrary: part }, part.map(optional), part.map(undefinable)),
        {
          maxKeys: 3,
          noNullPrototype: true,
        },
      ),
      fc.constantFrom<object>({}, {}, {}, { additionalProperties: false }, { minProperties: 1 }),
      fc.option(part, { freq: 4 }),
    )
    .map(([parts, options, others]) => {
      const entries = Object.entries(parts)
      return of(
        Type.Object(Object.fromEntries(entries.map(([key, { schema }]) => [key, schema])), {
          ...options,
          ...(others === null ? {} : { additionalProperties: others.schema }),
        }),
        fc
          .tuple(
            fc.record(Object.fromEntries(entries.map(([key, { value }]) => [key, value])), {
              requiredKeys: [],
              noNullPrototype: true,
            }),
            fc.dictionary(fc.constantFrom('a', 'z'), others?.value ?? json, { maxKeys: 1, noNullPrototype: true }),
            fc.boolean(),
          )
          .map(([declared, more, isMore]) => (isMore ? Object.assign({}, more, declared) : declared)),
      )
    })

const merged = (...values: fc.Arbitrary<unknown>[]): fc.Arbitrary<unknown> =>
  fc.tuple(...values).map(all => Object.assign({}, ...all))

/** Union of objects that a literal tells apart. */
const casesOf = (part: fc.Arbitrary<Sample>): fc.Arbitrary<Sample> =>
  fc
    .tuple(part, part)
    .map(([one, two]) =>
      of(
        Type.Union([
          Type.Object({ kind: Type.Literal('one'), p: one.schema }),
          Type.Object({ kind: Type.Literal('two'), p: Type.Optional(two.schema), q: Type.Optional(one.schema) }),
        ]),
        fc.record(
          { kind: fc.constantFrom('one', 'two', 'three'), p: fc.oneof(one.value, two.value), q: one.value },
          { requiredKeys: ['kind'], noNullPrototype: true },
        ),
      ),
    )

/** Schemas of every kind in every kind, with transforms, defaults and dates in each place. */
export const composed: fc.Arbitrary<Sample> = fc.letrec<{ any: Sample; object: Sample; cases: Sample }>(tie => ({
  object: objectOf(['a', 'b', 'x-d'], tie('any')),
  cases: casesOf(tie('any')),
  any: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    { weight: 6, arbitrary: leaf },
    { weight: 2, arbitrary: samples.any },
    { weight: 2, arbitrary: tie('object') },
    tie('cases'),
    tie('any').map(boxed),
    tie('any').map(({ schema, value }) => of(Type.Array(schema, { maxItems: 2 }), fc.array(value, { maxLength: 3 }))),
    tie('any').map(({ schema, value }) =>
      of(Type.Array(schema, { uniqueItems: true }), fc.array(value, { maxLength: 2 })),
    ),
    fc.array(tie('any'), { minLength: 1, maxLength: 3 }).map(parts =>
      of(
        Type.Tuple(parts.map(({ schema }) => schema)),
        fc
          .tuple(fc.tuple(...parts.map(({ value }) => value)), fc.nat(3))
          .map(([items, count]) => items.slice(0, Math.max(count, items.length - 1))),
      ),
    ),
    fc
      .array(tie('any'), { minLength: 1, maxLength: 3 })
      .map(parts => of(Type.Union(parts.map(({ schema }) => schema)), fc.oneof(...parts.map(({ value }) => value)))),
    tie('any').map(({ schema, value }) => of(Type.Union([schema, Type.Null()]), fc.option(value))),
    tie('any').map(({ schema, value }) => of(Type.Not(schema), fc.oneof(value, json))),
    tie('any').map(({ schema, value }) =>
      of(Type.Record(Type.String(), schema), fc.dictionary(name, value, { noNullPrototype: true })),
    ),
    fc
      .tuple(tie('any'), tie('any'))
      .map(([{ schema, value }, others]) =>
        of(
          Type.Record(Type.String({ pattern: '^x-' }), schema, { additionalProperties: others.schema }),
          merged(fc.dictionary(fc.constant('x-d'), value), fc.dictionary(name, others.value)),
        ),
      ),
    fc
      .tuple(tie('object'), tie('cases'))
      .map(([one, other]) => of(Type.Intersect([one.schema, other.schema]), merged(one.value, other.value))),
    fc
      .tuple(objectOf(['c', 'e'], tie('any')), tie('object'))
      .map(([one, other]) => of(Type.Intersect([one.schema, other.schema]), merged(one.value, other.value))),
    fc
      .tuple(tie('cases'), tie('any'))
      .map(([one, { schema, value }]) =>
        of(
          Type.Intersect([one.schema, Type.Record(Type.String({ pattern: '^x-' }), schema)]),
          merged(one.value, fc.dictionary(fc.constant('x-d'), value)),
        ),
      ),
    fc
      .tuple(
        objectOf(['c'], tie('any')),
        objectOf(['d'], tie('any')),
        fc.constantFrom<TSchema | false>(false, Type.Number(), Marked),
      )
      .map(([one, other, unevaluatedProperties]) =>
        of(Type.Intersect([one.schema, other.schema], { unevaluatedProperties }), merged(one.value, other.value)),
      ),
    fc.tuple(tie('any'), tie('any')).map(([{ schema, value }, other]) =>
      of(
        Type.Recursive(This =>
          Type.Object({
            p: schema,
            next: Type.Optional(Type.Intersect([This, Type.Object({ q: Type.Optional(other.schema) })])),
            all: Type.Optional(Type.Array(Type.Union([This, Type.Null()]), { maxItems: 2 })),
          }),
        ),
        fc.letrec(inner => ({
          tree: fc.record(
            {
              p: value,
              q: other.value,
              next: fc.oneof({ maxDepth: 2 }, fc.constant({}), inner('tree')),
              all: fc.array(fc.oneof({ maxDepth: 2 }, fc.constant(null), inner('tree')), { maxLength: 1 }),
            },
            { requiredKeys: ['p'], noNullPrototype: true },
          ),
        })).tree,
      ),
    ),
    fc.tuple(tie('any'), tie('cases'), tie('object')).map(([one, cases, two]) => {
      const module = Type.Module({
        A: Type.Object({ p: Type.Ref('B'), q: Type.Optional(Type.Ref('C')) }),
        B: one.schema,
        C: Type.Intersect([Type.Ref('D'), Type.Object({ r: Type.Optional(Type.Ref('B')) })]),
        D: cases.schema,
        E: two.schema,
      })
      return of(
        module.Import('A'),
        fc.record(
          { p: one.value, q: merged(cases.value, fc.record({ r: one.value }, { requiredKeys: [] })) },
          { requiredKeys: ['p'], noNullPrototype: true },
        ),
      )
    }),
  ),
})).any
