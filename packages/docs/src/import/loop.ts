import { isJson, type Json, listOf } from '../parse/json.js'
import { lookUp } from '../parse/reference.js'

/** Returns true if a pointer leads back to itself without a nested value in between. */
export const isLoop = (document: Json, pointer: string): boolean => {
  const seen = new Set<string>()
  const leadsBack = (schema: unknown): boolean => {
    if (!isJson(schema)) return false
    const { $ref, allOf, anyOf, oneOf, not } = schema
    if ($ref === pointer) return true
    if (typeof $ref === 'string') {
      if (seen.has($ref)) return false
      seen.add($ref)
      return leadsBack(lookUp(document, $ref))
    }
    return [...listOf(allOf), ...listOf(anyOf), ...listOf(oneOf), not].some(leadsBack)
  }
  return leadsBack(lookUp(document, pointer))
}
