import { KindGuard, type TSchema } from '@sinclair/typebox'
import { Clone } from '@sinclair/typebox/value'
import { some } from '../schema/traverse.js'
import { refers } from '../schema/children.js'
import { dateIn } from './date-time.js'
import { propertiesOf } from './properties.js'
import type { Step } from './once.js'
import { fitting, rewriteOf, type Rewrite, type Rules } from './rewrite.js'
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

const OWN_REALM: Rules = {
  ...RULES,
  skips: schema => !some(schema, inside => ownClass(inside) !== undefined || refers(inside)),
  whole: (schema, inside) => ownClass(schema) ?? inside,
}

/** Returns the conversion to binary data or a date from the form in which it is sent. */
const ownForm = (schema: TSchema): Step | undefined =>
  KindGuard.IsUint8Array(schema) ? bytes : KindGuard.IsDate(schema) ? date : undefined

/** Returns the conversion to binary data or a date of this realm. */
const ownClass = (schema: TSchema): Step | undefined =>
  KindGuard.IsUint8Array(schema) ? ownBytes : KindGuard.IsDate(schema) ? ownDate : undefined

const bytes: Step = (value, done) =>
  isOf('ArrayBuffer', value) ? new Uint8Array(value as ArrayBuffer) : ownBytes(value, done)

const date: Step = (value, done) => (typeof value === 'string' ? (dateIn(value) ?? value) : ownDate(value, done))

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
