import { Kind, KindGuard, Type, type TArray, type TSchema } from '@sinclair/typebox'

/** Marks what a list must not be, by the number of contained items that it may have. */
const MOST = Symbol('ackwire:most')

/**
 * Returns whether TypeBox counts contained items in another way than JSON Schema: it requires at least one whatever
 * `minContains` says, and rejects every list where bounds have no `contains`.
 */
export const miscountsContained = (schema: TSchema): schema is TArray =>
  KindGuard.IsArray(schema) &&
  (schema.minContains === 0 ||
    (schema.contains === undefined && (schema.minContains !== undefined || schema.maxContains !== undefined)))

/** Returns schemas that together count the contained items of a list as JSON Schema does. */
export const countingContained = (schema: TArray): readonly TSchema[] => {
  const { contains, minContains: _, maxContains: most, ...list } = schema
  if (contains === undefined || most === undefined) return [list as TSchema] // Only optional keywords are removed.
  const tooMany = Type.Array(Type.Unknown(), { contains, minContains: most + 1 })
  return [list as TSchema, Type.Unsafe({ [Kind]: 'Not', not: tooMany, [MOST]: most })]
}

/** Returns the message for a list that contains too many items; `undefined` for any other schema. */
export const containedMessage = (schema: TSchema): string | undefined =>
  MOST in schema ? `Expected array to contain no more than ${String(schema[MOST])} matching values` : undefined
