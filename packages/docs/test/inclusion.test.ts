import { Ajv, type ValidateFunction } from 'ajv'
import * as fc from 'fast-check'
import * as assert from 'uvu/assert'
import { describe } from '../../../test/harness.js'
import { includes } from '../src/diff/schema/includes.js'

type Json = Readonly<Record<string, unknown>>

const NAMES = ['a', 'b', 'x-c']
const VALUES = ['', 'a', 'ab', 'abc', 'x1', -2, 0, 0.5, 1, 2, 3, 4, 6, 10, true, false, null]

const some = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined })
const defined = (value: object): Json =>
  Object.fromEntries(Object.entries(value).filter(([, part]) => part !== undefined))
const small = fc.integer({ min: 0, max: 4 })

/** Generates schemas of every keyword that is compared, over few names and values, so that pairs are often related. */
const { schema: schemas } = fc.letrec<{ schema: Json; scalar: Json }>(tie => ({
  scalar: fc.oneof(
    fc
      .record({
        type: fc.constant('string'),
        minLength: some(small),
        maxLength: some(small),
        pattern: some(fc.constantFrom('^a', '1$')),
      })
      .map(defined),
    fc
      .record({
        type: fc.constantFrom('integer', 'number'),
        minimum: some(small),
        maximum: some(small),
        exclusiveMinimum: some(small),
        exclusiveMaximum: some(small),
        multipleOf: some(fc.constantFrom(1, 2, 0.5, 3)),
      })
      .map(defined),
    fc.constantFrom(
      { type: 'boolean' },
      { type: 'null' },
      {},
      { type: ['string', 'null'] },
      { type: ['integer', 'string', 'boolean'], minLength: 1 },
    ),
    fc.constantFrom(...VALUES).map(value => ({ const: value })),
    fc.uniqueArray(fc.constantFrom(...VALUES), { minLength: 1, maxLength: 4 }).map(values => ({ enum: values })),
  ),
  schema: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    tie('scalar'),
    fc
      .record({
        type: some(fc.constant('object')),
        properties: some(
          fc.dictionary(fc.constantFrom(...NAMES), tie('schema'), { maxKeys: 3, noNullPrototype: true }),
        ),
        required: some(fc.subarray(NAMES)),
        additionalProperties: some(fc.oneof(fc.constant(false), tie('schema'))),
        patternProperties: some(tie('schema').map(value => ({ '^x-': value }))),
        minProperties: some(fc.integer({ min: 0, max: 2 })),
        maxProperties: some(fc.integer({ min: 1, max: 3 })),
        propertyNames: some(fc.constant({ maxLength: 2 })),
        dependencies: some(fc.constant({ a: ['b'] })),
      })
      .map(defined),
    fc
      .record({
        type: fc.constant('array'),
        items: some(fc.oneof(tie('schema'), fc.array(tie('schema'), { minLength: 1, maxLength: 2 }))),
        additionalItems: some(fc.oneof(fc.constant(false), tie('schema'))),
        minItems: some(fc.integer({ min: 0, max: 2 })),
        maxItems: some(fc.integer({ min: 1, max: 3 })),
        uniqueItems: some(fc.constant(true)),
      })
      .map(defined),
    // Not with a list of items, for which Ajv accepts an empty array.
    fc.record({ type: fc.constant('array'), items: tie('schema'), contains: fc.constant({ type: 'integer' }) }),
    fc.record({ anyOf: fc.array(tie('schema'), { minLength: 1, maxLength: 3 }) }),
    fc.record({ oneOf: fc.array(tie('schema'), { minLength: 1, maxLength: 2 }) }),
    fc.record({ allOf: fc.array(tie('schema'), { minLength: 1, maxLength: 2 }) }),
    fc.record({ not: tie('schema') }),
    fc.record({ if: tie('scalar'), else: tie('scalar') }),
    fc.constant({ $ref: '#/components/schemas/A' }),
    fc.constant({ $ref: '#/components/schemas/B' }),
  ),
}))

const { value: values } = fc.letrec<{ value: unknown }>(tie => ({
  value: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom(...VALUES),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom(...NAMES, 'd'), tie('value'), { maxKeys: 4, noNullPrototype: true }),
  ),
}))

/** The components that the schemas refer to, one of which contains itself. */
const components = (a: Json, b: Json): Json => ({
  components: {
    schemas: {
      A: plain(a),
      B: { anyOf: [plain(b), { type: 'object', properties: { a: { $ref: '#/components/schemas/B' } } }] },
    },
  },
})

/** Removes references, since a schema that is itself at the same place has no meaning. */
const plain = (schema: Json): Json => JSON.parse(JSON.stringify(schema).replaceAll('"$ref":', '"title":')) as Json

/** Returns a schema with a typical change: a part added or removed, or another number. */
const changed = (schema: Json, other: Json, how: number): Json => {
  const keys = Object.keys(schema)
  const key = keys[how % Math.max(1, keys.length)] ?? ''
  const { [key]: value, ...rest } = schema
  if (how % 5 === 0) return rest
  if (how % 5 === 1) return { anyOf: [schema, other] }
  if (how % 5 === 2) return { allOf: [schema, other] }
  if (typeof value === 'number') return { ...schema, [key]: value + 1 }
  if (key === 'properties') return { ...schema, properties: { ...Object(value), b: other } }
  if (key === 'enum') return { ...schema, enum: [...(value as unknown[]), 'more'] }
  return { ...schema, ...other }
}

const ajv = new Ajv({ strict: false, logger: false })
const compile = (schema: Json, document: Json): ValidateFunction => ajv.compile({ allOf: [schema], ...document })

/** Returns the schema with undeclared properties excluded, unless it says something about them. */
const closed = (schema: unknown): unknown => {
  if (Array.isArray(schema)) return schema.map(closed)
  if (typeof schema !== 'object' || schema === null) return schema
  const parts = Object.fromEntries(
    Object.entries(schema).map(([key, part]) => [
      key,
      key === 'not' || key === 'enum' || key === 'const' ? part : closed(part),
    ]),
  )
  const isOpen = ['additionalProperties', 'patternProperties'].some(key => key in parts)
  const { properties } = parts
  const names = typeof properties === 'object' && properties !== null ? Object.keys(properties) : []
  const required = Array.isArray(parts['required']) ? parts['required'].map(String) : []
  if (isOpen || names.length === 0) return parts
  return {
    ...parts,
    additionalProperties: false,
    properties: { ...Object.fromEntries(required.map(name => [name, {}])), ...Object(properties) },
  }
}

const pair = fc.tuple(schemas, schemas, schemas, schemas, fc.nat({ max: 1000 })).map(([one, other, a, b, how]) => ({
  inner: one,
  outer: how % 7 === 6 ? other : changed(one, other, how),
  before: components(a, b),
  after: components(how % 3 === 0 ? changed(a, other, how >> 2) : a, b),
}))

const seed = Number(process.env['SEED'] ?? Date.now() % 1_000_000)

describe('the proof that one schema accepts all of another', it => {
  it('is never made if a value shows the opposite', { timeoutMs: 300_000 }, () => {
    let proved = 0
    let shown = 0
    const property = fc.property(
      pair,
      fc.array(values, { minLength: 40, maxLength: 40 }),
      ({ inner, outer, before, after }, samples) => {
        const reasons = includes({ value: inner, document: before }, { value: outer, document: after }, '')
        if (reasons.length > 0) return
        proved++
        const isInner = compile(inner, before)
        const isOuter = compile(outer, after)
        for (const sample of samples) {
          if (!isInner(sample)) continue
          shown++
          assert.ok(isOuter(sample), `seed ${seed}: ${JSON.stringify({ sample, inner, outer, before, after })}`)
        }
      },
    )
    fc.assert(property, { numRuns: 1_200, seed })
    assert.ok(proved > 120 && shown > 400, `seed ${seed}: ${proved} proofs, ${shown} values`)
  })

  it('is not made either if peers send only declared properties', { timeoutMs: 300_000 }, () => {
    let shown = 0
    const flat = pair.filter(
      ({ inner }) => !/"(allOf|anyOf|oneOf|if|\$ref|not|dependencies)":/.test(JSON.stringify(inner)),
    )
    const property = fc.property(
      flat,
      fc.array(values, { minLength: 40, maxLength: 40 }),
      ({ inner, outer, before, after }, samples) => {
        const reasons = includes(
          { value: inner, document: before, onlyDeclared: true },
          { value: outer, document: after },
          '',
        )
        if (reasons.length > 0) return
        const isInner = compile(closed(inner) as Json, before)
        const isOuter = compile(outer, after)
        for (const sample of samples) {
          if (!isInner(sample)) continue
          shown++
          assert.ok(isOuter(sample), `seed ${seed}: ${JSON.stringify({ sample, inner, outer, before, after })}`)
        }
      },
    )
    fc.assert(property, { numRuns: 800, seed })
    assert.ok(shown > 200, `seed ${seed}: ${shown} values`)
  })

  it('is not made for pairs that are rarely generated', () => {
    const A = { $ref: '#/components/schemas/A' }
    const pairs: readonly (readonly [inner: Json, outer: Json, a?: Json])[] = [
      // A schema that is itself at the same place proves nothing.
      [{ type: 'string' }, A, { anyOf: [A, { type: 'integer' }] }],
      [{ type: 'object' }, { patternProperties: { '^x-': { type: 'string' } } }],
      [{ additionalProperties: { type: 'string' } }, { patternProperties: { '^x-': { type: 'integer' } } }],
      [{ patternProperties: { '^y-': {} } }, { patternProperties: { '-z$': { type: 'integer' } } }],
      [{ type: 'object' }, { properties: { a: { type: 'string' } } }],
      [{ type: 'integer' }, { oneOf: [{ type: 'integer' }, { minimum: 0 }] }],
      [{ type: 'string' }, { if: { minLength: 2 }, else: { pattern: 'a' } }],
      [{ type: 'array', items: [{ type: 'string' }] }, { items: { type: 'string' } }],
      [
        { type: 'array', items: { type: 'string' } },
        { items: [{}], additionalItems: false },
      ],
      [{ type: 'string', format: 'binary' }, { type: 'string' }],
      [{ type: 'string' }, { type: 'string', format: 'email' }],
      [{ type: 'string' }, { type: 'string', 'x-unknown': 1, unevaluatedThing: true }],
      [{ $ref: '#/nowhere' }, { type: 'string' }],
      [{ type: 'string' }, { $ref: '#/nowhere' }],
      [{ allOf: [{ type: 'string' }] }, { type: 'string', allOf: [{ minLength: 1 }] }],
      [
        { properties: { a: {} }, anyOf: [{ properties: { b: { type: 'integer' } } }] },
        { properties: { b: { type: 'string' } } },
      ],
    ]
    for (const [inner, outer, a = {}] of pairs) {
      const document = { components: { schemas: { A: a } } }
      for (const onlyDeclared of [false, true]) {
        const reasons = includes({ value: inner, document, onlyDeclared }, { value: outer, document }, '')
        assert.ok(reasons.length > 0, JSON.stringify({ inner, outer, onlyDeclared }))
      }
    }
  })

  it('is found for a schema itself, a part and a union', { timeoutMs: 300_000 }, () => {
    const property = fc.property(schemas, schemas, schemas, (one, other, a) => {
      const document = components(a, other)
      const check = (inner: Json, outer: Json) =>
        assert.equal(
          includes({ value: inner, document }, { value: outer, document: structuredClone(document) }, ''),
          [],
          `seed ${seed}: ${JSON.stringify({ inner, outer, document })}`,
        )
      check(one, one)
      check(one, { anyOf: [other, one] })
      check({ allOf: [other, one] }, one)
      check({ ...one, description: 'a' }, { ...one, description: 'b' })
    })
    fc.assert(property, { numRuns: 300, seed })
  })
})
