import { isJson, type Json, jsonOf } from './json.js'
import { foreignSchema, isJsonSchemaFormat } from './normalize.js'
import { FOREIGN } from './parts.js'
import { MISSING, resolved } from './reference.js'

/** The keys of a message that are read, or that only name it. */
export const MESSAGE: readonly string[] = [
  'messageId',
  'contentType',
  'name',
  'title',
  'summary',
  'description',
  'tags',
  'externalDocs',
  'payload',
  'examples',
  'schemaFormat',
  'deprecated',
  'security',
  'x-ack',
  'x-deprecated',
  'x-socketio',
  'x-handler',
  MISSING,
]

/** Returns the payload of a message as JSON Schema, or a note why it is another. */
export const payloadOf = (
  document: Json,
  message: Json,
): { readonly payload: unknown; readonly note: string | undefined } => {
  const { payload = undefined, schemaFormat } = message
  if (payload === null) return { payload: undefined, note: undefined }
  const object = resolved(document, payload)
  // A normalized document has the format in the schema; the page reads others as they are.
  const isWrapped = 'schemaFormat' in object && 'schema' in object
  const { format: known, schema } = isWrapped
    ? { format: object['schemaFormat'], schema: object['schema'] }
    : { format: jsonOf(object[FOREIGN])['format'] ?? schemaFormat, schema: payload }
  if (payload === undefined || known === undefined || isJsonSchemaFormat(known))
    return { payload: schema, note: undefined }
  return {
    payload: isJson(object[FOREIGN]) ? object : foreignSchema(document, known, schema),
    note: `the payload is written as ${String(known)}, not as JSON Schema`,
  }
}

/** Returns a payload in another language than JSON Schema as one that has been noted. */
export const asNoted = (payload: unknown): Json => ({
  [FOREIGN]: { ...jsonOf(jsonOf(payload)[FOREIGN]), isNoted: true },
})

/** Returns true for the schema that Python projects write for untyped handlers. It leaves even the number of arguments open. */
export const isUnspecified = (document: Json, schema: unknown): boolean => {
  const target = resolved(document, schema)
  return (
    isJson(schema) &&
    target['description'] === 'Specification is not provided' &&
    Object.keys(target).every(key => key === 'description' || key === 'deprecated')
  )
}
