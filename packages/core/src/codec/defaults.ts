import { KindGuard, type TSchema } from '@sinclair/typebox'
import { Clone } from '@sinclair/typebox/value'
import { some } from '../schema/traverse.js'
import { refers } from '../schema/children.js'
import { dateIn } from './date-time.js'
import { propertiesOf } from './properties.js'
import { fitting, rewriteOf, type Rewrite, type Rules, type Step } from './rewrite.js'
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

const RULES: Rules = {
  skips: schema => !some(schema, inside => isFilled(inside) || refers(inside)),
  makesMissing: true,
  object: (schema, inner) => propertiesOf(schema, inner, () => true),
  // The first member that accepts the value it has filled in.
  union: members => (value, done) => {
    for (const made of fitting(members, value, done)) return made
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

/** Returns the conversion to binary data or a date from the form in which it is sent. */
const ownForm = (schema: TSchema): Step | undefined =>
  KindGuard.IsUint8Array(schema) ? bytes : KindGuard.IsDate(schema) ? date : undefined

const bytes: Step = value => (value instanceof ArrayBuffer ? new Uint8Array(value) : value)

const date: Step = value => (typeof value === 'string' ? (dateIn(value) ?? value) : value)

// TypeBox allows a function as a default, such as one that returns the current time.
const makerOf = (fallback: unknown): (() => unknown) => {
  if (typeof fallback === 'function') return () => fallback()
  return typeof fallback === 'object' ? () => Clone(fallback) : () => fallback
}
