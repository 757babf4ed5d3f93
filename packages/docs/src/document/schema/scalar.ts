import type { SchemaObject } from '../../asyncapi/asyncapi-types.js'
import { throwDefinitionError } from '../../definition/definition-error.js'
import type { Translate } from './registry.js'
import { keywordsOf } from './keywords.js'

/** A kind whose own output is draft-07 already, and that has no parts. */
export const createScalar: Translate = schema => keywordsOf(schema)

/** A date travels as text. Its own keywords count milliseconds, which no validator of text knows. */
export const createDate: Translate = schema => ({
  type: 'string',
  format: 'date-time',
  ...extended(schema, 'Timestamp'),
})

/** Bytes travel as an attachment; generators know this spelling. */
export const createBinary: Translate = schema => ({
  type: 'string',
  format: 'binary',
  contentMediaType: 'application/octet-stream',
  ...extended(schema, 'ByteLength'),
})

/** TypeBox's regular expression is text with a pattern. */
export const createRegExp: Translate = schema => {
  const { source, flags } = schema
  return {
    type: 'string',
    pattern: String(source),
    ...(flags ? { 'x-pattern-flags': String(flags) } : {}),
    ...keywordsOf(schema, 'type', 'source', 'flags'),
  }
}

/** What no peer could send. */
export const throwForKind: Translate = (schema, _registry, place) =>
  throwDefinitionError(
    place.path,
    `${String(schema['type'] ?? 'this type')} can't be documented because it can't be sent; use Type.Optional on a property, or Type.Null`,
  )

/** TypeBox's own keywords get the prefix that marks an extension. */
const extended = (schema: Parameters<Translate>[0], suffix: string): SchemaObject =>
  Object.fromEntries(
    Object.entries(keywordsOf(schema, 'type')).map(([keyword, value]) => [
      keyword.endsWith(suffix) ? `x-${keyword}` : keyword,
      value,
    ]),
  )
