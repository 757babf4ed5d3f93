import { Type, type TObject, type TSchema } from '@sinclair/typebox'

/** The schema of a stream's pages, as the wire has them. */
export const pageOf = (item: TSchema, final: TSchema | undefined): TObject =>
  Type.Object({
    items: Type.Array(item),
    next: Type.Optional(Type.String()),
    lastEventId: Type.Optional(Type.String()),
    ...(final === undefined ? {} : { value: Type.Optional(final) }),
  })
