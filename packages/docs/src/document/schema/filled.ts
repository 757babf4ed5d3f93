import { KindGuard, type TSchema } from '@sinclair/typebox'
import { partsIn } from './parts.js'
import type { Place } from './place.js'

/** The schemas that references refer to, by name. */
type Targets = Place['scope']

/** Returns true if the server fills in a default for a missing value. */
export const isFilled = (schema: TSchema, { scope }: Pick<Place, 'scope'>): boolean => fills(schema, scope, new Set())

const fills = (schema: TSchema, scope: Targets, known: ReadonlySet<TSchema>): boolean => {
  if (schema['default'] !== undefined) return true
  if (known.has(schema)) return false
  const fillsToo = (part: TSchema, inside = scope): boolean => fills(part, inside, new Set([...known, schema]))
  if (KindGuard.IsUnion(schema)) return schema.anyOf.some(member => fillsToo(member))
  if (KindGuard.IsIntersect(schema)) return schema.allOf.some(member => fillsToo(member))
  if (KindGuard.IsRef(schema) || KindGuard.IsThis(schema)) {
    const target = scope.get(schema.$ref)
    return target !== undefined && fillsToo(target.schema)
  }
  if (!KindGuard.IsImport(schema)) return false
  const target: TSchema | undefined = schema.$defs[schema.$ref]
  return target !== undefined && fillsToo(target, targetsOf(schema.$defs))
}

const targetsOf = (definitions: Readonly<Record<string, TSchema>>): Targets =>
  new Map(Object.entries(definitions).map(([key, schema]) => [key, { schema, key }]))

/** Returns the number of items that a tuple has at least if the server fills in those at its end. */
export const leastItems = (items: readonly TSchema[], place: Place): number =>
  items.findLastIndex(item => !isFilled(item, place)) + 1

/** Returns true if a schema has, at any depth, a required property or an item that the server fills in. */
export const fillsRequired = (schema: unknown, place: Pick<Place, 'scope'>): boolean =>
  hasDefaults(schema) &&
  partsIn(schema).some(
    part =>
      (KindGuard.IsObject(part) &&
        part.required?.some(name => {
          const property = part.properties[name]
          return property !== undefined && isFilled(property, place)
        }) === true) ||
      (KindGuard.IsTuple(part) && part.items?.some(item => isFilled(item, place)) === true),
  )

/** The schemas without defaults and without references to others at any depth, which are not searched again. */
const plain = new WeakSet()

const hasDefaults = (schema: unknown): boolean => {
  const parts = partsIn(schema, plain)
  if (parts.some(part => part['default'] !== undefined || KindGuard.IsRef(part))) return true
  for (const part of parts) plain.add(part)
  return false
}
