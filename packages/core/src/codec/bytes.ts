import { KindGuard, type TSchema } from '@sinclair/typebox'
import { ValueErrorType, type ValueError } from '@sinclair/typebox/errors'
import { withChildren } from '../schema/children.js'
import { isGuard } from './property-names.js'
import { expanded, resultCacheOf, schemaOf } from './recursion.js'
import { isBytes } from './rewrite.js'
import type { Checker } from './validator.js'

type FindErrors = (value: unknown) => Iterable<ValueError>

/**
 * Wraps a function that lists errors so that it never lists the property names of binary data, which takes a
 * second for a megabyte.
 */
export const guardBytes = (findErrors: FindErrors, schema: TSchema, checker: Checker): FindErrors => {
  let guardedFind: FindErrors | undefined
  const make = (): FindErrors => {
    const cache = resultCacheOf(checker, part => guarded(part, checker))
    return value => {
      cache.clear()
      return cache.findErrors(schema, new Map(), value)
    }
  }
  return value => (holdsBytes(value) ? (guardedFind ??= make())(value) : findErrors(value))
}

const holdsBytes = (value: unknown): boolean => {
  if (typeof value !== 'object' || value === null) return false
  // Not recursive: a value can be nested more deeply than the stack allows.
  const found: object[] = [value]
  let known: Set<object> | undefined
  // A getter that throws here throws again when the errors are listed.
  try {
    for (const each of found) {
      if (isBytes(each)) return true
      // A value of the application can contain itself. Most values are too small for a set to be worthwhile.
      if (found.length > FEW) {
        known ??= new Set()
        if (known.has(each)) continue
        known.add(each)
      }
      const parts: readonly unknown[] = Array.isArray(each) ? each : Object.values(each)
      for (const part of parts) if (typeof part === 'object' && part !== null) found.push(part)
    }
  } catch {}
  return false
}

const FEW = 1_000

/** Returns a schema that, given binary data where an object is expected, reports only that it is not an object. */
const guarded = (schema: TSchema, checker: Checker): TSchema => {
  const within = (part: TSchema): TSchema => guarded(part, checker)
  const isClosed =
    KindGuard.IsIntersect(schema) && (schema.unevaluatedProperties !== undefined || schema.allOf.some(isGuard))
  if (!isClosed && !KindGuard.IsObject(schema) && !KindGuard.IsRecord(schema)) return withChildren(schema, within)
  const inside = isClosed ? withMembers(schema, within) : withChildren(schema, within)
  let check: ((value: unknown) => boolean) | undefined
  return schemaOf({
    fits: value => (check ??= checker.checkOf(schema))(value),
    findErrors: value =>
      isBytes(value)
        ? [{ type: ValueErrorType.Object, schema, path: '', value, message: 'Expected object', errors: [] }]
        : expanded(inside, value),
  })
}

/**
 * Guards the schemas inside the members of an intersection. The members themselves stay unchanged, because the
 * intersection asks them which properties they declare.
 */
const withMembers = (schema: TSchema, within: (part: TSchema) => TSchema): TSchema =>
  withChildren(schema, part =>
    KindGuard.IsIntersect(part) || KindGuard.IsUnion(part) ? withMembers(part, within) : withChildren(part, within),
  )
