import { KindGuard, type TObject, type TRecord, type TSchema } from '@sinclair/typebox'
import { refers } from '../schema/children.js'
import { some } from '../schema/traverse.js'
import { resultCacheOf, type ResultCache, type Scope } from './recursion.js'
import { once, type Done, type Step } from './once.js'
import { throwAt } from './transform-error.js'
import type { Checker } from './validator.js'

/** Returns a value rewritten, or unchanged if there is nothing to do. It never modifies the given value. */
export type Rewrite = (value: unknown) => unknown

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
  // Few unions need all checks.
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

/** Returns a function that is compiled at its first use. */
export const lazily = <Made>(make: () => (value: unknown) => Made): ((value: unknown) => Made) => {
  let compiled: ((value: unknown) => Made) | undefined
  return value => (compiled ??= make())(value)
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
