import { KindGuard, TransformKind, type TIntersect, type TSchema, type TUnion } from '@sinclair/typebox'
import { TransformDecodeError, TransformEncodeError } from '@sinclair/typebox/value'
import { refers } from '../schema/check-schema.js'
import { intersectOf, listOf, objectOf, recordOf, same, tupleOf, type Inside, type Step } from './conversion-parts.js'
import { recallOf, type Recall, type Scope } from './recursion.js'
import type { Rewrite } from './rewrite.js'
import type { Checker } from './validator.js'

/** Which of the two functions of a `Type.Transform` is called. */
export type Direction = 'Decode' | 'Encode'

interface Context {
  readonly direction: Direction
  /** What references mean here. */
  readonly scope: Scope
  /** What was found of values as they were. */
  readonly before: Recall
  /** What was found of what was made of them: an encoder may have changed the very same object. */
  readonly after: Recall
  /** The steps of what is referred to, each made once. */
  readonly targets: Map<TSchema, Step>
}

/**
 * Does what TypeBox's `TransformDecode` or `TransformEncode` does, in time that grows with the value: what is found and made of
 * an object is remembered, where those look at it again on each way through a schema that refers to itself.
 */
export const conversionOf = (schema: TSchema, direction: Direction, checker: Checker): Rewrite => {
  const [before, after] = [recallOf(checker), recallOf(checker)]
  const step = stepOf(schema, { direction, scope: new Map(), before, after, targets: new Map() })
  return value => {
    before.forget()
    after.forget()
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
  // A reference and a union are converted by what they lead to first, in both directions.
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

/** The step of a schema's own transform; absent where it has none. */
const ownOf = (schema: TSchema, { direction }: Context): Step | undefined => {
  if (!KindGuard.IsTransform(schema)) return undefined
  const convert = schema[TransformKind][direction]
  const Failure = direction === 'Decode' ? TransformDecodeError : TransformEncodeError
  return (value, { path }) => {
    try {
      return convert(value)
    } catch (error) {
      throw new Failure(schema, path.map(key => `/${key}`).join(''), value, error as Error) // TypeBox asks what it is.
    }
  }
}

/** The step of a part that TypeBox converts by its own transform only; here also by what it refers to. */
const shallowStepOf = (part: unknown, context: Context): Step | undefined => {
  if (!KindGuard.IsSchema(part)) return undefined
  return refers(part) ? stepOf(part, context) : ownOf(part, context)
}

/** An intersection with what its members import in their place, of which TypeBox sees no properties, and what references mean in it. */
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
    // What fits no member may fit one when it is encoded.
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

// Made when it is first used, because a schema can refer to itself.
const reference = (name: string, context: Context): Inside | undefined => {
  const { direction, scope, targets } = context
  const target = scope.get(name)
  if (target === undefined) return undefined
  return (value, _, pass) => {
    let step = targets.get(target)
    if (step === undefined) {
      step = stepOf(target, context)
      // A decoder goes only through what fits, once. What it makes is the application's, and shared between no two places.
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
