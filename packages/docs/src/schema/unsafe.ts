import { Kind, KindGuard } from '@sinclair/typebox'
import { refuse } from '../definition.js'
import type { Registry, Translate } from '../registry.js'
import { keywordsOf } from './keywords.js'
import { inside, type Place } from './place.js'

/** Keywords that hold schemas by name, and so can't be taken for keywords themselves. */
const NAMED: ReadonlySet<string> = new Set(['properties', 'patternProperties', 'definitions', 'dependencies'])
/** Keywords whose value is data. */
const DATA: ReadonlySet<string> = new Set(['default', 'examples', 'example', 'const', 'enum', 'required'])

/** JSON Schema by hand (`Type.Unsafe`, or a kind of the application's own): as given, in the dialect of the document. */
export const createUnsafe: Translate = (schema, registry, place) => {
  const said = keywordsOf(schema)
  if (Object.keys(said).length === 0 && schema[Kind] !== 'Unsafe') {
    refuse(place.path, `the kind "${String(schema[Kind])}" says nothing about its values; give it JSON Schema keywords`)
  }
  return write(schema, registry, place)
}

const write = (schema: object, registry: Registry, place: Place): Record<string, unknown> => {
  const said = Object.entries(
    keywordsOf({ ...schema, [Kind]: 'Unsafe', params: [], static: undefined }, 'params', 'static'),
  )
  const reference: unknown = Reflect.get(schema, '$ref')
  if (reference !== undefined) {
    refuse(place.path, `$ref ${JSON.stringify(reference)} leads out of the document; put the schema in its place`)
  }
  const written = said.map(([keyword, value]) => [
    keyword,
    part(keyword, Reflect.get(schema, keyword) ?? value, registry, place),
  ])
  const result: Record<string, unknown> = Object.fromEntries(written)
  return Reflect.get(schema, 'nullable') === true ? orNull(result) : result
}

const part = (keyword: string, value: unknown, registry: Registry, place: Place): unknown => {
  if (DATA.has(keyword) || typeof value !== 'object' || value === null) return value
  const each = (schema: unknown, step: string): unknown => {
    const at = inside(place, step, '')
    if (typeof schema !== 'object' || schema === null) return schema
    return KindGuard.IsSchema(schema) ? registry.use(schema, at) : write(schema, registry, at)
  }
  if (Array.isArray(value)) return value.map((member: unknown, index) => each(member, `.${keyword}[${index}]`))
  if (!NAMED.has(keyword)) return each(value, `.${keyword}`)
  return Object.fromEntries(Object.entries(value).map(([name, schema]) => [name, each(schema, `.${name}`)]))
}

/** OpenAPI's `nullable` as draft-07 says it. */
const orNull = (schema: Record<string, unknown>): Record<string, unknown> => {
  const { type, enum: values } = schema
  if (type === undefined) return { anyOf: [schema, { type: 'null' }] }
  return {
    ...schema,
    type: [...new Set([type, 'null'].flat())],
    ...(Array.isArray(values) && !values.includes(null) ? { enum: [...values, null] } : {}),
  }
}
