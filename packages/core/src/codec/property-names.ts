import { Kind, KindGuard, KeyOfPropertyKeys, Type, TypeRegistry, type TSchema } from '@sinclair/typebox'
import type { ValueError } from '@sinclair/typebox/errors'
import { isBytes } from './rewrite.js'

/** Stands before a schema that lists the names of a value's properties. */
interface Guard extends TSchema {
  readonly least: number
  readonly most: number
  /** How many names bytes may have, whose names are their indexes; all, where any name is allowed. */
  readonly known: number
}

const GUARD = 'ackwire:names'

/**
 * Whether TypeBox lists the names of an object's properties before it finds that a value is none of what is meant: bytes have as many
 * names as bytes, and to list them takes a second for a megabyte.
 */
export const listsNames = (schema: TSchema): boolean => {
  if (KindGuard.IsIntersect(schema)) return schema.unevaluatedProperties !== undefined
  if (KindGuard.IsRecord(schema)) return true
  if (!KindGuard.IsObject(schema)) return false
  if (schema.minProperties !== undefined || schema.maxProperties !== undefined) return true
  return isClosed(schema) && !(schema.required ?? []).some(name => isMissing(name, schema.properties[name]))
}

/** What tells of a value, without a list of names, that it has too few or too many properties or is bytes where those are not expected. */
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

/** Returns the schema without what its guard asks. */
export const withoutCounts = ({ minProperties: _least, maxProperties: _most, ...schema }: TSchema): TSchema =>
  schema as TSchema // Only two of its options are gone.

/** Whether it is such a guard. */
export const isGuard = (schema: TSchema | undefined): schema is Guard => schema?.[Kind] === GUARD

/** What a guard has found. */
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

/** How many properties bytes have. */
const lengthOf = (bytes: object): number => {
  const length: unknown = Reflect.get(bytes, 'length')
  return typeof length === 'number' ? length : 0
}

// TypeBox takes no bytes for a record, but other lists of numbers.
const knownIn = (schema: TSchema): number =>
  KindGuard.IsRecord(schema) ? 0 : isClosed(schema) ? KeyOfPropertyKeys(schema).length : Infinity

const isClosed = (schema: TSchema): boolean => {
  const others: unknown = schema[KindGuard.IsIntersect(schema) ? 'unevaluatedProperties' : 'additionalProperties']
  // A byte can be a number, so that where numbers fit it is looked at each.
  return others === false || (KindGuard.IsSchema(others) && !NUMERIC.has(others[Kind]) && REQUIRED.has(others[Kind]))
}

/** Whether bytes have no such property, so that they are refused before any name is listed. */
const isMissing = (name: string, property: TSchema | undefined): boolean =>
  !OF_BYTES.has(name) && !/^\d+$/.test(name) && property !== undefined && REQUIRED.has(property[Kind])

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

/** Kinds of which a number may be one. */
const NUMERIC: ReadonlySet<string> = new Set(['Integer', 'Literal', 'Number'])

/** Kinds of which `undefined` is none. */
const REQUIRED: ReadonlySet<string> = new Set([
  'Array',
  'Boolean',
  'Date',
  'Integer',
  'Literal',
  'Null',
  'Number',
  'Object',
  'Record',
  'String',
  'TemplateLiteral',
  'Tuple',
  'Uint8Array',
])
