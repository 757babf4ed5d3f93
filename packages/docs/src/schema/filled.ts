import { Kind, KindGuard, type TSchema } from '@sinclair/typebox'

/** Whether the server puts a default in the place of a property that is missing. */
export const isFilled = (property: TSchema): boolean => property['default'] !== undefined

/** Whether a schema has, at any depth, a required property that the server fills in. */
export const fillsRequired = (schema: unknown): boolean => {
  if (typeof schema !== 'object' || schema === null) return false
  if (KindGuard.IsObject(schema) && schema.required?.some(name => isFilled(schema.properties[name] ?? schema)))
    return true
  return partsOf(schema).some(fillsRequired)
}

/** The `$id`s in a schema, at any depth. */
export const idsIn = (schema: unknown): string[] => {
  if (typeof schema !== 'object' || schema === null) return []
  const own = KindGuard.IsSchema(schema) && schema.$id !== undefined ? [schema.$id] : []
  return [...own, ...partsOf(schema).flatMap(idsIn)]
}

const partsOf = (schema: object): unknown[] =>
  Object.entries(schema)
    // Among an object's properties, the same words are names.
    .filter(([keyword]) => !(Kind in schema && VALUES.has(keyword)))
    .map(([, part]) => part)

/** Keywords whose value is data, not a schema. */
const VALUES: ReadonlySet<string> = new Set(['default', 'examples', 'example', 'const', 'enum'])
