import { OptionalKind, type TSchema } from '@sinclair/typebox'

/** Returns whether a schema was made with `Type.Optional`. */
export const isOptional = (schema: TSchema | undefined): boolean => schema?.[OptionalKind] === 'Optional'
