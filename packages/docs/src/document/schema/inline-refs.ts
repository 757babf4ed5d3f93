import type { Schema, SchemaObject } from '../../asyncapi/asyncapi-types.js'

/** Makes a schema self-contained. */
export type Resolve = (schema: Schema) => SchemaObject

const COMPONENT = '#/components/schemas/'

/**
 * Creates a function that replaces references by the schemas they refer to, so that a schema needs no document. A schema that
 * contains itself can't be inlined: it goes to the schema's own `definitions`, and is referred to there.
 */
export const resolver = (components: ReadonlyMap<string, SchemaObject>): Resolve => {
  const keyOf = (part: object): string | undefined => {
    const reference: unknown = Reflect.get(part, '$ref')
    if (typeof reference !== 'string' || !reference.startsWith(COMPONENT)) return undefined
    const key = reference.slice(COMPONENT.length)
    return components.has(key) ? key : undefined
  }
  const recursive = new Set([...components.keys()].filter(key => reaches(key, key)))

  function reaches(from: string, to: string): boolean {
    const seen = new Set<string>()
    const visit = (part: unknown): boolean => {
      if (typeof part !== 'object' || part === null) return false
      const key = keyOf(part)
      if (key === to) return true
      if (key === undefined) return Object.values(part).some(visit)
      if (seen.has(key)) return false
      seen.add(key)
      return visit(components.get(key))
    }
    return visit(components.get(from))
  }

  return schema => {
    const definitions = new Map<string, unknown>()
    const written = (part: unknown): unknown => {
      if (Array.isArray(part)) return part.map(written)
      if (typeof part !== 'object' || part === null) return part
      const key = keyOf(part)
      if (key === undefined)
        return Object.fromEntries(Object.entries(part).map(([name, inner]) => [name, written(inner)]))
      if (!recursive.has(key)) return written(components.get(key))
      if (!definitions.has(key)) {
        // Registered before it is written, because it contains itself.
        definitions.set(key, undefined)
        definitions.set(key, written(components.get(key)))
      }
      return { $ref: `#/definitions/${key}` }
    }
    const alone = Object(written(schema))
    return definitions.size === 0 ? alone : { ...alone, definitions: Object.fromEntries(definitions) }
  }
}
