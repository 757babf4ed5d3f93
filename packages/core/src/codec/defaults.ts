import { KindGuard, type TSchema } from '@sinclair/typebox'
import { Clone } from '@sinclair/typebox/value'
import { some } from '../schema/traverse.js'
import { refers } from '../schema/check-schema.js'
import { copyOf, isBytes, isObject, put, rewriteOf, type Rewrite, type Rules, type Step } from './rewrite.js'
import type { Checker } from './validator.js'

/**
 * Compiles the preparation of received values for their check; `undefined` if there is nothing to do. It fills in
 * defaults, and converts values from the form in which they are sent: an `ArrayBuffer`, from a browser or the msgpack
 * parser, to a `Uint8Array`, and the string that JSON makes of a `Date` to a `Date`. It does not use `Value.Default` of
 * TypeBox, which visits each property twice, and thus a value of a recursive schema in exponential time, and which
 * assigns a property that a client has called `__proto__`.
 */
export const defaultsOf = (schema: TSchema, checker: Checker): Rewrite | undefined =>
  some(schema, isFilled) ? rewriteOf(schema, RULES, checker) : undefined

const isFilled = (schema: TSchema): boolean => schema.default !== undefined || ownForm(schema) !== undefined

/**
 * Compiles the preparation of values to be sent for their check; `undefined` if there is nothing to do. It converts binary data and
 * dates of another realm, which TypeBox's check refuses, to those of this one.
 */
export const ownRealmOf = (schema: TSchema, checker: Checker): Rewrite | undefined =>
  some(schema, each => ownClass(each) !== undefined) ? rewriteOf(schema, OWN_REALM, checker) : undefined

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
  // The first member that accepts the value it has filled in.
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

const OWN_REALM: Rules = {
  ...RULES,
  skips: schema => !some(schema, inside => ownClass(inside) !== undefined || refers(inside)),
  whole: (schema, inside) => ownClass(schema) ?? inside,
}

type Properties = Record<string, unknown>

const own = (value: Properties, key: string): unknown => (Object.hasOwn(value, key) ? value[key] : undefined)

/** Returns the object made so far with one more property filled in, as a copy if it is still the original. */
const withProperty = (value: Properties, made: Properties, key: string, filled: unknown): Properties => {
  if (filled === own(value, key)) return made
  const copy = made === value ? copyOf(value) : made
  put(copy, key, filled)
  return copy
}

/**
 * Returns a function from the key of a property without a name of its own in the schema to its step; `undefined` if
 * there are no such steps.
 */
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

/** Returns the conversion to binary data or a date from the form in which it is sent. */
const ownForm = (schema: TSchema): Step | undefined =>
  KindGuard.IsUint8Array(schema) ? bytes : KindGuard.IsDate(schema) ? date : undefined

/** Returns the conversion to binary data or a date of this realm. */
const ownClass = (schema: TSchema): Step | undefined =>
  KindGuard.IsUint8Array(schema) ? ownBytes : KindGuard.IsDate(schema) ? ownDate : undefined

const bytes: Step = (value, done) =>
  isOf('ArrayBuffer', value) ? new Uint8Array(value as ArrayBuffer) : ownBytes(value, done)

/** Matches `date-time` of RFC 3339, section 5.6, a superset of what `toJSON` of a date returns. */
const DATE_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)$/i

const date: Step = (value, done) =>
  typeof value === 'string' && DATE_TIME.test(value) ? new Date(value) : ownDate(value, done)

/** Returns whether an object is of a built-in class of JavaScript, in any realm: a sandbox of tests or another window has its own classes. */
const isOf = (name: string, value: unknown): boolean =>
  typeof value === 'object' && Object.prototype.toString.call(value) === `[object ${name}]`

const ownBytes: Step = value => {
  if (value instanceof Uint8Array || !ArrayBuffer.isView(value) || !isOf('Uint8Array', value)) return value
  return new Uint8Array(value.buffer, value.byteOffset, value.byteLength)
}

const ownDate: Step = value => (!(value instanceof Date) && isOf('Date', value) ? new Date(Number(value)) : value)

// TypeBox allows a function as a default, such as one that returns the current time.
const makerOf = (fallback: unknown): (() => unknown) => {
  if (typeof fallback === 'function') return () => fallback()
  return typeof fallback === 'object' ? () => Clone(fallback) : () => fallback
}
