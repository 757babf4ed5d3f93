import { KindGuard, TransformKind, Type, type TSchema, type TTransform } from '@sinclair/typebox'
import { refers, withChildren } from '../schema/children.js'
import { declaredNamesIn } from '../schema/declared-names.js'
import { isOptional, mayBeMissing } from '../schema/optional.js'
import { some } from '../schema/traverse.js'
import { propertiesOf } from './properties.js'
import { copyOf, isBytes, isObject, put, rewriteOf, type Rewrite, type Rules, type Step } from './rewrite.js'
import { rethrowing, throwAt, transformError, type Direction } from './transform-error.js'
import type { Checker } from './validator.js'

/**
 * Compiles the decoding of checked values; `undefined` if the schema has no transform. It does not use TypeBox's, which
 * treats an intersection by the names of its properties instead of member by member.
 */
export const decodeOf = (schema: TSchema, checker: Checker): Rewrite | undefined =>
  some(schema, KindGuard.IsTransform) ? rewriteOf(schema, DECODING, checker) : undefined

/**
 * Compiles the encoding of values, whose results are checked afterwards; `undefined` if the schema has no transform.
 */
export const encodeOf = (schema: TSchema, checker: Checker): Rewrite | undefined =>
  some(schema, KindGuard.IsTransform) ? rewriteOf(schema, encodingBy(checker), checker) : undefined

const rulesOf = (direction: Direction, union: Rules['union']): Rules => ({
  skips: schema => !some(schema, inside => KindGuard.IsTransform(inside) || refers(inside)),
  makesMissing: false,
  // A property that may be missing is missing where it is undefined.
  object: (schema, inner) =>
    propertiesOf(schema, inner, (property, isMissing) => !isMissing && !mayBeMissing(property)),
  union,
  intersect: (steps, value, done) =>
    steps.map(step => step(value, done)).reduce((made, other) => merge(value, made, other)),
  whole(schema, inside, inner) {
    const others: unknown = schema['unevaluatedProperties']
    const rest = KindGuard.IsSchema(others) ? inner(others) : undefined
    const parts = rest === undefined ? inside : withUnevaluated(schema, inside, rest)
    const own = KindGuard.IsTransform(schema) ? ownStep(schema, direction) : undefined
    if (own === undefined || parts === undefined) return own ?? parts
    return direction === 'Decode'
      ? (value, done) => own(parts(value, done), done)
      : (value, done) => parts(own(value, done), done)
  },
})

const ownStep = (schema: TTransform, direction: Direction): Step => {
  const convert = schema[TransformKind][direction]
  return value => {
    if (value === undefined && direction === 'Decode') return value
    try {
      return convert(value)
    } catch (error) {
      // The check reports a missing value.
      if (value === undefined) return value
      throw transformError(direction, schema, value, error)
    }
  }
}

/** Decodes by the first member that accepts the value. */
const DECODING: Rules = rulesOf('Decode', members => (value, done) => {
  const member = members.find(({ accepts }) => accepts(value))
  return member?.step === undefined ? value : member.step(value, done)
})

/**
 * Encodes by the member that accepts what it has encoded. An encoder may take values of another member, such as one that
 * divides takes `null`. So where several members accept theirs, it is the first whose result is decoded to the same value.
 */
const encodingBy = (checker: Checker): Rules =>
  rulesOf('Encode', members => {
    const all = members.map(member => ({
      ...member,
      resembles: resemblance(member.schema, checker),
      decode: lazily(() => rewriteOf(member.schema, DECODING, checker, member.scope)),
    }))
    const isDecodedTo = (made: unknown, value: unknown): boolean => {
      try {
        const decode = all.find(({ acceptsMade }) => acceptsMade(made))?.decode()
        return isAlike(decode === undefined ? made : decode(made), value)
      } catch {
        return false
      }
    }
    return (value, done) => {
      // Sent as it is, it would be decoded by this member, so that the other side gets the same value.
      const first = all.find(({ accepts }) => accepts(value))
      if (first !== undefined && first.step === undefined) return value
      const accepted: unknown[] = []
      let fail: (() => never) | undefined
      for (const { step, acceptsMade, resembles } of all) {
        if (!resembles(value)) continue
        try {
          const made = step === undefined ? value : step(value, done)
          if (acceptsMade(made)) accepted.push(made)
        } catch (error) {
          fail ??= rethrowing(error)
        }
      }
      if (accepted.length === 0) return fail === undefined ? value : fail()
      const at = accepted.length === 1 ? 0 : accepted.findIndex(made => isDecodedTo(made, value))
      return accepted[Math.max(at, 0)]
    }
  })

const lazily = <Made>(make: () => Made): (() => Made) => {
  let made: { readonly value: Made } | undefined
  return () => (made ??= { value: make() }).value
}

/** Returns whether two decoded values are equal, as far as that can be seen from outside. */
const isAlike = (one: unknown, other: unknown): boolean => {
  if (Object.is(one, other)) return true
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false
  if (Object.prototype.toString.call(one) !== Object.prototype.toString.call(other)) return false
  if (one instanceof Date && other instanceof Date) return one.getTime() === other.getTime()
  const keys = Object.keys(one)
  return (
    keys.length === Object.keys(other).length &&
    keys.every(key => Object.hasOwn(other, key) && isAlike(Reflect.get(one, key), Reflect.get(other, key)))
  )
}

/**
 * Returns a check that rejects only decoded values that the schema can't have decoded, because they differ from it
 * outside of its transforms.
 */
const resemblance = (schema: TSchema, checker: Checker): ((value: unknown) => boolean) => {
  let check: ((value: unknown) => boolean) | undefined
  return value => (check ??= checker.checkOf(decodedShapeOf(schema)))(value)
}

const decodedShapeOf = (schema: TSchema): TSchema => {
  const isUnknown = (part: TSchema): boolean =>
    KindGuard.IsTransform(part) || KindGuard.IsNot(part) || KindGuard.IsImport(part) || refers(part)
  if (isUnknown(schema)) return isOptional(schema) ? Type.Optional(Type.Unknown()) : Type.Unknown()
  if (!some(schema, isUnknown)) return schema
  const {
    $id: _,
    contains: _contains,
    uniqueItems: _unique,
    minContains: _min,
    maxContains: _max,
    ...shape
  } = withChildren(schema, decodedShapeOf)
  return shape as TSchema // Only optional keywords are removed.
}

/** Converts the properties that no member of an intersection declares. */
const withUnevaluated = (schema: TSchema, inside: Step | undefined, rest: Step): Step => {
  const names = declaredNamesIn(schema['allOf']) ?? new Set()
  return (value, done) => {
    const made = inside === undefined ? value : inside(value, done)
    if (!isObject(value) || isBytes(value) || !isObject(made)) return made
    const copy = copyOf(made)
    for (const key of Object.keys(value)) {
      if (names.has(key)) continue
      try {
        put(copy, key, rest(value[key], done))
      } catch (error) {
        throwAt(key, error)
      }
    }
    return copy
  }
}

/** Merges what two members of an intersection have made of a value. */
const merge = (value: unknown, one: unknown, other: unknown): unknown => {
  if (other === value || other === one) return one
  if (one === value) return other
  if (Array.isArray(value) && Array.isArray(one) && Array.isArray(other))
    return one.map((item, index) => merge(value[index], item, other[index]))
  if (!isObject(value) || isBytes(value) || !isObject(one) || !isObject(other)) return one
  const both = copyOf(one)
  for (const key of Object.keys(other))
    put(both, key, Object.hasOwn(both, key) ? merge(value[key], both[key], other[key]) : other[key])
  return both
}
