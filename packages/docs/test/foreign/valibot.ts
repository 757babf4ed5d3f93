import * as v from 'valibot'
import { differing, REASONS, type Table } from './table.js'

interface Category {
  readonly a: string
  readonly b?: readonly Category[] | undefined
}

const Category: v.GenericSchema<Category> = v.object({ a: v.string(), b: v.optional(v.array(v.lazy(() => Category))) })

/** Schemas of Valibot. */
export const valibotSchemas = (): Table<v.GenericSchema<unknown, unknown>> => ({
  string: v.string(),
  number: v.number(),
  boolean: v.boolean(),
  null: v.null(),
  unknown: v.unknown(),
  any: v.any(),
  integer: v.pipe(v.number(), v.integer()),
  minValue: v.pipe(v.number(), v.minValue(1)),
  maxValue: v.pipe(v.number(), v.maxValue(5)),
  gt: v.pipe(v.number(), v.gtValue(1)),
  lt: v.pipe(v.number(), v.ltValue(5)),
  multiple: v.pipe(v.number(), v.multipleOf(5)),
  value: v.pipe(v.number(), v.value(5)),
  minLength: v.pipe(v.string(), v.minLength(3)),
  maxLength: v.pipe(v.string(), v.maxLength(3)),
  length: v.pipe(v.string(), v.length(1)),
  nonEmpty: v.pipe(v.string(), v.nonEmpty()),
  regex: v.pipe(v.string(), v.regex(/^[ab]+$/)),
  email: v.pipe(v.string(), v.email()),
  url: differing(REASONS.format, v.pipe(v.string(), v.url())),
  uuid: v.pipe(v.string(), v.uuid()),
  isoDate: v.pipe(v.string(), v.isoDate()),
  isoTimestamp: v.pipe(v.string(), v.isoTimestamp()),
  ipv4: v.pipe(v.string(), v.ipv4()),
  literal: v.literal('a'),
  number5: v.literal(5),
  picklist: v.picklist(['a', 'b', 'abc']),
  enum: v.enum({ A: 'a', B: 'b' }),
  array: v.array(v.string()),
  minItems: v.pipe(v.array(v.number()), v.minLength(1)),
  maxItems: v.pipe(v.array(v.number()), v.maxLength(2)),
  tuple: v.tuple([v.string(), v.number()]),
  strictTuple: v.strictTuple([v.string(), v.number()]),
  tupleRest: v.tupleWithRest([v.string()], v.boolean()),
  object: v.object({ a: v.string(), b: v.number() }),
  optional: differing(REASONS.lists, v.object({ a: v.optional(v.string()), b: v.nullish(v.number()) })),
  default: v.object({ a: v.optional(v.string(), 'x'), b: v.number() }),
  exact: differing(REASONS.lists, v.object({ a: v.exactOptional(v.string()) })),
  strict: v.strictObject({ a: v.string() }),
  loose: v.looseObject({ a: v.string() }),
  rest: v.objectWithRest({ a: v.string() }, v.number()),
  nested: v.object({ a: v.object({ b: v.array(v.object({ a: v.null() })) }) }),
  partial: differing(REASONS.lists, v.partial(v.object({ a: v.string(), b: v.number() }))),
  picked: v.pick(v.object({ a: v.string(), b: v.number() }), ['a']),
  record: differing(REASONS.lists, v.record(v.string(), v.number())),
  nullable: v.nullable(v.string()),
  union: v.union([v.string(), v.number()]),
  objects: v.union([v.object({ a: v.string() }), v.object({ b: v.number() })]),
  variant: v.variant('a', [
    v.object({ a: v.literal('a'), b: v.number() }),
    v.object({ a: v.literal('b'), b: v.string() }),
  ]),
  intersect: v.intersect([v.object({ a: v.string() }), v.object({ b: v.number() })]),
  recursive: Category,
  readonly: v.pipe(v.array(v.string()), v.readonly()),
  branded: v.pipe(v.string(), v.brand('B')),
  titled: v.pipe(v.string(), v.title('T'), v.description('D')),
  trimmed: v.pipe(v.string(), v.trim()),
  transformed: v.pipe(
    v.string(),
    v.transform(text => text.length),
  ),
  entries: differing(REASONS.lists, v.pipe(v.record(v.string(), v.number()), v.maxEntries(1))),
  decimals: v.pipe(v.string(), v.decimal()),
  digits: v.pipe(v.string(), v.digits()),
  checked: differing(
    REASONS.refined,
    v.pipe(
      v.string(),
      v.check(text => text.startsWith('a')),
    ),
  ),
  piped: differing(REASONS.changed, v.pipe(v.string(), v.trim(), v.minLength(1))),
  fallback: differing(REASONS.caught, v.object({ a: v.fallback(v.string(), 'x') })),
})
