import { Kind, KindGuard, KeyOfPropertyKeys, Type, TypeRegistry, type TSchema } from '@sinclair/typebox'
import type { ValueError } from '@sinclair/typebox/errors'
import { NEVER_UNDEFINED } from '../schema/optional.js'
import { isBytes } from './objects.js'

/** A check in front of a schema whose own check lists the property names of a value. */
interface Guard extends TSchema {
  readonly least: number
  readonly most: number
  /** The number of property names that binary data may have; unlimited if any name is allowed. */
  readonly known: number
}

const GUARD = 'ackwire:names'

/**
 * Returns whether TypeBox lists the property names of a value before it finds that the value does not match. Binary
 * data has a property for each byte, and listing those of a megabyte takes a second.
 */
export const listsNames = (schema: TSchema): boolean => {
  if (KindGuard.IsIntersect(schema)) return schema.unevaluatedProperties !== undefined
  if (KindGuard.IsRecord(schema)) return true
  if (!KindGuard.IsObject(schema)) return false
  if (schema.minProperties !== undefined || schema.maxProperties !== undefined) return true
  return isClosed(schema) && !(schema.required ?? []).some(name => isMissing(name, schema.properties[name]))
}

/**
 * Returns a schema that checks, without listing names, that a value has neither too few nor too many properties and is
 * not binary data where none is expected.
 */
export const guardOf = (schema: TSchema): TSchema => {
  TypeRegistry.Set<Guard>(GUARD, (guard, value) => problemOf(guard, value) === undefined)
  const { minProperties: least = 0, maxProperties: most = Infinity } = schema
  return Type.Unsafe({
    [Kind]: GUARD,
    least,
    most,
    known: knownIn(schema),
  })
}

/** Returns the schema without the keywords that its guard checks. */
export const withoutCounts = ({ minProperties: _least, maxProperties: _most, ...schema }: TSchema): TSchema =>
  schema as TSchema // Only two optional keywords are removed.

/** Returns whether a schema is a guard. */
export const isGuard = (schema: TSchema | undefined): schema is Guard => schema?.[Kind] === GUARD

/** Returns the message for a value that a guard rejected. */
export const guardMessage = ({ schema, value }: ValueError): string =>
  (isGuard(schema) && problemOf(schema, value)) || 'Expected object'

const problemOf = ({ least, most, known }: Guard, value: unknown): string | undefined => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined
  const isListed = isBytes(value)
  const count = isListed ? lengthOf(value) : least > 0 || most < Infinity ? Object.getOwnPropertyNames(value).length : 0
  if (isListed && count > known) return 'Expected object'
  if (count < least) return `Expected object to have at least ${least} properties`
  return count > most ? `Expected object to have no more than ${most} properties` : undefined
}

/** Returns the number of properties of binary data. */
const lengthOf = (bytes: object): number => {
  const length: unknown = Reflect.get(bytes, 'length')
  return typeof length === 'number' ? length : 0
}

// TypeBox does not accept a Uint8Array as a record, but does accept other typed arrays.
const knownIn = (schema: TSchema): number =>
  KindGuard.IsRecord(schema) ? 0 : isClosed(schema) ? KeyOfPropertyKeys(schema).length : Infinity

const isClosed = (schema: TSchema): boolean => {
  const others: unknown = schema[KindGuard.IsIntersect(schema) ? 'unevaluatedProperties' : 'additionalProperties']
  // A byte is a number, so a schema that accepts numbers has to check each.
  return (
    others === false || (KindGuard.IsSchema(others) && !NUMERIC.has(others[Kind]) && NEVER_UNDEFINED.has(others[Kind]))
  )
}

/** Returns whether binary data lacks this required property, so that it is rejected before any name is listed. */
const isMissing = (name: string, property: TSchema | undefined): boolean =>
  !OF_BYTES.has(name) && !/^\d+$/.test(name) && property !== undefined && NEVER_UNDEFINED.has(property[Kind])

const OF_BYTES: ReadonlySet<string> = new Set([
  'BYTES_PER_ELEMENT',
  'buffer',
  'byteLength',
  'byteOffset',
  'constructor',
  'length',
  'offset',
  'parent',
  '__proto__',
])

/** Kinds that accept some numbers. */
const NUMERIC: ReadonlySet<string> = new Set(['Integer', 'Literal', 'Number'])
