import { isJson, type Json } from './json.js'
import { resolved } from './reference.js'

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
]

/** Returns the payload of a message as JSON Schema, or a note why it can't be read. */
export const payloadOf = (
  document: Json,
  message: Json,
): { readonly payload: unknown; readonly note: string | undefined } => {
  const { payload, schemaFormat } = message
  const object = resolved(document, payload)
  const isWrapped = 'schemaFormat' in object && 'schema' in object
  const format = isWrapped ? object['schemaFormat'] : schemaFormat
  if (format !== undefined && !/asyncapi|schema\+(json|yaml)|application\/schema|openapi/.test(String(format))) {
    return { payload: {}, note: `the payload is written as ${String(format)}, not as JSON Schema` }
  }
  return { payload: isWrapped ? object['schema'] : payload, note: undefined }
}

/** Returns true for the schema that Python projects write for untyped handlers. It leaves even the number of arguments open. */
export const isUnspecified = (document: Json, schema: unknown): boolean => {
  const target = resolved(document, schema)
  return (
    isJson(schema) &&
    target['description'] === 'Specification is not provided' &&
    Object.keys(target).every(key => key === 'description' || key === 'deprecated')
  )
}
