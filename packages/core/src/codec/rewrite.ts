import { KindGuard, type TObject, type TRecord, type TSchema } from '@sinclair/typebox'
import { recallOf, type Recall, type Scope } from './recursion.js'
import type { Checker } from './validator.js'

/** Makes another value of one, or returns it as it is. It changes nothing that it is given. */
export type Rewrite = (value: unknown) => unknown

/** A rewrite of a part. */
export type Step = (value: unknown, done: Done) => unknown

/** What unions and references have made of values in this pass. Without it, a peer's deep value costs 2 to the depth where a recursive schema looks at a part twice. */
type Done = Map<object, Map<unknown, unknown>>

/** What a rewrite does at the places where it differs from others. */
export interface Rules {
  /** Whether a schema, with all inside of it, has nothing to be done. */
  skips(schema: TSchema): boolean
  /** What is done to an object. `inner` gives the step of a part, where there is one. */
  object(schema: TObject | TRecord, inner: (part: TSchema) => Step | undefined): Step
  /** What a union makes of the values that its members made and take, in their order. */
  union(fitting: Iterable<unknown>, value: unknown): unknown
  /** What an intersection makes of a value. */
  intersect(steps: readonly Step[], value: unknown, done: Done): unknown
  /** What is done to a value of this schema, `inside` being what is done to its parts. `inner` gives the step of one. */
  whole(schema: TSchema, inside: Step | undefined, inner: (part: TSchema) => Step | undefined): Step | undefined
}

interface Context {
  readonly rules: Rules
  readonly recall: Recall
  /** What references mean here. */
  readonly scope: Scope
  /** The steps of what is referred to, each made once. */
  readonly targets: Map<TSchema, Step | undefined>
}

/** Compiles a rewrite by its rules; `undefined` where there is nothing to do. */
export const rewriteOf = (schema: TSchema, rules: Rules, checker: Checker): Rewrite | undefined => {
  const recall = recallOf(checker)
  const step = stepOf(schema, { rules, recall, scope: new Map(), targets: new Map() })
  if (step === undefined) return undefined
  return value => {
    recall.forget()
    return step(value, new Map())
  }
}

/** The second rewrite after the first, either of which may be absent. */
export const chain = (first: Rewrite | undefined, second: Rewrite | undefined): Rewrite | undefined =>
  first === undefined ? second : second === undefined ? first : value => second(first(value))

/** Whether a value is an object with properties. */
export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Whether a value is bytes, which pass for an object: to list its properties costs a second for a megabyte. */
export const isBytes = (value: unknown): boolean => ArrayBuffer.isView(value) || value instanceof ArrayBuffer

/** Sets an own property, also one that a peer has called `__proto__`. */
export const put = (object: object, key: string, value: unknown): void => {
  // To assign is ten times as fast, but runs an inherited setter, and throws for what is inherited and frozen.
  if (isObject(object) && (!(key in object) || Object.hasOwn(object, key))) object[key] = value
  else Object.defineProperty(object, key, { value, writable: true, enumerable: true, configurable: true })
}

/**
 * A copy of an object. Not `{ ...value }`: V8 takes a microsecond to add a property to that, and adds each of a thousand on its
 * own. It is left for a property that is called `__proto__`, and for inherited ones that are frozen.
 */
export const copyOf = <Copied extends object>(value: Copied): Copied => {
  try {
    if (!Object.hasOwn(value, '__proto__')) return Object.assign({}, value)
  } catch {
    // What throws again below is a getter.
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
      // What stands after a missing one can't be there either.
      if (index > (copy ?? value).length) break
      copy ??= [...value]
      copy[index] = after
    }
    return copy ?? value
  }

const union = (schema: TSchema, steps: readonly (Step | undefined)[], context: Context): Step | undefined => {
  if (steps.every(step => step === undefined)) return undefined
  const members: readonly TSchema[] = schema['anyOf']
  const checks = members.map(member => context.recall.checkOf(member, context.scope))
  const fitting = function* (value: unknown, done: Done) {
    for (const [index, check] of checks.entries()) {
      const made = (steps[index] ?? same)(value, done)
      if (check(made)) yield made
    }
  }
  return once((value, done) => context.rules.union(fitting(value, done), value))
}

/** Returns a step that looks at each object once. */
const once = (step: Step): Step => {
  const own: Step = (value, done) => {
    // What is no object is cheap to look at, and what is made of it must not be shared between two places.
    if (typeof value !== 'object' || value === null) return step(value, done)
    const known = done.get(own) ?? new Map<unknown, unknown>()
    done.set(own, known)
    if (!known.has(value)) known.set(value, step(value, done))
    return known.get(value)
  }
  return own
}

// Made when it is first used, because a schema can refer to itself.
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
