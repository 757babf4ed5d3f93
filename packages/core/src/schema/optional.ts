import { OptionalKind, type TSchema } from '@sinclair/typebox'

/** Whether a schema was made by `Type.Optional`, so that what it stands for may be left out. */
export const isOptional = (schema: TSchema | undefined): boolean => schema?.[OptionalKind] === 'Optional'
