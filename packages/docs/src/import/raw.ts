import { isJson } from '../parse/json.js'
import { withParts } from '../parse/parts.js'
import type { Place, Writer } from './place.js'

/** Returns a schema without references, which raw JSON Schema can't contain. */
export const withoutReferences = (schema: unknown, place: Place, writer: Writer, areNames = false): unknown => {
  if (!areNames && isJson(schema) && typeof schema['$ref'] === 'string') {
    writer.note(place, `the reference to ${schema['$ref']} is left out`)
    return {}
  }
  return withParts(schema, areNames, part => withoutReferences(part.value, place, writer, part.areNames))
}
