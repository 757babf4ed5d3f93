import { isJson, type Json, listOf } from '../parse/json.js'
import { lookUp } from '../parse/reference.js'

/** Whether all that a schema takes is text, as a parameter in a name is. `within` are references that led here. */
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
