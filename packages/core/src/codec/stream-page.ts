import { Type, type TObject, type TSchema } from '@sinclair/typebox'

/** Returns the schema of the pages of a stream, as they are sent. */
export const pageOf = (item: TSchema, final: TSchema | undefined): TObject =>
  Type.Object({
    items: Type.Array(item),
    next: Type.Optional(Type.String()),
    lastEventId: Type.Optional(Type.String()),
    ...(final === undefined ? {} : { value: Type.Optional(final) }),
  })
