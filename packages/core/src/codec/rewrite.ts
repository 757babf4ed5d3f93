import { KindGuard, type TObject, type TRecord, type TSchema } from '@sinclair/typebox'
import { resultCacheOf, type ResultCache, type Scope } from './recursion.js'
import type { Checker } from './validator.js'

/** Returns a value rewritten, or unchanged if there is nothing to do. It never modifies the given value. */
export type Rewrite = (value: unknown) => unknown

/** Rewrites a part of a value. */
export type Step = (value: unknown, done: Done) => unknown

/**
 * The results of unions and references in this pass. Without them, a deep value takes exponential time where a
 * recursive schema visits a part twice.
 */
type Done = Map<object, Map<unknown, unknown>>

/** The rules of a kind of rewrite, for the places where kinds differ. */
export interface Rules {
  /** Returns whether nothing is to be done for a schema and all inside it. */
  skips(schema: TSchema): boolean
  /** Compiles the step of an object. `inner` returns the step of a part, if there is one. */
  object(schema: TObject | TRecord, inner: (part: TSchema) => Step | undefined): Step
  /**
   * Returns the result of a union. `fitting` yields, in the order of the members, the rewritten values that their
   * members accept.
   */
  union(fitting: Iterable<unknown>, value: unknown): unknown
  /** Returns the result of an intersection. */
  intersect(steps: readonly Step[], value: unknown, done: Done): unknown
  /** Compiles the step of a whole schema from `inside`, the step of its parts. `inner` returns the step of one part. */
  whole(schema: TSchema, inside: Step | undefined, inner: (part: TSchema) => Step | undefined): Step | undefined
}

interface Context {
  readonly rules: Rules
  readonly cache: ResultCache
  /** The targets of references, by name. */
  readonly scope: Scope
  /** The steps of the targets of references, each made once. */
  readonly targets: Map<TSchema, Step | undefined>
}

/** Compiles a rewrite by its rules; `undefined` if there is nothing to do. */
export const rewriteOf = (schema: TSchema, rules: Rules, checker: Checker): Rewrite | undefined => {
  const cache = resultCacheOf(checker)
  const step = stepOf(schema, { rules, cache: cache, scope: new Map(), targets: new Map() })
  if (step === undefined) return undefined
  return value => {
    cache.clear()
    return step(value, new Map())
  }
}

/** Composes two rewrites, either of which may be absent. */
export const chain = (first: Rewrite | undefined, second: Rewrite | undefined): Rewrite | undefined =>
  first === undefined ? second : second === undefined ? first : value => second(first(value))

/** Returns whether a value is an object with properties. */
export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/**
 * Returns whether a value is binary data. It counts as an object, but listing its properties takes a second for a
 * megabyte.
 */
export const isBytes = (value: unknown): boolean => ArrayBuffer.isView(value) || value instanceof ArrayBuffer

/** Sets an own property, even one that a client has called `__proto__`. */
export const put = (object: object, key: string, value: unknown): void => {
  // Assignment is ten times as fast, but runs an inherited setter and throws for a frozen inherited property.
  if (isObject(object) && (!(key in object) || Object.hasOwn(object, key))) object[key] = value
  else Object.defineProperty(object, key, { value, writable: true, enumerable: true, configurable: true })
}

/**
 * Returns a copy of an object. It avoids `{ ...value }`, to which V8 adds properties slowly, except for an object with
 * a property called `__proto__` or with frozen inherited ones.
 */
export const copyOf = <Copied extends object>(value: Copied): Copied => {
  try {
    if (!Object.hasOwn(value, '__proto__')) return Object.assign({}, value)
  } catch {
    // A getter that threw throws again below.
  }
  return { ...value }
}

const stepOf = (schema: TSchema, context: Context): Step | undefined => {
  const { rules, scope } = context
  if (rules.skips(schema)) return undefined
  const inner =
    schema.$id === undefined ? context : { ...context, scope: new Map([...scope, [schema.$id, schema] as const]) }
  return rules.whole(schema, insideOf(schema, inner), part => stepOf(part, inner))
}

const insideOf = (schema: TSchema, context: Context): Step | undefined => {
  const inner = (part: TSchema): Step | undefined => stepOf(part, context)
  if (KindGuard.IsObject(schema) || KindGuard.IsRecord(schema)) return context.rules.object(schema, inner)
  if (KindGuard.IsArray(schema)) return items([], inner(schema.items))
  if (KindGuard.IsTuple(schema)) return items((schema.items ?? []).map(inner), undefined)
  if (KindGuard.IsUnion(schema)) return union(schema, schema.anyOf.map(inner), context)
  if (KindGuard.IsIntersect(schema)) {
    const steps = schema.allOf.filter(member => !KindGuard.IsNot(member)).map(member => inner(member) ?? same)
    return (value, done) => context.rules.intersect(steps, value, done)
  }
  if (KindGuard.IsImport(schema)) {
    const target = schema.$defs[schema.$ref]
    return target && stepOf(target, { ...context, scope: new Map(Object.entries(schema.$defs)) })
  }
  return KindGuard.IsRef(schema) || KindGuard.IsThis(schema) ? reference(schema.$ref, context) : undefined
}

const same: Step = value => value

const items =
  (steps: readonly (Step | undefined)[], others: Step | undefined): Step =>
  (value, done) => {
    if (!Array.isArray(value)) return value
    let copy: unknown[] | undefined
    for (let index = 0; index < Math.max(value.length, steps.length); index++) {
      const before: unknown = value[index]
      const after = (steps[index] ?? others ?? same)(before, done)
      if (after === before) continue
      // No item can follow a missing one.
      if (index > (copy ?? value).length) break
      copy ??= [...value]
      copy[index] = after
    }
    return copy ?? value
  }

const union = (schema: TSchema, steps: readonly (Step | undefined)[], context: Context): Step | undefined => {
  if (steps.every(step => step === undefined)) return undefined
  const members: readonly TSchema[] = schema['anyOf']
  const checks = members.map(member => context.cache.checkOf(member, context.scope))
  const fitting = function* (value: unknown, done: Done) {
    for (const [index, check] of checks.entries()) {
      const made = (steps[index] ?? same)(value, done)
      if (check(made)) yield made
    }
  }
  return once((value, done) => context.rules.union(fitting(value, done), value))
}

/** Returns a step that visits each object once. */
const once = (step: Step): Step => {
  const own: Step = (value, done) => {
    // A primitive is cheap to visit, and no two places may share the object made of it.
    if (typeof value !== 'object' || value === null) return step(value, done)
    const known = done.get(own) ?? new Map<unknown, unknown>()
    done.set(own, known)
    if (!known.has(value)) known.set(value, step(value, done))
    return known.get(value)
  }
  return own
}

// Made at the first use, because a schema can refer to itself.
const reference = (name: string, context: Context): Step | undefined => {
  const { scope, targets } = context
  const target = scope.get(name)
  if (target === undefined) return undefined
  return (value, done) => {
    if (!targets.has(target)) {
      const step = stepOf(target, context)
      targets.set(target, step && once(step))
    }
    return (targets.get(target) ?? same)(value, done)
  }
}
