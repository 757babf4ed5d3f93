import { Kind, TransformKind, Type, type TSchema } from '@sinclair/typebox'

/** Marks an intersection that replaces one schema of the contract. */
const BOTH = Symbol('ackwire:both')

/**
 * Returns a schema that matches what all others match. It takes over the `$id` of the schema it replaces, since
 * references lead to it.
 */
export const both = ({ $id }: TSchema, ...parts: readonly TSchema[]): TSchema => {
  const allOf = parts.map(bare)
  return Type.Unsafe({ [Kind]: 'Intersect', allOf, [BOTH]: true, ...($id === undefined ? {} : { $id }) })
}

/** Returns whether a schema is an intersection that replaces one schema of the contract. */
export const isBoth = (schema: TSchema): boolean => BOTH in schema

/**
 * Returns a copy of a schema without `$id` and transform: an intersection may not contain a transform, and a check has
 * no use for it.
 */
const bare = (schema: TSchema): TSchema => {
  const copy = { ...schema }
  delete copy.$id
  Reflect.deleteProperty(copy, TransformKind)
  return copy
}
