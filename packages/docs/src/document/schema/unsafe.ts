import { Kind, KindGuard } from '@sinclair/typebox'
import { throwDefinitionError } from '../../definition/definition-error.js'
import type { Registry, Translate } from './registry.js'
import { inDraft07, orNull } from './draft07.js'
import { titled } from './titles.js'
import { keywordsOf } from './keywords.js'
import { inside, type Place } from './place.js'

/** The keywords that hold schemas by name, whose keys are not keywords. */
const NAMED: ReadonlySet<string> = new Set(['properties', 'patternProperties', 'definitions', 'dependencies'])
/** The keywords whose value is data. */
const DATA: ReadonlySet<string> = new Set(['default', 'examples', 'const', 'enum', 'required'])

/** Writes raw JSON Schema (`Type.Unsafe`, or a kind of the application) in the document's dialect. */
export const createUnsafe: Translate = (schema, registry, place) => {
  const said = keywordsOf(schema)
  if (Object.keys(said).length === 0 && schema[Kind] !== 'Unsafe') {
    throwDefinitionError(
      place.path,
      `the kind "${String(schema[Kind])}" has no JSON Schema keywords; add some that describe its values`,
    )
  }
  const written = write(schema, registry, place)
  // TypeBox accepts every value for raw JSON Schema.
  registry.claim(written, place.path)
  return written
}

const write = (schema: object, registry: Registry, place: Place): Record<string, unknown> => {
  const reference: unknown = Reflect.get(schema, '$ref')
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
