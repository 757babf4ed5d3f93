import { KindGuard, type TSchema } from '@sinclair/typebox'
import { partsIn } from './parts.js'
import type { Place } from './place.js'

/** Whether the server puts a default in the place of a value that is missing. */
export const isFilled = (schema: TSchema, place: Place): boolean => targetOf(schema, place)['default'] !== undefined

const targetOf = (schema: TSchema, place: Place): TSchema => {
  if (schema['default'] !== undefined) return schema
  if (KindGuard.IsRef(schema)) return place.scope.get(schema.$ref)?.schema ?? schema
  if (KindGuard.IsImport(schema)) return schema.$defs[schema.$ref] ?? schema
  return schema
}

/** Whether a schema has, at any depth, a required property that the server fills in. */
export const fillsRequired = (schema: unknown): boolean =>
  partsIn(schema).some(
    part =>
      KindGuard.IsObject(part) &&
      part.required?.some(name => part.properties[name]?.['default'] !== undefined) === true,
  )
