import { KindGuard, TransformKind, type TIntersect, type TSchema, type TUnion } from '@sinclair/typebox'
import { TransformDecodeError, TransformEncodeError } from '@sinclair/typebox/value'
import { refers } from '../schema/check-schema.js'
import { intersectOf, listOf, objectOf, recordOf, same, tupleOf, type Inside, type Step } from './conversion-parts.js'
import { resultCacheOf, type ResultCache, type Scope } from './recursion.js'
import type { Rewrite } from './rewrite.js'
import type { Checker } from './validator.js'

/** The function of a `Type.Transform` to call. */
export type Direction = 'Decode' | 'Encode'

interface Context {
  readonly direction: Direction
  /** The targets of references, by name. */
  readonly scope: Scope
  /** The results of checks of values before their conversion. */
  readonly before: ResultCache
  /**
   * The results of checks of converted values. They are separate, since an encoder may have changed the same object.
   */
  readonly after: ResultCache
  /** The steps of the targets of references, each made once. */
  readonly targets: Map<TSchema, Step>
}

/**
 * Converts a value as `TransformDecode` or `TransformEncode` of TypeBox does, but in time linear in the size of the
 * value: it keeps its results for each object, where TypeBox visits the object again on each way through a recursive
 * schema.
 */
export const conversionOf = (schema: TSchema, direction: Direction, checker: Checker): Rewrite => {
  const [before, after] = [resultCacheOf(checker), resultCacheOf(checker)]
  const step = stepOf(schema, { direction, scope: new Map(), before, after, targets: new Map() })
  return value => {
    before.clear()
    after.clear()
    return step(value, { path: [], made: new Map() })
  }
}

const stepOf = (schema: TSchema, outer: Context): Step => {
  const context =
    schema.$id === undefined ? outer : { ...outer, scope: new Map([...outer.scope, [schema.$id, schema]]) }
  const own = ownOf(schema, context)
  const inside = insideOf(schema, context)
  if (inside === undefined) return own ?? same
  if (own === undefined) return (value, pass) => inside(value, value, pass)
  // In both directions, the target of a reference and the members of a union are converted first.
  return context.direction === 'Decode' || refers(schema) || KindGuard.IsUnion(schema)
    ? (value, pass) => own(inside(value, value, pass), pass)
    : (value, pass) => inside(own(value, pass), value, pass)
}

const insideOf = (schema: TSchema, context: Context): Inside | undefined => {
  const inner = (part: TSchema): Step => stepOf(part, context)
  const shallow = (part: unknown): Step | undefined => shallowStepOf(part, context)
  if (KindGuard.IsArray(schema)) return listOf(schema.items, inner)
  if (KindGuard.IsTuple(schema)) return tupleOf(schema.items ?? [], inner, context.direction === 'Encode')
  if (KindGuard.IsObject(schema)) return objectOf(schema, inner, shallow)
  if (KindGuard.IsRecord(schema)) return recordOf(schema, inner, shallow)
  if (KindGuard.IsIntersect(schema)) {
    const [whole, scope] = inlined(schema, context.scope)
    return intersectOf(
      whole,
      part => stepOf(part, { ...context, scope }),
      part => ownOf(part, context) ?? same,
    )
  }
  if (KindGuard.IsUnion(schema)) return unionOf(schema, context)
  if (KindGuard.IsNot(schema)) {
    const step = context.direction === 'Decode' ? stepOf(schema.not, context) : ownOf(schema.not, context)
    return step && plainly(step)
  }
  if (KindGuard.IsImport(schema)) {
    const target = schema.$defs[schema.$ref]
    return target && plainly(stepOf(target, { ...context, scope: new Map(Object.entries(schema.$defs)) }))
  }
  return KindGuard.IsRef(schema) || KindGuard.IsThis(schema) ? reference(schema.$ref, context) : undefined
}

const plainly =
  (step: Step): Inside =>
  (value, _, pass) =>
    step(value, pass)

/** Returns the step of the transform of a schema itself; `undefined` if it has none. */
const ownOf = (schema: TSchema, { direction }: Context): Step | undefined => {
  if (!KindGuard.IsTransform(schema)) return undefined
  const convert = schema[TransformKind][direction]
  const Failure = direction === 'Decode' ? TransformDecodeError : TransformEncodeError
  return (value, { path }) => {
    try {
      return convert(value)
    } catch (error) {
      throw new Failure(schema, path.map(key => `/${key}`).join(''), value, error as Error) // TypeBox checks its type.
    }
  }
}

/**
 * Returns the step of a part for which TypeBox applies only its own transform; here, also that of the schema it refers
 * to.
 */
const shallowStepOf = (part: unknown, context: Context): Step | undefined => {
  if (!KindGuard.IsSchema(part)) return undefined
  return refers(part) ? stepOf(part, context) : ownOf(part, context)
}

/**
 * Returns an intersection with its imports replaced by their targets, whose properties TypeBox does not see otherwise,
 * and the scope inside it.
 */
const inlined = (schema: TIntersect, scope: Scope): readonly [TIntersect, Scope] => {
  const inner = new Map(scope)
  const seen = (part: TSchema): TSchema => {
    if (KindGuard.IsImport(part) && !KindGuard.IsTransform(part)) {
      const definitions: Readonly<Record<string, TSchema>> = part.$defs
      for (const [name, definition] of Object.entries(definitions)) inner.set(name, definition)
      const target = definitions[part.$ref]
      return target === undefined ? part : seen(target)
    }
    if (KindGuard.IsIntersect(part)) return { ...part, allOf: part.allOf.map(seen) }
    return KindGuard.IsUnion(part) ? { ...part, anyOf: part.anyOf.map(seen) } : part
  }
  return [{ ...schema, allOf: schema.allOf.map(seen) }, inner]
}

const unionOf = (schema: TUnion, context: Context): Inside => {
  const { direction, scope, before, after } = context
  const members = schema.anyOf.map(member => ({
    step: stepOf(member, context),
    fits: lazily(() => before.checkOf(member, scope)),
  }))
  const passes = lazily(() => after.checkOf(schema, scope))
  return (value, _, pass) => {
    for (const { fits, step } of members) if (fits()(value)) return step(value, pass)
    if (direction === 'Decode') return value
    // A value that fits no member may fit one once it is encoded.
    for (const { step } of members) {
      const made = step(value, pass)
      if (passes()(made)) return made
    }
    return value
  }
}

const lazily = <Made>(make: () => Made): (() => Made) => {
  let made: Made | undefined
  return () => (made ??= make())
}

// Made at the first use, because a schema can refer to itself.
const reference = (name: string, context: Context): Inside | undefined => {
  const { direction, scope, targets } = context
  const target = scope.get(name)
  if (target === undefined) return undefined
  return (value, _, pass) => {
    let step = targets.get(target)
    if (step === undefined) {
      step = stepOf(target, context)
      // Decoding visits only what fits, once. Its results belong to the application, and no two places may share one.
      if (direction === 'Encode') step = once(step)
      targets.set(target, step)
    }
    return step(value, pass)
  }
}

/** Returns a step that converts each object once. */
const once = (step: Step): Step => {
  const own: Step = (value, pass) => {
    if (typeof value !== 'object' || value === null) return step(value, pass)
    const known = pass.made.get(own) ?? new Map<object, unknown>()
    pass.made.set(own, known)
    if (!known.has(value)) known.set(value, step(value, pass))
    return known.get(value)
  }
  return own
}
