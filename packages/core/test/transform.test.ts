import { KindGuard, Type, type TSchema } from '@sinclair/typebox'
import { HasTransform, TransformDecode, TransformDecodeError } from '@sinclair/typebox/value'
import * as fc from 'fast-check'
import * as assert from 'uvu/assert'
import { describe } from '../../../test/harness.js'
import { decodeOf, encodeOf } from '../src/codec/transform.js'
import { interpreter } from '../src/codec/interpreter.js'
import { compiler } from '../src/server/validation/compiler.js'
import { checkSchema } from '../src/schema/check-schema.js'
import { some } from '../src/schema/traverse.js'
import { matches } from './fuzz/schemas.js'

const marked = (text: string): string => {
  if (text === '!!') throw new Error('no such text')
  return `${text}!`
}
const bare = (text: unknown): string => {
  if (typeof text !== 'string') throw new TypeError('no text')
  return text.replace(/!$/, '')
}
const Marked = Type.Transform(Type.String({ maxLength: 2 }))
  .Decode(marked)
  .Encode(bare)
const Doubled = Type.Transform(Type.Integer())
  .Decode(n => n * 2)
  .Encode(n => n / 2)
const boxed = (schema: TSchema): TSchema =>
  Type.Transform(schema)
    .Decode((boxed: unknown) => ({ boxed }))
    .Encode(({ boxed }): never => boxed as never)

const leaf = fc.constantFrom<TSchema>(Marked, Doubled, Type.String(), Type.Integer(), Type.Null(), Type.Literal('a'))
const optional = (part: TSchema, isOptional: boolean): TSchema => (isOptional ? Type.Optional(part) : part)

/** Schemas of objects with some of the `keys`. */
const objectOf = (keys: string, part: fc.Arbitrary<TSchema>): fc.Arbitrary<TSchema> =>
  fc
    .tuple(
      fc.dictionary(fc.constantFrom(...keys), fc.tuple(part, fc.boolean()), { maxKeys: 3 }),
      fc.constantFrom({}, { additionalProperties: false }, { additionalProperties: Doubled }),
    )
    .map(([parts, options]) =>
      Type.Object(
        Object.fromEntries(Object.entries(parts).map(([key, [inside, is]]) => [key, optional(inside, is)])),
        options,
      ),
    )

/** Schemas with `refs` in reach. */
const partsOf = (refs: readonly TSchema[]): fc.Arbitrary<TSchema> =>
  fc.letrec<{ any: TSchema; object: TSchema }>(tie => ({
    object: objectOf('abc', tie('any')),
    any: fc.oneof(
      { maxDepth: 3 },
      refs.length === 0 ? leaf : fc.oneof(leaf, fc.constantFrom(...refs)),
      tie('object'),
      tie('object').map(boxed),
      tie('any').map(items => Type.Array(items)),
      tie('any').map(items => boxed(Type.Array(items))),
      fc.array(tie('any'), { minLength: 1, maxLength: 2 }).map(items => Type.Tuple(items)),
      fc.array(tie('any'), { minLength: 2, maxLength: 3 }).map(members => Type.Union(members)),
      fc.array(tie('any'), { minLength: 2, maxLength: 3 }).map(members => boxed(Type.Union(members))),
      fc
        // With no property in both, which TypeBox would convert twice.
        .tuple(
          objectOf('ab', tie('any')),
          objectOf('cd', tie('any')),
          fc.constantFrom({}, { unevaluatedProperties: Marked }),
        )
        .map(([one, other, options]) => Type.Intersect([one, other], options)),
      tie('any').map(part => Type.Record(Type.String({ pattern: '^[ab]$' }), part)),
      tie('any').map(part => Type.Not(part)),
    ),
  })).any

const modules = fc
  .tuple(partsOf([Type.Ref('A'), Type.Ref('B')]), partsOf([Type.Ref('A'), Type.Ref('B')]))
  .map(([A, B]) =>
    Type.Module({ A: Type.Union([Type.Null(), Type.Object({ a: A })]), B: Type.Object({ b: Type.Optional(B) }) }),
  )

const trees = partsOf([]).chain(part =>
  fc.constantFrom(
    Type.Recursive(This =>
      Type.Union([Type.Object({ a: This, b: part }), Type.Object({ a: This, b: Type.Optional(part) }), Marked]),
    ),
    Type.Recursive(This => Type.Object({ a: Type.Optional(Type.Array(Type.Union([This, Type.Tuple([This]), part]))) })),
    Type.Recursive(This =>
      Type.Intersect([
        Type.Object({ a: Type.Optional(This) }),
        Type.Object({ b: Type.Optional(Type.Union([This, part])) }),
      ]),
    ),
    Type.Recursive(This => Type.Union([Type.Record(Type.String({ pattern: '^[ab]$' }), This), Type.Array(This), part])),
  ),
)

const schemas = fc.oneof(
  partsOf([]),
  trees,
  trees.map(boxed),
  modules.map(module => module.Import('A')),
  modules.map(module => boxed(module.Import('A'))),
)

const values = fc.letrec<{ any: unknown }>(tie => ({
  any: fc.oneof(
    { maxDepth: 3 },
    fc.constantFrom('a', 'a!', '!!', 1, 2, 3, null, true),
    fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd'), tie('any'), { maxKeys: 3, noNullPrototype: true }),
    fc.array(tie('any'), { maxLength: 2 }),
    tie('any').map(of => ({ boxed: of })),
  ),
})).any

/** Returns the outcome of a conversion; `undefined` if TypeBox itself fails. */
const outcomeOf = (convert: () => unknown): { made: unknown } | { message: string; path: string } | undefined => {
  try {
    return { made: convert() }
  } catch (error) {
    return error instanceof TransformDecodeError ? { message: error.message, path: error.path } : undefined
  }
}

/**
 * Returns whether TypeBox decodes all of a schema: not the parts of additional properties, nor what a reference in an
 * intersection names, nor the members of a union there one by one. It also decodes what a value must not be.
 */
const isTypeBoxsToo = (schema: TSchema): boolean =>
  !some(schema, inside => {
    const others: unknown = inside['additionalProperties']
    return (
      KindGuard.IsNot(inside) ||
      KindGuard.IsIntersect(inside) ||
      (KindGuard.IsSchema(others) && (!KindGuard.IsTransform(others) || some(others, KindGuard.IsNot)))
    )
  })

/** Returns whether a contract may have a schema. */
const isAccepted = (schema: TSchema): boolean => {
  try {
    checkSchema(schema, '', new Map())
    return true
  } catch {
    return false
  }
}

const isBoxed = (value: unknown): boolean => /"boxed"/.test(JSON.stringify(value))

describe('a value by Type.Transform', it => {
  for (const [name, checker, numRuns] of [
    ['a server', compiler, 600],
    ['a client', interpreter, 1_200],
  ] as const) {
    it(`is decoded as by TypeBox, and encoded back, of ${name}`, { timeoutMs: 300_000 }, ({ print }) => {
      const counts = { compared: 0, back: 0, failed: 0 }
      fc.assert(
        fc.property(schemas, fc.array(values, { minLength: 40, maxLength: 40 }), (schema, all) => {
          if (!HasTransform(schema, []) || !isAccepted(schema)) return
          const same = (value: unknown): unknown => value
          const [decode, encode] = [decodeOf(schema, checker) ?? same, encodeOf(schema, checker) ?? same]
          for (const value of all) {
            if (matches(schema, value) !== true) continue
            const given = JSON.stringify(value)
            const told = `${JSON.stringify(schema)} ${given}`
            const ours = outcomeOf(() => decode(value))
            assert.is(JSON.stringify(value), given)
            if (isTypeBoxsToo(schema)) {
              assert.equal(
                ours,
                outcomeOf(() => TransformDecode(schema, [], value)),
                `decodes ${told}`,
              )
              counts.compared++
            }
            if (ours === undefined || !('made' in ours)) counts.failed++
            // What is boxed also is an object of its own, which another member of a union may accept.
            else if (!isBoxed(ours.made) || !some(schema, KindGuard.IsUnion)) {
              const sent = encode(ours.made)
              assert.is(matches(schema, sent), true, `encodes ${told} as ${JSON.stringify(sent)}`)
              assert.equal(decode(sent), ours.made, `decodes what it has encoded of ${told}`)
              counts.back++
            }
          }
        }),
        { numRuns, includeErrorInReport: true },
      )
      print(JSON.stringify(counts))
      assert.ok(counts.compared > numRuns && counts.back > numRuns / 2 && counts.failed > 20)
    })
  }

  for (const [side, checker] of [
    ['a server', compiler],
    ['a client', interpreter],
  ] as const) {
    it(`chooses the member of a union by its items themselves, of ${side}`, () => {
      const sets = Type.Transform(Type.Array(Type.Unknown(), { uniqueItems: true }))
        .Decode(items => ({ set: items }))
        .Encode(({ set }) => set)
      const lists = Type.Transform(Type.Array(Type.Unknown()))
        .Decode(items => ({ list: items }))
        .Encode(({ list }) => list)
      const schema = Type.Object({ of: Type.Union([sets, lists]) })
      const distinct = [[[1], 2], [[1, 2]]]
      assert.equal(decodeOf(schema, checker)?.({ of: distinct }), { of: { set: distinct } })
      assert.equal(decodeOf(schema, checker)?.({ of: [1, 1] }), { of: { list: [1, 1] } })
      assert.equal(encodeOf(schema, checker)?.({ of: { set: distinct } }), { of: distinct })
    })

    it(`takes an intersection that names a recursive part twice, of ${side}`, () => {
      const schema = Type.Recursive(This =>
        Type.Intersect([Type.Object({ a: Type.Optional(This) }), Type.Object({ a: Type.Optional(This), b: Doubled })]),
      )
      assert.equal(decodeOf(schema, checker)?.({ b: 1 }), { b: 2 })
      assert.equal(encodeOf(schema, checker)?.({ b: 2 }), { b: 1 })
    })

    it(`encodes an object once, however many ways lead to it, of ${side}`, () => {
      let calls = 0
      const Counted = Type.Transform(Type.String())
        .Decode(text => ({ text }))
        .Encode(({ text }) => (calls++, text))
      const both = Type.Module({
        Tree: Type.Union([
          Type.Object({ a: Type.Ref('Tree'), b: Type.Null() }),
          Type.Object({ a: Type.Ref('Tree') }),
          Type.Object({ leaf: Counted }),
        ]),
      }).Import('Tree')
      for (const [schema, wrap] of [
        [both, (value: unknown) => value],
        [boxed(both), (value: unknown) => ({ boxed: value })],
      ] as const) {
        let value: unknown = { leaf: { text: 'x' } }
        let sent: unknown = { leaf: 'x' }
        for (let depth = 0; depth < 60; depth++) [value, sent] = [{ a: value }, { a: sent }]
        calls = 0
        assert.equal(encodeOf(schema, checker)?.(wrap(value)), sent)
        assert.is(calls, 1)
      }
    })

    it(`encodes a part in time that does not grow with its depth, of ${side}`, () => {
      const schema = Type.Recursive(This => Type.Record(Type.String(), Type.Union([Marked, This])))
      const encode = encodeOf(schema, checker)
      const parts = Object.fromEntries(Array.from({ length: 20_000 }, (_, index) => [`n${index}`, 'a']))
      const msOf = (depth: number): number => {
        let value: unknown = parts
        for (let level = 0; level < depth; level++) value = { value }
        const since = performance.now()
        assert.equal(encode?.(value), value)
        return performance.now() - since
      }
      msOf(1)
      const flat = msOf(1)
      assert.ok(msOf(100) < 10 * flat + 50, `${flat} ms`)
    })
  }
})
