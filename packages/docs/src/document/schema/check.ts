import { FormatRegistry, Kind, KindGuard, type TSchema, Type, TypeRegistry } from '@sinclair/typebox'
import { Value } from '@sinclair/typebox/value'
import { throwDefinitionError } from '../../definition/definition-error.js'
import type { Place } from './place.js'

/** Throws for a schema that its default or examples don't match. No other tool checks this. */
export const checkValues = (schema: TSchema, place: Place): void => {
  const fallback: unknown = schema['default']
  if (fallback !== undefined && typeof fallback !== 'function') {
    // The server fills in the defaults inside a default.
    const filled = { ...place, fills: true }
    checkValue(schema, fallback, filled, ' default')
  }
  const { examples } = schema
  if (Array.isArray(examples)) {
    for (const [index, example] of examples.entries()) checkValue(schema, example, place, ` examples[${index}]`)
  }
}

/** Throws for a value that does not match its schema. */
export const checkValue = (schema: TSchema, value: unknown, place: Place, what: string): void => {
  const problem = mismatch(schema, value, place)
  if (problem !== undefined) throwDefinitionError(place.path + what, `${problem}; correct the value or the schema`)
}

/** Returns the first error of a value, or `undefined` if it matches its schema. */
export const mismatch = (schema: TSchema, value: unknown, place: Place): string | undefined => {
  const references = [...place.scope.values()].map(target => relax(target.schema))
  const relaxed = relax(schema)
  try {
    if (Value.Check(relaxed, references, value)) return undefined
    const filled = place.fills ? Value.Default(relaxed, references, Value.Clone(value)) : value
    if (place.fills && Value.Check(relaxed, references, filled)) return undefined
    const error = Value.Errors(relaxed, references, filled).First()
    return [error?.path, error?.message ?? NO_MATCH].filter(Boolean).join(': ')
  } catch {
    // TypeBox throws for null at a closed intersection.
    return NO_MATCH
  }
}

const NO_MATCH = 'it does not match its schema'

/** Returns a schema for documented values: dates and bytes also as strings, and without unregistered formats. */
const relax = (schema: TSchema): TSchema => {
  if (KindGuard.IsDate(schema)) return replace(schema, Type.Union([Type.Date(), Type.String()]))
  if (KindGuard.IsUint8Array(schema)) return replace(schema, Type.Union([Type.Uint8Array(), Type.String()]))
  const kind: unknown = schema[Kind]
  if (kind === 'Unsafe' || (!KindGuard.IsSchema(schema) && typeof kind === 'string' && !TypeRegistry.Has(kind))) {
    return replace(schema, Type.Unknown())
  }
  const relaxed: TSchema = { ...schema }
  for (const [keyword, part] of Object.entries(schema)) relaxed[keyword] = relaxPart(part)
  if (typeof schema['format'] === 'string' && !FormatRegistry.Has(schema['format'])) delete relaxed['format']
  return relaxed
}

const replace = (schema: TSchema, by: TSchema): TSchema => ({
  ...by,
  ...(schema.$id === undefined ? {} : { $id: schema.$id }),
})

const relaxPart = (part: unknown): unknown => {
  if (Array.isArray(part)) return part.map(relaxPart)
  if (isKinded(part)) return relax(part)
  return isLiteralObject(part)
    ? Object.fromEntries(Object.entries(part).map(([key, value]) => [key, relaxPart(value)]))
    : part
}

const isKinded = (value: unknown): value is TSchema => typeof value === 'object' && value !== null && Kind in value

const isLiteralObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype
