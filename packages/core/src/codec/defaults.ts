import { KindGuard, type TSchema } from '@sinclair/typebox'
import { Clone } from '@sinclair/typebox/value'
import { some } from '../schema/traverse.js'
import { refers } from '../schema/check-schema.js'
import { copyOf, isBytes, isObject, put, rewriteOf, type Rewrite, type Rules, type Step } from './rewrite.js'
import type { Checker } from './validator.js'

/**
 * Compiles what is done to values that come in, before they are checked: defaults are filled in, and what travels in another
 * form becomes what the schema says: the `ArrayBuffer` of a browser and of the msgpack parser a `Uint8Array`, the text that
 * JSON makes of it a `Date`; `undefined` where there is nothing to do. It is not TypeBox's `Value.Default`, which visits each property twice, and so a value of a recursive schema
 * 2 to its depth times, and which assigns what a peer has called `__proto__`.
 */
export const fillOf = (schema: TSchema, checker: Checker): Rewrite | undefined =>
  some(schema, isFilled) ? rewriteOf(schema, RULES, checker) : undefined

const isFilled = (schema: TSchema): boolean => schema.default !== undefined || ownForm(schema) !== undefined

const RULES: Rules = {
  skips: schema => !some(schema, inside => isFilled(inside) || refers(inside)),
  object: (schema, inner) => {
    const named = Object.entries(schema['properties'] ?? {}).flatMap(([key, property]) => {
      const step = KindGuard.IsSchema(property) ? inner(property) : undefined
      return step === undefined ? [] : { key, step }
    })
    const others = othersOf(schema, inner)
    return (value, done) => {
      if (!isObject(value) || isBytes(value)) return value
      let made = value
      for (const { key, step } of named) made = withProperty(value, made, key, step(own(value, key), done))
      if (others === undefined) return made
      for (const key of Object.keys(value)) {
        const step = others(key)
        if (step !== undefined) made = withProperty(value, made, key, step(own(value, key), done))
      }
      return made
    }
  },
  // The first that takes what it has filled in.
  union: (fitting, value) => {
    for (const made of fitting) return made
    return value
  },
  intersect: (steps, value, done) => steps.reduce((made, step) => step(made, done), value),
  whole: (schema, inside) => {
    const fallback: unknown = schema.default
    const into = ownForm(schema) ?? inside
    if (fallback === undefined) return into
    const make = makerOf(fallback)
    if (into === undefined) return value => (value === undefined ? make() : value)
    return (value, done) => into(value === undefined ? make() : value, done)
  },
}

type Properties = Record<string, unknown>

const own = (value: Properties, key: string): unknown => (Object.hasOwn(value, key) ? value[key] : undefined)

/** Returns what is made of an object so far, with what one of its properties becomes. */
const withProperty = (value: Properties, made: Properties, key: string, filled: unknown): Properties => {
  if (filled === own(value, key)) return made
  const copy = made === value ? copyOf(value) : made
  put(copy, key, filled)
  return copy
}

/** The steps of properties that are not named, by their key; `undefined` where there are none. */
const othersOf = (
  schema: TSchema,
  inner: (part: TSchema) => Step | undefined,
): ((key: string) => Step | undefined) | undefined => {
  const named = Object.keys(schema['properties'] ?? {})
  const patterns = Object.entries(schema['patternProperties'] ?? {}).map(
    ([pattern, part]) => [new RegExp(pattern), KindGuard.IsSchema(part) ? inner(part) : undefined] as const,
  )
  const additional: unknown = schema['additionalProperties']
  const rest = KindGuard.IsSchema(additional) ? inner(additional) : undefined
  if (rest === undefined && patterns.every(([, step]) => step === undefined)) return undefined
  return key => {
    if (named.includes(key)) return undefined
    const pattern = patterns.find(([matches]) => matches.test(key))
    return pattern === undefined ? rest : pattern[1]
  }
}

/** Turns what travels instead of such a value into it. */
const ownForm = (schema: TSchema): Step | undefined =>
  KindGuard.IsUint8Array(schema) ? bytes : KindGuard.IsDate(schema) ? date : undefined

const bytes: Step = value => (value instanceof ArrayBuffer ? new Uint8Array(value) : value)

/** RFC 3339, section 5.6, `date-time`, of which the `toJSON` of dates makes a part. */
const DATE_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)$/i

const date: Step = value => (typeof value === 'string' && DATE_TIME.test(value) ? new Date(value) : value)

// TypeBox lets a default be a function, such as one that gives the time.
const makerOf = (fallback: unknown): (() => unknown) => {
  if (typeof fallback === 'function') return () => fallback()
  return typeof fallback === 'object' ? () => Clone(fallback) : () => fallback
}
