import { foreignOf } from '@ackwire/core/internal'
import { Kind, KindGuard, type TRef } from '@sinclair/typebox'
import { throwDefinitionError } from '../../definition/definition-error.js'
import type { Registry, Translate } from './registry.js'
import { inDraft07, orNull } from './draft07.js'
import { titled } from './titles.js'
import { keywordsOf } from './keywords.js'
import { inside, type Place } from './place.js'
import { rootOf, targetOf } from './local-refs.js'

/** The keywords that hold schemas by name, whose keys are not keywords. */
const NAMED: ReadonlySet<string> = new Set(['properties', 'patternProperties', 'definitions', 'dependencies'])
/** The keywords whose value is data. */
const DATA: ReadonlySet<string> = new Set(['default', 'examples', 'const', 'enum', 'required'])

/**
 * Writes raw JSON Schema (`Type.Unsafe`, a kind of the application, or a schema of another library) in the document's dialect. Its
 * definitions become components.
 */
export const createUnsafe: Translate = (schema, registry, place) => {
  const raw = foreignOf(schema)?.json ?? schema
  const said = keywordsOf(raw)
  if (Object.keys(said).length === 0 && schema[Kind] !== 'Unsafe' && raw === schema) {
    throwDefinitionError(
      place.path,
      `the kind "${String(schema[Kind])}" has no JSON Schema keywords; add some that describe its values`,
    )
  }
  const written = write(raw, registry, { ...place, root: rootOf(schema, raw) })
  // TypeBox accepts every value for raw JSON Schema.
  registry.claim(written, place.path)
  return written
}

const write = (schema: object, registry: Registry, place: Place): Record<string, unknown> => {
  const reference: unknown = Reflect.get(schema, '$ref')
  const target = typeof reference === 'string' ? targetOf(reference, registry, place) : undefined
  if (target !== undefined) {
    const scope = new Map(place.scope).set(String(reference), target)
    return { ...registry.use({ ...schema, [Kind]: 'Ref' } as TRef, { ...place, scope }) }
  }
  if (reference !== undefined) {
    throwDefinitionError(
      place.path,
      `$ref ${JSON.stringify(reference)} leads out of the document; put the schema in its place`,
    )
  }
  const given = inDraft07(schema)
  // Generators create a type for each of these, which needs a name.
  const isType = typeof given['properties'] === 'object' || Array.isArray(given['enum'])
  const at = isType ? titled(given, place, registry) : place
  const said = Object.entries(keywordsOf(isType ? { title: at.name, ...given } : given)).map(([keyword, value]) =>
    DATA.has(keyword) || keyword.startsWith('x-')
      ? [keyword, value]
      : [keyword, part(keyword, given[keyword] ?? value, registry, at)],
  )
  const written: Record<string, unknown> = Object.fromEntries(said)
  return given['nullable'] === true ? orNull(written) : written
}

const part = (keyword: string, value: unknown, registry: Registry, place: Place): unknown => {
  if (typeof value !== 'object' || value === null) return value
  const each = (schema: unknown, step: string, name: string): unknown => {
    const at = inside(place, step, name)
    // A list names the properties that another requires.
    if (typeof schema !== 'object' || schema === null || Array.isArray(schema)) return schema
    return KindGuard.IsSchema(schema) ? registry.use(schema, at) : write(schema, registry, at)
  }
  if (Array.isArray(value)) {
    return value.map((member: unknown, index) => each(member, `.${keyword}[${index}]`, `${keyword}${index + 1}`))
  }
  if (!NAMED.has(keyword)) return each(value, `.${keyword}`, keyword === 'items' ? 'item' : keyword)
  return Object.fromEntries(Object.entries(value).map(([name, schema]) => [name, each(schema, `.${name}`, name)]))
}
