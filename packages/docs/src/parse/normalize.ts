import { canonical, isJson, type Json, jsonOf, listOf, textOf } from './json.js'
import { FOREIGN, isReference, withParts } from './parts.js'
import { createResolve, escape, nameOf, sectionIn } from './reference.js'

/** Returns true for the formats of JSON Schema, of AsyncAPI's Schema Object and of OpenAPI's. */
export const isJsonSchemaFormat = (format: unknown): boolean =>
  /asyncapi|schema\+(json|yaml)|application\/schema|openapi/.test(String(format))

/** Returns the schema that stands for one in another language. */
export const foreignSchema = (document: Json, format: unknown, schema: unknown): Json => ({
  [FOREIGN]: { format: String(format), schema: createResolve(document)(schema).value ?? schema },
})

/**
 * Rewrites what can be said in several ways, so that readers need to know only one: a Multi Format Schema Object becomes its schema,
 * names in another place are taken from there, and a security scheme inside an operation or a server becomes one of the components.
 */
export const normalizeDocument = (document: Json): Json => withNamedSchemes(withPlainSchemas(document))

const withPlainSchemas = (document: Json): Json => {
  const known = [new Map<unknown, unknown>(), new Map<unknown, unknown>()] as const
  const rewrite = (value: unknown, areNames: boolean): unknown => {
    if (typeof value !== 'object' || value === null) return value
    const memory = known[areNames ? 1 : 0]
    if (!memory.has(value)) memory.set(value, rewritten(value, areNames))
    return memory.get(value)
  }
  const rewritten = (value: object, areNames: boolean): unknown => {
    if (!areNames && isMultiFormat(value)) {
      const { schemaFormat, schema } = value
      return isJsonSchemaFormat(schemaFormat) ? rewrite(schema, false) : foreignSchema(document, schemaFormat, schema)
    }
    const names = areNames && isReference(value, true) ? createResolve(document)(value).value : undefined
    if (isJson(names)) return rewrite(names, true)
    return withParts(value, areNames, part => rewrite(part.value, part.areNames))
  }
  return jsonOf(rewrite(document, false))
}

const isMultiFormat = (value: unknown): value is Json =>
  isJson(value) && typeof value['schemaFormat'] === 'string' && 'schema' in value && !('payload' in value)

/** The sections of a document whose entries have security requirements. */
const SECURED = ['servers', 'operations']

const withNamedSchemes = (document: Json): Json => {
  if (textOf(document['asyncapi'])?.startsWith('2') === true) return document
  const components = sectionIn(document, document, 'components')
  const schemes = new Map(Object.entries(sectionIn(document, components, 'securitySchemes')))
  const count = schemes.size
  const named = (requirement: unknown): unknown => {
    const content = createResolve(document)(requirement).value
    if (!isJson(content) || typeof content['type'] !== 'string') return requirement
    const name = nameFor(requirement, content, schemes)
    schemes.set(name, schemes.get(name) ?? content)
    const $ref = `#/components/securitySchemes/${escape(name)}`
    return jsonOf(requirement)['$ref'] === $ref ? requirement : { $ref }
  }
  const sections = SECURED.map(key => {
    const entries = Object.entries(sectionIn(document, document, key)).map(([name, value]) => {
      const owner = createResolve(document)(value).value
      if (!isJson(owner) || !Array.isArray(owner['security'])) return [name, value] as const
      return [name, { ...owner, security: listOf(owner['security']).map(named) }] as const
    })
    return [key, Object.fromEntries(entries)] as const
  })
  if (schemes.size === count) return document
  return {
    ...document,
    ...Object.fromEntries(sections.filter(([, entries]) => Object.keys(entries).length > 0)),
    components: { ...components, securitySchemes: Object.fromEntries(schemes) },
  }
}

/** Returns the name of a scheme: that of an equal one, that of its reference, or one made of what it is. */
const nameFor = (requirement: unknown, content: Json, schemes: ReadonlyMap<string, unknown>): string => {
  const isEqual = (known: unknown): boolean => canonical(known) === canonical(content)
  const equal = [...schemes].find(([, known]) => isEqual(known))?.[0]
  const { name, scheme, type } = content
  const word = nameOf(requirement) ?? [scheme, name, type].map(textOf).find(text => text !== undefined) ?? 'scheme'
  if (equal !== undefined && (nameOf(requirement) ?? equal) === equal) return equal
  const start = word.replaceAll(/[^\w.-]/g, '_') || 'scheme'
  let result = start
  for (let index = 2; schemes.has(result) && !isEqual(schemes.get(result)); index++) result = `${start}${index}`
  return result
}
