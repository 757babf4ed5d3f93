import { Kind, KindGuard, TransformKind, Type, TypeRegistry, type TSchema } from '@sinclair/typebox'
import { Errors, type ValueError } from '@sinclair/typebox/errors'
import { refers, withChildren } from '../schema/children.js'
import type { Checker } from './validator.js'

type Check = (value: unknown) => boolean

/** The targets of references, by name. */
export type Scope = ReadonlyMap<string, TSchema>

/**
 * Checks values of schemas that refer to themselves, and caches the results for each object, so that checking it again
 * in another place is free. Without the cache, checking a deep value of a recursive union takes time proportional to
 * its size times its depth.
 */
export interface ResultCache {
  /** Returns the check of a schema, or of a part that refers to a schema around it. */
  checkOf(part: TSchema, scope: Scope): Check
  /** Yields the errors of a value by a schema, or by a part that refers to a schema around it. */
  findErrors(part: TSchema, scope: Scope, value: unknown): Iterable<ValueError>
  /** Clears the cache. It has to be called whenever values may have changed. */
  clear(): void
}

/** The target of a reference. */
interface Target {
  fits(this: void, value: unknown): boolean
  findErrors(this: void, value: unknown): Iterable<ValueError>
  /** The cached results of the check. */
  found: WeakMap<object, boolean>
}

/** A schema that replaces a reference. */
interface ReplacedReference extends TSchema {
  readonly fits: Check
  readonly findErrors: (value: unknown) => Iterable<ValueError>
}

const REPLACED_REFERENCE = 'ackwire:replaced-reference'

/**
 * Creates a cache of the results of a checker. `prepare` may replace a schema before the errors of values by it are
 * listed.
 */
export const resultCacheOf = (
  checker: Checker,
  prepare: (schema: TSchema) => TSchema = schema => schema,
): ResultCache => {
  const targets = new Map<TSchema, Target>()
  TypeRegistry.Set<ReplacedReference>(REPLACED_REFERENCE, ({ fits }, value) => fits(value))

  const targetOf = (schema: TSchema, scope: Scope): Target => {
    const known = targets.get(schema)
    if (known !== undefined) return known
    // Made at the first use, because a schema can refer to itself.
    let check: Check | undefined
    const target: Target = {
      fits(value) {
        const before = isObject(value) ? target.found.get(value) : undefined
        if (before !== undefined) return before
        const found = (check ??= checkOf(schema, scope))(value)
        if (isObject(value)) target.found.set(value, found)
        return found
      },
      findErrors: value => findErrors(schema, scope, value),
      found: new WeakMap(),
    }
    targets.set(schema, target)
    return target
  }
  /** Returns the schema with its references replaced, so that it needs no names. */
  const closed = (schema: TSchema, scope: Scope): TSchema => {
    if (KindGuard.IsImport(schema)) {
      const target = schema.$defs[schema.$ref]
      return target === undefined ? schema : closed(target, new Map(Object.entries(schema.$defs)))
    }
    const target = refers(schema) ? scope.get(schema['$ref']) : undefined
    if (target !== undefined) return schemaOf(targetOf(target, scope))
    const inner = schema.$id === undefined ? scope : new Map([...scope, [schema.$id, schema] as const])
    const copy = withChildren(schema, child => closed(child, inner))
    // A check has no use for a transform, and TypeBox refuses one in an intersection, where its target is now.
    Reflect.deleteProperty(copy, TransformKind)
    return copy
  }
  const checkOf = (part: TSchema, scope: Scope): Check => checker.checkOf(closed(part, scope))
  const prepared = new Map<TSchema, TSchema>()
  const findErrors = function* (part: TSchema, scope: Scope, value: unknown): Generator<ValueError> {
    const known = prepared.get(part) ?? prepare(closed(part, scope))
    prepared.set(part, known)
    yield* expanded(known, value)
  }

  return {
    checkOf,
    findErrors,
    clear() {
      for (const target of targets.values()) target.found = new WeakMap()
    },
  }
}

/** Returns a schema that checks values with the given functions. */
export const schemaOf = ({ fits, findErrors }: Pick<Target, 'fits' | 'findErrors'>): TSchema =>
  Type.Unsafe({ [Kind]: REPLACED_REFERENCE, fits, findErrors })

/** Yields the errors of a value by a schema that contains replaced references. */
export const expanded = function* (schema: TSchema, value: unknown): Generator<ValueError> {
  for (const error of Errors(schema, [], value)) {
    if (!isReplacedReference(error.schema)) yield error
    else for (const inner of error.schema.findErrors(error.value)) yield { ...inner, path: error.path + inner.path }
  }
}

const isReplacedReference = (schema: TSchema): schema is ReplacedReference => schema[Kind] === REPLACED_REFERENCE

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null
