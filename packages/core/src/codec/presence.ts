import { Kind, KindGuard, Type, TypeRegistry, type TSchema } from '@sinclair/typebox'
import { acceptsUndefined, DEFINED, isUndefinable } from '../schema/optional.js'
import type { Targets } from '../schema/targets.js'
import { both } from './both.js'

/** Registers the check of values that must not be `undefined`. */
export const registerDefined = (): void => TypeRegistry.Set(DEFINED, (_, value) => value !== undefined)

/** Returns whether a schema is the check of values that must not be `undefined`. */
export const isDefined = (schema: TSchema): boolean => schema[Kind] === DEFINED

/** Returns a schema that also rejects `undefined`. `given` is the schema of the contract that it replaces. */
export const defined = (given: TSchema, schema: TSchema): TSchema =>
  both(given, Type.Unsafe({ [Kind]: DEFINED }), schema)

/** Returns whether TypeBox would require properties that may be missing, or let required ones be missing. */
export const misjudgesMissing = (schema: TSchema): boolean =>
  KindGuard.IsObject(schema) &&
  (schema.required ?? []).some(name => {
    const property = schema.properties[name]
    return isUndefinable(property) || mayLack(property, NOTHING)
  })

/** Returns the schema of an object, changed so that exactly its required properties can't be missing. */
export const requiringDefined = (schema: TSchema, targets: Targets): TSchema => {
  if (!misjudgesMissing(schema)) return schema
  const properties: Record<string, TSchema> = { ...schema['properties'] }
  const names: readonly string[] = schema['required']
  for (const name of names) {
    const property = properties[name]
    if (mayLack(property, targets)) properties[name] = defined(property, property)
  }
  return { ...schema, properties, required: names.filter(name => !isUndefinable(properties[name])) }
}

/**
 * Returns whether TypeBox lets a required property be missing, because its schema accepts `undefined`, as a union with
 * `Type.Any()` does. It requires one whose schema is `Type.Any()` or `Type.Unknown()`.
 */
const mayLack = (property: TSchema | undefined, targets: Targets): property is TSchema =>
  property !== undefined &&
  !KindGuard.IsAny(property) &&
  !KindGuard.IsUnknown(property) &&
  !isUndefinable(property) &&
  acceptsUndefined(property, targets)

/** Without their targets, references count as schemas that accept `undefined`. */
const NOTHING: Targets = new Map()
