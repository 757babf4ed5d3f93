import { Kind, KindGuard, TransformKind, type TSchema } from '@sinclair/typebox'
import { TransformEncode } from '@sinclair/typebox/value'
import { refersBack, some } from '../schema/traverse.js'
import { conversionOf } from './conversion.js'
import { isReplaced } from './linear-time.js'
import { chain, copyOf, isBytes, isObject, put, type Rewrite } from './rewrite.js'
import type { Checker } from './validator.js'

/** Compiles the decoding of checked values; `undefined` if the schema has no transform. */
export const decodeOf = (schema: TSchema, checker: Checker): Rewrite | undefined => {
  if (!some(schema, KindGuard.IsTransform)) return undefined
  return refersBack(schema) || choosesSlowly(schema)
    ? conversionOf(schema, 'Decode', checker)
    : prepared(schema, checker)
}

/** Returns whether TypeBox would choose the member of a union by a check of its own that is replaced here. */
const choosesSlowly = (schema: TSchema): boolean =>
  some(schema, inside => KindGuard.IsUnion(inside) && some(inside, isReplaced))

/** Compiles decoding into steps that are made once, whereas TypeBox walks the schema for every value. */
const prepared = (schema: TSchema, checker: Checker): Rewrite | undefined => {
  const step = stepOf(schema, checker)
  let whole: Rewrite | undefined
  return (
    step &&
    (value => {
      try {
        return step(value)
      } catch {
        // The errors of the conversion have the path.
        return (whole ??= conversionOf(schema, 'Decode', checker))(value)
      }
    })
  )
}

/**
 * Returns the step of objects, arrays and simple kinds; a conversion for other kinds and for `undefined` properties,
 * which TypeBox treats differently.
 */
const stepOf = (schema: TSchema, checker: Checker): Rewrite | undefined => {
  if (!some(schema, KindGuard.IsTransform)) return undefined
  const own = KindGuard.IsTransform(schema) ? schema[TransformKind].Decode : undefined
  if (KindGuard.IsArray(schema)) return chain(listStep(schema.items, checker), own)
  if (KindGuard.IsObject(schema) && !KindGuard.IsSchema(schema.additionalProperties)) {
    const properties = Object.entries(schema.properties)
    if (!properties.some(([, property]) => KindGuard.IsUndefined(property)))
      return chain(objectStep(properties, checker), own)
  }
  return SIMPLE.has(schema[Kind]) ? own : conversionOf(schema, 'Decode', checker)
}

const SIMPLE: ReadonlySet<string> = new Set(['Boolean', 'Date', 'Integer', 'Literal', 'Number', 'String', 'Uint8Array'])

const listStep = (items: TSchema, checker: Checker): Rewrite | undefined => {
  const step = stepOf(items, checker)
  return step && (value => (Array.isArray(value) ? value.map(item => step(item)) : value))
}

const objectStep = (properties: readonly (readonly [string, TSchema])[], checker: Checker): Rewrite | undefined => {
  const steps = properties.flatMap(([key, property]) => {
    const step = stepOf(property, checker)
    return step === undefined ? [] : { key, step }
  })
  if (steps.length === 0) return undefined
  return value => {
    if (!isObject(value) || isBytes(value)) return value
    const copy = copyOf(value)
    for (const { key, step } of steps) {
      const before = Object.hasOwn(copy, key) ? copy[key] : undefined
      if (before !== undefined) put(copy, key, step(before))
    }
    return copy
  }
}

/**
 * Compiles the encoding of values, whose results are checked afterwards; `undefined` if the schema has no transform.
 */
export const encodeOf = (schema: TSchema, checker: Checker): Rewrite | undefined => {
  if (!some(schema, KindGuard.IsTransform)) return undefined
  if (refersBack(schema) || choosesSlowly(schema)) return conversionOf(schema, 'Encode', checker)
  return value => TransformEncode(schema, [], value)
}
