import { Kind, KindGuard, Type, TypeRegistry, type TSchema } from '@sinclair/typebox'
import { Errors, type ValueError } from '@sinclair/typebox/errors'
import { refers, withChildren } from '../schema/check-schema.js'
import type { Checker } from './validator.js'

type Check = (value: unknown) => boolean

/** What the names of references mean. */
export type Scope = ReadonlyMap<string, TSchema>

/**
 * Prepares schemas that refer to themselves. What was found of a value is remembered, so that to check it again in another
 * place costs nothing; without that, a peer's deep value in a recursive union costs its size times its depth.
 */
export interface Recall {
  /** The check of a schema, or of a part that refers to what it stands in. */
  checkOf(part: TSchema, scope: Scope): Check
  /** How a value differs from a schema, or from a part that refers to what it stands in. */
  differences(part: TSchema, scope: Scope, value: unknown): Iterable<ValueError>
  /** Before values may have changed: forgets what was found. */
  forget(): void
}

/** A schema that is referred to. */
interface Target {
  fits(this: void, value: unknown): boolean
  differences(this: void, value: unknown): Iterable<ValueError>
  /** What was found of values. */
  found: WeakMap<object, boolean>
}

/** What stands in the place of a reference. */
interface Recalled extends TSchema {
  readonly fits: Check
  readonly differences: (value: unknown) => Iterable<ValueError>
}

const RECALLED = 'ackwire:recalled'

/** Remembers what it finds with a checker. `prepare` may put others in the place of schemas of which it is told how values differ. */
export const recallOf = (checker: Checker, prepare: (schema: TSchema) => TSchema = schema => schema): Recall => {
  const targets = new Map<TSchema, Target>()
  TypeRegistry.Set<Recalled>(RECALLED, ({ fits }, value) => fits(value))

  const targetOf = (schema: TSchema, scope: Scope): Target => {
    const known = targets.get(schema)
    if (known !== undefined) return known
    // Made when they are first used, because a schema can refer to itself.
    let check: Check | undefined
    const target: Target = {
      fits(value) {
        const before = isObject(value) ? target.found.get(value) : undefined
        if (before !== undefined) return before
        const found = (check ??= checkOf(schema, scope))(value)
        if (isObject(value)) target.found.set(value, found)
        return found
      },
      differences: value => differences(schema, scope, value),
      found: new WeakMap(),
    }
    targets.set(schema, target)
    return target
  }
  /** Returns the schema with what it refers to asked for, and nothing named. */
  const closed = (schema: TSchema, scope: Scope): TSchema => {
    if (KindGuard.IsImport(schema)) {
      const target = schema.$defs[schema.$ref]
      return target === undefined ? schema : closed(target, new Map(Object.entries(schema.$defs)))
    }
    const target = refers(schema) ? scope.get(schema['$ref']) : undefined
    if (target !== undefined) return standIn(targetOf(target, scope))
    const inner = schema.$id === undefined ? scope : new Map([...scope, [schema.$id, schema] as const])
    return withChildren(schema, child => closed(child, inner))
  }
  const checkOf = (part: TSchema, scope: Scope): Check => checker.checkOf(closed(part, scope))
  const walked = new Map<TSchema, TSchema>()
  const differences = function* (part: TSchema, scope: Scope, value: unknown): Generator<ValueError> {
    const known = walked.get(part) ?? prepare(closed(part, scope))
    walked.set(part, known)
    yield* expanded(known, value)
  }

  return {
    checkOf,
    differences,
    forget() {
      for (const target of targets.values()) target.found = new WeakMap()
    },
  }
}

/** What stands in the place of a schema, and says of values what it is told. */
export const standIn = ({ fits, differences }: Pick<Target, 'fits' | 'differences'>): TSchema =>
  Type.Unsafe({ [Kind]: RECALLED, fits, differences })

/** How a value differs from a schema in which others stand. */
export const expanded = function* (schema: TSchema, value: unknown): Generator<ValueError> {
  for (const error of Errors(schema, [], value)) {
    if (!isRecalled(error.schema)) yield error
    else for (const inner of error.schema.differences(error.value)) yield { ...inner, path: error.path + inner.path }
  }
}

const isRecalled = (schema: TSchema): schema is Recalled => schema[Kind] === RECALLED

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null
