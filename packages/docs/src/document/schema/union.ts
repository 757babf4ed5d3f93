import { KindGuard, type TLiteral, type TSchema } from '@sinclair/typebox'
import type { Schema, SchemaObject } from '../../asyncapi/asyncapi-types.js'
import type { Translate } from './registry.js'
import { titled } from './titles.js'
import { discriminatorOf, literalOf } from './discriminator.js'
import { keywordsOf } from './keywords.js'
import { inside, type Place } from './place.js'

/** Writes a union: an enum of literals, a list of types if one is null, otherwise its members. */
export const createUnion: Translate = (schema, registry, place) => {
  if (!KindGuard.IsUnion(schema)) return keywordsOf(schema)
  const said = keywordsOf(schema, 'anyOf')
  const members = flatten(schema.anyOf)
  const values = members.filter(member => !KindGuard.IsNull(member))
  const nullable = values.length < members.length

  if (values.length > 0 && values.every(KindGuard.IsLiteral))
    return createEnum(values, nullable, titled(schema, place, registry), said)
  const [only] = values
  if (nullable && values.length === 1 && only !== undefined) {
    return orNull(registry.use(only, { ...place, name: schema.title ?? place.name, isNamed: false }), said)
  }
  const key = discriminatorOf(values, place)
  const keyword = key === undefined ? 'anyOf' : 'oneOf'
  const at = keyword === 'oneOf' ? titled(schema, place, registry) : { ...place, name: schema.title ?? place.name }
  const written = values.map((member, index) => {
    const name = key === undefined ? `option${index + 1}` : String(literalOf(member, key, place))
    return registry.use(member, inside(at, `.anyOf[${index}]`, name))
  })
  return {
    ...(keyword === 'oneOf' ? { title: at.name } : {}),
    ...said,
    [keyword]: nullable ? [...written, { type: 'null' }] : written,
  }
}

// Nested unions are flattened unless they have annotations or a name.
const flatten = (members: readonly TSchema[]): readonly TSchema[] =>
  members.flatMap(member =>
    KindGuard.IsUnion(member) && Object.keys(member).length === 1 ? flatten(member.anyOf) : [member],
  )

const createEnum = (values: readonly TLiteral[], nullable: boolean, place: Place, said: SchemaObject): SchemaObject => {
  const types = [...new Set(values.map(({ const: value }) => typeOf(value)))]
  if (nullable) types.push('null')
  const [type] = types
  return {
    type: types.length === 1 ? type : types,
    title: place.name,
    ...said,
    enum: [...new Set(values.map(({ const: value }) => value)), ...(nullable ? [null] : [])],
  }
}

const typeOf = (value: unknown): string => (Number.isInteger(value) ? 'integer' : typeof value)

/** Returns a written schema or null, with these keywords. */
export const orNull = (schema: Schema, said: SchemaObject = {}): SchemaObject => {
  if ('$ref' in schema) return { ...said, anyOf: [schema, { type: 'null' }] }
  const { type, enum: values } = schema
  if (type === 'object' || type === 'array' || typeof type !== 'string' || 'const' in schema) {
    return { ...said, anyOf: [schema, { type: 'null' }] }
  }
  return { ...schema, ...said, type: [type, 'null'], ...(Array.isArray(values) ? { enum: [...values, null] } : {}) }
}
