import type { SchemaObject } from '../../asyncapi/asyncapi-types.js'
import { throwDefinitionError } from '../../definition/definition-error.js'
import type { Translate } from './registry.js'
import { keywordsOf } from './keywords.js'
import { titled } from './titles.js'

/** Writes a kind whose JSON Schema is valid draft-07 and which has no parts. */
export const createScalar: Translate = schema => keywordsOf(schema)

/** Writes a constant. A string is an `enum` of one, which more generators of code understand than `const`. */
export const createLiteral: Translate = (schema, registry, place) => {
  const { type, const: value, ...said } = keywordsOf(schema)
  if (typeof value !== 'string') return keywordsOf(schema)
  return {
    ...(type === undefined ? {} : { type }),
    title: titled(schema, place, registry).name,
    ...said,
    enum: [value],
  }
}

/** Writes a string. Draft-07 has no keyword for its length in bytes. */
export const createString: Translate = schema => extended(schema, 'ByteLength')

/** Writes a date, which is sent as a string. Its own keywords count milliseconds, which no validator of strings knows. */
export const createDate: Translate = schema => ({
  type: 'string',
  format: 'date-time',
  ...extended(schema, 'Timestamp', 'type'),
})

/** Writes bytes, which are sent as an attachment, in the form that generators know. */
export const createBinary: Translate = schema => ({
  type: 'string',
  format: 'binary',
  contentMediaType: 'application/octet-stream',
  ...extended(schema, 'ByteLength', 'type'),
})

/** Writes TypeBox's regular expression as a string with a pattern. */
export const createRegExp: Translate = schema => {
  const { source, flags } = schema
  return {
    type: 'string',
    pattern: String(source),
    ...(flags ? { 'x-pattern-flags': String(flags) } : {}),
    ...keywordsOf(schema, 'type', 'source', 'flags'),
  }
}

/** Throws for a kind that can't be sent. */
export const throwForKind: Translate = (schema, _registry, place) =>
  throwDefinitionError(
    place.path,
    `${String(schema['type'] ?? 'this type')} can't be documented because it can't be sent; use Type.Optional on a property, or Type.Null`,
  )

/** Prefixes TypeBox's own keywords as extensions. */
const extended = (schema: Parameters<Translate>[0], suffix: string, ...written: readonly string[]): SchemaObject =>
  Object.fromEntries(
    Object.entries(keywordsOf(schema, ...written)).map(([keyword, value]) => [
      keyword.endsWith(suffix) ? `x-${keyword}` : keyword,
      value,
    ]),
  )
