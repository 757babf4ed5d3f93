import { isJson, type Json, listOf } from '../parse/json.js'
import { lookUp } from '../parse/reference.js'

/** Returns true if a schema accepts strings only, like a parameter of a name. `within` are the references followed so far. */
export const isText = (schema: unknown, document: Json, within: readonly string[] = []): boolean => {
  if (!isJson(schema) || schema['nullable'] === true || schema['format'] === 'binary') return false
  const { $ref, allOf, enum: values, type } = schema
  if (typeof $ref === 'string')
    return !within.includes($ref) && isText(lookUp(document, $ref), document, [...within, $ref])
  if ('const' in schema) return typeof schema['const'] === 'string'
  if (Array.isArray(values)) return values.length > 0 && values.every(value => typeof value === 'string')
  const members = listOf(schema['anyOf'] ?? schema['oneOf'])
  if (members.length > 0) return members.every(member => isText(member, document, within))
  return type === 'string' || listOf(allOf).some(member => isText(member, document, within))
}
