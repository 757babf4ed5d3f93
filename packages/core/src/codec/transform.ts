import { KindGuard, type TSchema } from '@sinclair/typebox'
import { TransformDecode, TransformEncode } from '@sinclair/typebox/value'
import { refersBack, some } from '../schema.js'
import { recallOf } from './recall.js'
import type { Rewrite } from './rewrite.js'
import type { Checker } from './validator.js'

/** Turns a value that fits the schema into what the application works with; `undefined` where that is the same. */
export const decodeOf = (schema: TSchema, checker: Checker): Rewrite | undefined => {
  if (!some(schema, KindGuard.IsTransform)) return undefined
  if (!refersBack(schema)) return value => TransformDecode(schema, [], value)
  const recall = recallOf(checker)
  const closed = recall.closed(schema)
  return value => {
    recall.forget()
    return TransformDecode(closed, [], value)
  }
}

/** Turns what the application works with into what travels, which is yet to be checked; `undefined` where that is the same. */
export const encodeOf = (schema: TSchema): Rewrite | undefined =>
  some(schema, KindGuard.IsTransform) ? value => TransformEncode(schema, [], value) : undefined
