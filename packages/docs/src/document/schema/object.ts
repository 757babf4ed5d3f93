import { KindGuard, PatternStringExact, type TObject, type TSchema, Type } from '@sinclair/typebox'
import type { Schema, SchemaObject } from '../../asyncapi/asyncapi-types.js'
import { throwDefinitionError } from '../../definition/definition-error.js'
import type { Registry, Translate } from './registry.js'
import { titled } from './titles.js'
import { isFilled } from './filled.js'
import { keywordsOf } from './keywords.js'
import { inside, type Place } from './place.js'

/** Writes an object: its properties in order, then the names of the required ones. */
export const createObject: Translate = (schema, registry, place) =>
  KindGuard.IsObject(schema)
    ? withProperties(schema, registry, titled(schema, place, registry), {})
    : keywordsOf(schema)

/** Writes a record: any names as `additionalProperties`, others by their pattern. */
export const createRecord: Translate = (schema, registry, place) => {
  if (!KindGuard.IsRecord(schema)) return keywordsOf(schema)
  const patterns: [string, TSchema][] = Object.entries(schema.patternProperties)
  const rest = createRest(schema, registry, place)
  const base = { ...keywordsOf(schema, 'patternProperties', 'additionalProperties') }
  const values = patterns.map(
    ([pattern, value]) => [pattern, registry.use(value, inside(place, `["${pattern}"]`, 'value'))] as const,
  )
  const [first] = values
  if (values.length === 1 && first?.[0] === PatternStringExact) return { ...base, additionalProperties: first[1] }
  return { ...base, patternProperties: Object.fromEntries(values), ...rest }
}

/** Creates an object with these properties. `keywords` come first. */
export const withProperties = (
  schema: TObject,
  registry: Registry,
  place: Place,
  keywords: SchemaObject,
): SchemaObject => {
  const properties: [string, Schema][] = []
  const required: string[] = []
  for (const [name, declared] of Object.entries(schema.properties)) {
    const at = inside(place, `.${name}`, name)
    const { property, maybeAbsent } = withoutUndefined(declared, at.path)
    const optional = maybeAbsent || KindGuard.IsOptional(declared) || (place.fills && isFilled(property, place))
    if (!optional) required.push(name)
    properties.push([name, registry.use(property, at)])
  }
  return {
    type: 'object',
    title: place.name,
    ...keywordsOf(schema, 'type', 'properties', 'required', 'additionalProperties', 'patternProperties'),
    ...keywords,
    properties: Object.fromEntries(properties),
    ...(required.length === 0 ? {} : { required }),
    ...createRest(schema, registry, place),
  }
}

const createRest = (schema: TSchema, registry: Registry, place: Place): SchemaObject => {
  const rest: unknown = schema['additionalProperties']
  if (rest === undefined) return {}
  const value = KindGuard.IsSchema(rest) ? registry.use(rest, inside(place, '.additionalProperties', 'value')) : rest
  return { additionalProperties: value }
}

/** Removes undefined from a property's schema, since JSON omits such properties. */
const withoutUndefined = (declared: TSchema, path: string): { property: TSchema; maybeAbsent: boolean } => {
  if (!KindGuard.IsUnion(declared)) return { property: declared, maybeAbsent: false }
  const property = definedPart(declared) ?? throwDefinitionError(path, "undefined can't be sent; omit the property")
  return { property, maybeAbsent: property !== declared }
}

/** Returns a schema without the members of unions that only accept undefined, or `undefined` if nothing is left. */
const definedPart = (schema: TSchema): TSchema | undefined => {
  if (KindGuard.IsUndefined(schema) || KindGuard.IsVoid(schema)) return undefined
  if (!KindGuard.IsUnion(schema)) return schema
  const members = schema.anyOf.map(definedPart)
  if (members.every((member, index) => member === schema.anyOf[index])) return schema
  const others = members.filter(member => member !== undefined)
  const { anyOf: _, ...said } = keywordsOf(schema)
  const [only] = others
  if (only === undefined) return undefined
  return others.length === 1 ? { ...only, ...said } : Type.Union(others, said)
}
