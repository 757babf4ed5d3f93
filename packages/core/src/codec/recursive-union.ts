import { KindGuard, type TSchema } from '@sinclair/typebox'
import type { ValueError } from '@sinclair/typebox/errors'
import { some } from '../schema/traverse.js'
import { refers } from '../schema/children.js'
import { resultCacheOf, type Scope } from './recursion.js'
import type { Checker } from './validator.js'

/**
 * Returns whether a schema can check a part of a value in several ways, each of which leads back to the schema. Each
 * level of a nested value then multiplies the time of the check, unless results are cached.
 */
export const branches = (schema: TSchema): boolean => some(schema, refers) && some(schema, isFork)

const isFork = (schema: TSchema): boolean => waysOf(schema).filter(way => some(way, refers)).length > 1

/** Returns the schemas that are all applied to the same value. */
const waysOf = (schema: TSchema): readonly TSchema[] => {
  if (KindGuard.IsUnion(schema)) return schema.anyOf
  if (KindGuard.IsIntersect(schema)) return schema.allOf
  return KindGuard.IsArray(schema) && schema.contains !== undefined ? [schema.items, schema.contains] : []
}

/** The check of a schema that branches, and the function that lists the errors of a value. */
export interface Branching {
  check(this: void, value: unknown): boolean
  findErrors(this: void, value: unknown): Iterable<ValueError>
}

/** Compiles a check that visits each object of a value once for each target of a reference. */
export const branchingOf = (schema: TSchema, checker: Checker): Branching => {
  const cache = resultCacheOf(checker)
  let check: ((value: unknown) => boolean) | undefined
  return {
    check(value) {
      cache.clear()
      return (check ??= cache.checkOf(schema, NOTHING))(value)
    },
    *findErrors(value) {
      cache.clear()
      yield* cache.findErrors(schema, NOTHING, value)
    },
  }
}

const NOTHING: Scope = new Map()
