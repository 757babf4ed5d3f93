import type { TSchema } from '@sinclair/typebox'
import { HasTransform, TransformDecode, TransformEncode } from '@sinclair/typebox/value'
import type { Rewrite } from './rewrite.js'

/** Turns a value that fits the schema into what the application works with; `undefined` where that is the same. */
export const decodeOf = (schema: TSchema): Rewrite | undefined =>
  HasTransform(schema, []) ? value => TransformDecode(schema, [], value) : undefined

/** Turns what the application works with into what travels, which is yet to be checked; `undefined` where that is the same. */
export const encodeOf = (schema: TSchema): Rewrite | undefined =>
  HasTransform(schema, []) ? value => TransformEncode(schema, [], value) : undefined
