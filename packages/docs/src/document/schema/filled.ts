import { KindGuard, type TSchema } from '@sinclair/typebox'
import { partsIn } from './parts.js'
import type { Place } from './place.js'

/** Returns true if the server fills in a default for a missing value. */
export const isFilled = (schema: TSchema, place: Place): boolean => targetOf(schema, place)['default'] !== undefined

const targetOf = (schema: TSchema, place: Place): TSchema => {
  if (schema['default'] !== undefined) return schema
  if (KindGuard.IsRef(schema)) return place.scope.get(schema.$ref)?.schema ?? schema
  if (KindGuard.IsImport(schema)) return schema.$defs[schema.$ref] ?? schema
  return schema
}

/** Returns true if a schema has, at any depth, a required property that the server fills in. */
export const fillsRequired = (schema: unknown): boolean =>
  partsIn(schema).some(
    part =>
      KindGuard.IsObject(part) &&
      part.required?.some(name => part.properties[name]?.['default'] !== undefined) === true,
  )
