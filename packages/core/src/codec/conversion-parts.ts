import {
  KeyOfPropertyEntries,
  KindGuard,
  type TIntersect,
  type TObject,
  type TRecord,
  type TSchema,
} from '@sinclair/typebox'
import { copyOf, isBytes, put } from './rewrite.js'

/** Converts a part of a value. */
export type Step = (value: unknown, pass: Pass) => unknown

/**
 * Converts the parts of a value. It also gets the value from before its own conversion (`given`), which TypeBox
 * inspects in some places.
 */
export type Inside = (value: unknown, given: unknown, pass: Pass) => unknown

/** The state of the conversion of one value. */
export interface Pass {
  /** The path to the current part of the value. */
  readonly path: string[]
  /**
   * The results for objects that a reference has led to. Without them, an object that several members of a union lead
   * to would be encoded once for each.
   */
  readonly made: Map<Step, Map<object, unknown>>
}

/** Returns the step of a part. */
export type StepOf = (part: TSchema) => Step

/** Returns the step of a part for which TypeBox applies only its own transform; `undefined` if it has none. */
export type ShallowStepOf = (part: unknown) => Step | undefined

/** Returns the value unchanged. */
export const same: Step = value => value

const at = (key: string | number, step: Step, value: unknown, pass: Pass): unknown => {
  pass.path.push(String(key))
  const made = step(value, pass)
  // Skipped if the step throws, so that the path says where.
  pass.path.pop()
  return made
}

/** Converts the items of an array. */
export const listOf = (items: TSchema, stepOf: StepOf): Inside => {
  const step = stepOf(items)
  return (value, _, pass) => (Array.isArray(value) ? value.map((item, index) => at(index, step, item, pass)) : value)
}

/** Converts the items of a tuple. TypeBox encodes any value as a tuple, even if it is not an array. */
export const tupleOf = (items: readonly TSchema[], stepOf: StepOf, isEncoded: boolean): Inside => {
  const steps = items.map(item => stepOf(item))
  return (value, _, pass) => {
    if (!isEncoded && (!Array.isArray(value) || steps.length === 0)) return value
    const from: object = Object(value)
    return steps.map((step, index) => at(index, step, Reflect.get(from, index), pass))
  }
}

/** Converts the properties of an object. */
export const objectOf = (schema: TObject, stepOf: StepOf, shallowStepOf: ShallowStepOf): Inside => {
  const steps = new Map(Object.entries(schema.properties).map(([key, part]) => [key, { part, step: stepOf(part) }]))
  const others = shallowStepOf(schema.additionalProperties)
  return (value, _, pass) => {
    if (!isOpen(value)) return value
    const copy = copyOf(value)
    for (const [key, { part, step }] of steps) {
      if (!Object.hasOwn(copy, key)) continue
      const before: unknown = Reflect.get(copy, key)
      if (before !== undefined || KindGuard.IsUndefined(part)) put(copy, key, at(key, step, before, pass))
    }
    if (others !== undefined) convertOthers(copy, others, key => steps.has(key), pass)
    return copy
  }
}

/** Converts the properties of a record. */
export const recordOf = (schema: TRecord, stepOf: StepOf, shallowStepOf: ShallowStepOf): Inside => {
  const [[pattern, part] = ['', undefined]] = Object.entries(schema.patternProperties)
  const named = new RegExp(pattern)
  const step = part === undefined ? same : stepOf(part)
  const others = shallowStepOf(schema.additionalProperties)
  return (value, given, pass) => {
    if (!isOpen(given)) return value
    const copy = copyOf(Object(value))
    for (const key of Object.keys(given)) {
      if (named.test(key)) put(copy, key, at(key, step, Reflect.get(copy, key), pass))
    }
    if (others !== undefined) convertOthers(copy, others, key => named.test(key), pass)
    return copy
  }
}

/**
 * Converts the properties that the members of an intersection declare. `own` returns the step of the transform of a
 * schema alone.
 */
export const intersectOf = (schema: TIntersect, stepOf: StepOf, own: StepOf): Inside => {
  let steps: Map<string, Step> | undefined
  const rest = schema.unevaluatedProperties
  const others = KindGuard.IsSchema(rest) && KindGuard.IsTransform(rest) ? own(rest) : undefined
  return (value, given, pass) => {
    if (!isOpen(given)) return value
    // Made at the first use, because it throws if a property has two transforms.
    steps ??= new Map(KeyOfPropertyEntries(schema).map(([key, part]) => [key, stepOf(part)]))
    const known = steps
    const copy = copyOf(Object(value))
    for (const [key, step] of known)
      if (Object.hasOwn(copy, key)) put(copy, key, at(key, step, Reflect.get(copy, key), pass))
    if (others !== undefined) convertOthers(copy, others, key => known.has(key), pass)
    return copy
  }
}

const convertOthers = (copy: object, step: Step, isKnown: (key: string) => boolean, pass: Pass): void => {
  for (const key of Object.keys(copy)) {
    if (!isKnown(key)) put(copy, key, at(key, step, Reflect.get(copy, key), pass))
  }
}

/**
 * Returns whether TypeBox looks for properties of a value. Binary data stays unchanged: listing its properties takes a
 * second for a megabyte.
 */
const isOpen = (value: unknown): value is object => typeof value === 'object' && value !== null && !isBytes(value)
