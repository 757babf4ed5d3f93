import { isJson, type Json, listOf } from '../parse/json.js'
import { lookUp } from '../parse/reference.js'

/**
 * Returns true if a schema has binary data in it, which no handshake carries, except as one of several members of a union. `within`
 * are the references followed so far.
 */
export const hasBinary = (schema: unknown, document: Json, within: readonly string[] = []): boolean => {
  if (!isJson(schema)) return false
  if (schema['format'] === 'binary') return schema['nullable'] !== true
  const { $ref, allOf, items, prefixItems, properties, patternProperties, additionalProperties } = schema
  if (typeof $ref === 'string')
    return !within.includes($ref) && hasBinary(lookUp(document, $ref), document, [...within, $ref])
  const has = (part: unknown): boolean => hasBinary(part, document, within)
  const members = listOf(schema['anyOf'] ?? schema['oneOf'])
  if (members.length > 0 && members.every(has)) return true
  const named = [properties, patternProperties].flatMap(parts => (isJson(parts) ? Object.values(parts) : []))
  return [...named, ...listOf(allOf), ...listOf(items), ...listOf(prefixItems), items, additionalProperties].some(has)
}
