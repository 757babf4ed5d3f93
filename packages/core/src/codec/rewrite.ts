import { KindGuard, type TObject, type TRecord, type TSchema } from '@sinclair/typebox'
import { refers } from '../schema/children.js'
import { some } from '../schema/traverse.js'
import { resultCacheOf, type ResultCache, type Scope } from './recursion.js'
import { rethrowing, throwAt } from './transform-error.js'
import type { Checker } from './validator.js'

/** Returns a value rewritten, or unchanged if there is nothing to do. It never modifies the given value. */
export type Rewrite = (value: unknown) => unknown

/** Rewrites a part of a value. */
export type Step = (value: unknown, done: Done) => unknown

/**
 * The outcomes of unions and references in this pass. Without them, a deep value takes exponential time where a
 * recursive schema visits a part twice.
 */
export type Done = Map<Step, Map<object, () => unknown>>

/** A member of a union. */
export interface Member {
  readonly schema: TSchema
  /** The targets of references in it, by name. */
  readonly scope: Scope
  /** Rewrites a value; absent if the member leaves every value unchanged. */
  readonly step: Step | undefined
  /** Returns whether the member accepts a value as it was given. */
  accepts(this: void, value: unknown): boolean
  /**
   * Returns whether the member accepts a rewritten value. Its results are cached separately, since an encoder may have
   * changed the given object itself.
   */
  acceptsMade(this: void, made: unknown): boolean
}

/** The rules of a kind of rewrite, for the places where kinds differ. */
export interface Rules {
  /** Returns whether nothing is to be done for a schema and all inside it. */
  skips(schema: TSchema): boolean
  /** True if a missing item of a tuple is rewritten, too. */
  readonly makesMissing: boolean
  /** Compiles the step of an object; `undefined` if it has nothing to do. `inner` returns the step of a part. */
  object(schema: TObject | TRecord, inner: (part: TSchema) => Step | undefined): Step | undefined
  /** Compiles the step of a union, of which at least one member has a step. */
  union(members: readonly Member[]): Step
  /** Returns the result of an intersection. */
  intersect(steps: readonly Step[], value: unknown, done: Done): unknown
  /** Compiles the step of a whole schema from `inside`, the step of its parts. `inner` returns the step of one part. */
  whole(schema: TSchema, inside: Step | undefined, inner: (part: TSchema) => Step | undefined): Step | undefined
}

interface Context {
  readonly rules: Rules
  /** The results of checks of given values. */
  readonly given: ResultCache
  /** The results of checks of rewritten values. */
  readonly made: ResultCache
  /** True if several ways can lead to one object. */
  readonly meets: boolean
  /** The targets of references, by name. */
  readonly scope: Scope
  /** The steps of the targets of references, each made once. */
  readonly targets: Map<TSchema, Step | undefined>
}

/** Compiles a rewrite by its rules; `undefined` if there is nothing to do. `scope` has the targets of references by name. */
export const rewriteOf = (
  schema: TSchema,
  rules: Rules,
  checker: Checker,
  scope: Scope = new Map(),
): Rewrite | undefined => {
  const [given, made] = [resultCacheOf(checker), resultCacheOf(checker)]
  const meets = some(schema, inside => refers(inside) || KindGuard.IsIntersect(inside))
  const step = stepOf(schema, { rules, given, made, meets, scope, targets: new Map() })
  if (step === undefined) return undefined
  return value => {
    given.clear()
    made.clear()
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
  if (KindGuard.IsArray(schema)) return items([], inner(schema.items), false)
  if (KindGuard.IsTuple(schema)) return items((schema.items ?? []).map(inner), undefined, context.rules.makesMissing)
  if (KindGuard.IsUnion(schema)) return union(schema.anyOf, schema.anyOf.map(inner), context)
  if (KindGuard.IsIntersect(schema)) {
    const steps = schema.allOf.filter(member => !KindGuard.IsNot(member)).map(member => inner(member) ?? same)
    if (steps.every(step => step === same)) return undefined
    return (value, done) => context.rules.intersect(steps, value, done)
  }
  if (KindGuard.IsImport(schema)) {
    const target = schema.$defs[schema.$ref]
    return target && stepOf(target, { ...context, scope: new Map(Object.entries(schema.$defs)) })
  }
  return KindGuard.IsRef(schema) || KindGuard.IsThis(schema) ? reference(schema.$ref, context) : undefined
}

const same: Step = value => value

const items = (
  steps: readonly (Step | undefined)[],
  others: Step | undefined,
  makesMissing: boolean,
): Step | undefined => {
  if (others === undefined && steps.every(step => step === undefined)) return undefined
  return (value, done) => {
    if (!Array.isArray(value)) return value
    let copy: unknown[] | undefined
    let index = 0
    try {
      for (; index < (makesMissing ? Math.max(value.length, steps.length) : value.length); index++) {
        const before: unknown = value[index]
        const after = (steps[index] ?? others ?? same)(before, done)
        if (after === before) continue
        // No item can follow a missing one.
        if (index > (copy ?? value).length) break
        copy ??= [...value]
        copy[index] = after
      }
    } catch (error) {
      throwAt(index, error)
    }
    return copy ?? value
  }
}

const union = (
  schemas: readonly TSchema[],
  steps: readonly (Step | undefined)[],
  { rules, given, made, meets, scope }: Context,
): Step | undefined => {
  if (steps.every(step => step === undefined)) return undefined
  const members = schemas.map((schema, index): Member => ({
    schema,
    scope,
    step: steps[index],
    accepts: lazily(() => given.checkOf(schema, scope)),
    acceptsMade: lazily(() => made.checkOf(schema, scope)),
  }))
  const step = rules.union(members)
  return meets ? once(step) : step
}

/** Yields, in the order of the members of a union, the rewritten values that their members accept. */
export const fitting = function* (members: readonly Member[], value: unknown, done: Done): Generator<unknown> {
  for (const { step = same, acceptsMade } of members) {
    const made = step(value, done)
    if (acceptsMade(made)) yield made
  }
}

// Compiled at its first use, because few unions need all checks.
const lazily = (make: () => (value: unknown) => boolean): ((value: unknown) => boolean) => {
  let check: ((value: unknown) => boolean) | undefined
  return value => (check ??= make())(value)
}

/** Returns a step that visits each object once, also if it throws. */
const once = (step: Step): Step => {
  const own: Step = (value, done) => {
    // A primitive is cheap to visit, and no two places may share the object made of it.
    if (typeof value !== 'object' || value === null) return step(value, done)
    const known = done.get(own) ?? new Map<object, () => unknown>()
    done.set(own, known)
    let outcome = known.get(value)
    if (outcome === undefined) {
      outcome = outcomeOf(step, value, done)
      known.set(value, outcome)
    }
    return outcome()
  }
  return own
}

const outcomeOf = (step: Step, value: unknown, done: Done): (() => unknown) => {
  try {
    const made = step(value, done)
    return () => made
  } catch (error) {
    return rethrowing(error)
  }
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
