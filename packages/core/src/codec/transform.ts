import { Kind, KindGuard, TransformKind, type TSchema } from '@sinclair/typebox'
import { TransformDecode, TransformEncode } from '@sinclair/typebox/value'
import { refersBack, some } from '../parts.js'
import { decodableOf } from './linear.js'
import { recallOf } from './recall.js'
import { chain, copyOf, isObject, put, type Rewrite } from './rewrite.js'
import type { Checker } from './validator.js'

/** Turns a value that fits the schema into what the application works with; `undefined` where that is the same. */
export const decodeOf = (given: TSchema, checker: Checker): Rewrite | undefined => {
  if (!some(given, KindGuard.IsTransform)) return undefined
  const schema = decodableOf(given)
  if (!refersBack(schema)) return prepared(schema)
  const recall = recallOf(checker)
  const closed = recall.closed(schema)
  return value => {
    recall.forget()
    return TransformDecode(closed, [], value)
  }
}

/** Decodes by steps that are made once, as TypeBox would find its way through the schema with every value. */
const prepared = (schema: TSchema): Rewrite | undefined => {
  const step = stepOf(schema)
  return (
    step &&
    (value => {
      try {
        return step(value)
      } catch {
        // TypeBox says where it was.
        return TransformDecode(schema, [], value)
      }
    })
  )
}

/** Those of objects, lists and what has no parts; TypeBox's own for the others, and for `undefined`, which it treats apart. */
const stepOf = (schema: TSchema): Rewrite | undefined => {
  if (!some(schema, KindGuard.IsTransform)) return undefined
  const own = KindGuard.IsTransform(schema) ? schema[TransformKind].Decode : undefined
  if (KindGuard.IsArray(schema)) return chain(listStep(schema.items), own)
  if (KindGuard.IsObject(schema) && !KindGuard.IsSchema(schema.additionalProperties)) {
    const properties = Object.entries(schema.properties)
    if (!properties.some(([, property]) => KindGuard.IsUndefined(property))) return chain(objectStep(properties), own)
  }
  return SIMPLE.has(schema[Kind]) ? own : value => TransformDecode(schema, [], value)
}

const SIMPLE: ReadonlySet<string> = new Set(['Boolean', 'Date', 'Integer', 'Literal', 'Number', 'String', 'Uint8Array'])

const listStep = (items: TSchema): Rewrite | undefined => {
  const step = stepOf(items)
  return step && (value => (Array.isArray(value) ? value.map(item => step(item)) : value))
}

const objectStep = (properties: readonly (readonly [string, TSchema])[]): Rewrite | undefined => {
  const steps = properties.flatMap(([key, property]) => {
    const step = stepOf(property)
    return step === undefined ? [] : { key, step }
  })
  if (steps.length === 0) return undefined
  return value => {
    if (!isObject(value)) return value
    const copy = copyOf(value)
    for (const { key, step } of steps) {
      const before = Object.hasOwn(copy, key) ? copy[key] : undefined
      if (before !== undefined) put(copy, key, step(before))
    }
    return copy
  }
}

/** Turns what the application works with into what travels, which is yet to be checked; `undefined` where that is the same. */
export const encodeOf = (schema: TSchema): Rewrite | undefined =>
  some(schema, KindGuard.IsTransform) ? encoding(decodableOf(schema)) : undefined

const encoding =
  (schema: TSchema): Rewrite =>
  value =>
    TransformEncode(schema, [], value)
