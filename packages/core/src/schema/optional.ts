import { KindGuard, OptionalKind, type TSchema } from '@sinclair/typebox'

/** Returns whether a schema was made with `Type.Optional`. */
export const isOptional = (schema: TSchema | undefined): boolean => schema?.[OptionalKind] === 'Optional'

/** Returns whether a property may be missing: JSON leaves out a property that is `undefined`. */
export const mayBeMissing = (property: TSchema): boolean => isOptional(property) || isUndefinable(property)

/** Returns whether a schema is a union with `Type.Undefined` or `Type.Void`. */
export const isUndefinable = (schema: TSchema | undefined): boolean =>
  KindGuard.IsUnion(schema) && schema.anyOf.some(member => KindGuard.IsUndefined(member) || KindGuard.IsVoid(member))
