import { KindGuard, type TObject, type TSchema, Type } from '@sinclair/typebox'
import { Check } from '@sinclair/typebox/value'
import * as fc from 'fast-check'

/** A schema with values that mostly match it. */
export interface Sample {
  readonly schema: TSchema
  readonly value: fc.Arbitrary<unknown>
}

// TypeBox counts UTF-16 units where JSON Schema counts characters, so strings are ASCII here.
const word = fc.constantFrom('a', 'b', 'user-x', 'ab', '')
/** Any value that JSON carries. */
export const json = fc.jsonValue({ maxDepth: 2 })
const name = fc.constantFrom('a', 'b', 'c', 'x-d')

export const of = (schema: TSchema, value: fc.Arbitrary<unknown>): Sample => ({ schema, value })

const leaf: fc.Arbitrary<Sample> = fc.oneof(
  fc.record({ minLength: fc.nat(2), maxLength: fc.nat(4) }).map(options => of(Type.String(options), word)),
  fc.constant(of(Type.String({ pattern: '^a' }), word)),
  fc
    .record({ minimum: fc.integer({ min: -3, max: 3 }) })
    .map(options => of(Type.Number(options), fc.double({ min: -5, max: 5, noNaN: true }))),
  fc
    .record({ exclusiveMaximum: fc.integer({ min: -3, max: 3 }) })
    .map(options => of(Type.Integer(options), fc.integer({ min: -5, max: 5 }))),
  fc.constantFrom(
    of(Type.Boolean(), fc.boolean()),
    of(Type.Null(), fc.constant(null)),
    of(Type.Any(), json),
    of(Type.Unknown(), json),
    of(Type.Never(), json),
    of(Type.Literal('a'), word),
    of(Type.Literal(1), fc.constantFrom(1, 1.5, '1')),
    of(Type.Literal(true), fc.boolean()),
    of(Type.TemplateLiteral('user-${string}'), word),
    of(Type.TemplateLiteral('${string}-${string}'), word),
    of(Type.Array(Type.String(), { uniqueItems: true }), fc.array(word, { maxLength: 3 })),
    // Both, since TypeBox's Check, which decides here, matches values of any type, not only strings.
    of(Type.Intersect([Type.String(), Type.RegExp(/^a/)]), word),
    of(Type.Enum({ A: 'a', One: 1 }), fc.constantFrom('a', 1, 'One')),
    of(Type.Union([Type.Literal('a'), Type.Literal('b'), Type.Null()]), fc.constantFrom('a', 'b', 'c', null)),
    of(Type.KeyOf(Type.Object({ a: Type.Null(), b: Type.Null() })), word),
  ),
)

/** TypeBox's own view; none where it throws, which it does at null where an intersection is closed. */
export const matches = (schema: TSchema, value: unknown): boolean | undefined => {
  try {
    return Check(schema, value)
  } catch {
    return undefined
  }
}

/** A schema as that of a property. TypeBox lets one be missing that takes undefined, such as Type.Not(…), which JSON Schema does not. */
const property = (schema: TSchema): TSchema => {
  if (KindGuard.IsAny(schema) || KindGuard.IsUnknown(schema)) return schema
  return matches(schema, undefined) === false ? schema : Type.Optional(schema)
}

const optional = (sample: Sample): Sample => of(Type.Optional(sample.schema), sample.value)

const object = (
  parts: Readonly<Record<string, Sample>>,
  options: object,
): { schema: TObject; value: Sample['value'] } => ({
  schema: Type.Object(
    Object.fromEntries(Object.entries(parts).map(([key, part]) => [key, property(part.schema)])),
    options,
  ),
  value: fc.oneof(
    {
      weight: 3,
      arbitrary: fc.record(Object.fromEntries(Object.entries(parts).map(([key, part]) => [key, part.value])), {
        requiredKeys: [],
      }),
    },
    {
      weight: 2,
      arbitrary: fc.record(Object.fromEntries(Object.entries(parts).map(([key, part]) => [key, part.value]))),
    },
    { weight: 1, arbitrary: fc.dictionary(name, json) },
  ),
})

const closing = fc.constantFrom({}, { additionalProperties: false }, { additionalProperties: Type.Number() })

/** Schemas of every kind that JSON carries, nested in one another. `object` are only objects. */
export const samples = fc.letrec<{ any: Sample; object: Sample }>(tie => ({
  object: fc
    .tuple(fc.dictionary(name, fc.oneof(tie('any'), tie('any').map(optional)), { maxKeys: 3 }), closing)
    .map(([parts, options]) => object(parts, options)),
  any: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    leaf,
    tie('object'),
    tie('any').map(({ schema, value }) => of(Type.Array(schema, { maxItems: 2 }), fc.array(value, { maxLength: 3 }))),
    fc
      .array(tie('any'), { maxLength: 2 })
      .map(parts =>
        of(
          Type.Tuple(parts.map(({ schema }) => schema)),
          fc.oneof(fc.tuple(...parts.map(({ value }) => value)), fc.array(json, { maxLength: 3 })),
        ),
      ),
    fc
      .array(tie('any'), { minLength: 1, maxLength: 3 })
      .map(parts => of(Type.Union(parts.map(({ schema }) => schema)), fc.oneof(...parts.map(({ value }) => value)))),
    tie('any').map(({ schema, value }) => of(Type.Union([schema, Type.Null()]), fc.option(value))),
    tie('any').map(({ schema, value }) => of(Type.Not(schema), fc.oneof(value, json))),
    tie('any').map(({ schema, value }) => of(Type.Record(Type.String(), schema), fc.dictionary(name, value))),
    tie('any').map(({ schema, value }) =>
      of(Type.Record(Type.String({ pattern: '^x-' }), schema), fc.dictionary(name, value)),
    ),
    fc
      .tuple(tie('object'), tie('object'), fc.constantFrom({}, { unevaluatedProperties: false }))
      .map(([one, other, options]) => {
        const isOpen = [one, other].every(({ schema }) => schema['additionalProperties'] === undefined)
        // TypeBox lets the property "" through where none is declared.
        const isEmpty = [one, other].every(({ schema }) => Object.keys(Object(schema['properties'])).length === 0)
        return of(
          Type.Intersect([one.schema, other.schema], isOpen && !isEmpty ? options : {}),
          fc.tuple(one.value, other.value).map(([first, second]) => Object.assign({}, first, second)),
        )
      }),
    tie('any').map(({ schema, value }) =>
      of(
        Type.Union([
          Type.Object({ kind: Type.Literal('one'), of: property(schema) }),
          Type.Object({ kind: Type.Literal('two'), of: Type.Optional(schema) }),
        ]),
        fc.record({ kind: fc.constantFrom('one', 'two', 'three'), of: value }, { requiredKeys: ['kind'] }),
      ),
    ),
    tie('any').map(({ schema, value }) => {
      const tree = Type.Recursive(This => Type.Object({ of: property(schema), next: Type.Optional(This) }))
      return of(
        tree,
        fc.letrec(inner => ({ tree: fc.record({ of: value, next: inner('tree') }, { requiredKeys: ['of'] }) })).tree,
      )
    }),
    tie('any').map(({ schema, value }) => {
      const module = Type.Module({ A: Type.Object({ b: Type.Ref('B') }), B: Type.Object({ c: property(schema) }) })
      return of(module.Import('A'), fc.record({ b: fc.record({ c: value }) }))
    }),
  ),
}))

/** Objects whose properties may have defaults, which a server fills in before it checks. */
export const filled = fc.letrec<{ object: Sample; part: Sample }>(tie => ({
  part: fc.oneof(
    { maxDepth: 2 },
    fc.constantFrom(
      of(Type.String({ default: 'a' }), word),
      of(Type.Integer({ default: 1 }), fc.constantFrom(1, 2, 1.5)),
      of(Type.Optional(Type.Boolean({ default: true })), fc.boolean()),
      of(Type.Null(), fc.constant(null)),
      of(Type.Union([Type.Literal('a'), Type.Literal('b')], { default: 'b' }), word),
    ),
    tie('object'),
    tie('object').map(({ schema, value }) => of(Type.Array(schema), fc.array(value, { maxLength: 2 }))),
  ),
  object: fc.dictionary(name, tie('part'), { maxKeys: 3 }).map(parts => object(parts, {})),
}))
