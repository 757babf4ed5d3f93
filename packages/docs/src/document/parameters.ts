import { KindGuard, type TSchema } from '@sinclair/typebox'
import type { ParameterObject } from '../asyncapi/channel-types.js'
import { objectOf } from '../definition/definition-error.js'
import { pascal } from '../asyncapi/identifiers.js'
import type { Registry } from './schema/registry.js'
import { createPlace } from './schema/place.js'

/** Creates the parameters of a namespace's name. AsyncAPI 3 has few fields for a parameter, so the extension has its schema. */
export const createParameters = (
  namespace: string,
  prefix: string,
  params: TSchema | undefined,
  registry: Registry,
): Readonly<Record<string, ParameterObject>> | undefined => {
  const schemas: Readonly<Record<string, TSchema>> = KindGuard.IsObject(params) ? params.properties : {}
  return objectOf(
    [...namespace.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => {
      const schema = schemas[name]
      if (schema === undefined) return [name, {}]
      const place = createPlace(`${namespace} params.${name}`, `${prefix}Param${pascal(name)}`, false)
      return [name, { ...annotationsOf(schema), 'x-socketio': { schema: registry.use(schema, place) } }]
    }),
  )
}

const annotationsOf = (schema: TSchema): ParameterObject => ({
  description: schema.description,
  enum: stringsOf(literalsOf(schema)),
  default: typeof schema['default'] === 'string' ? schema['default'] : undefined,
  examples: stringsOf(schema.examples),
})

const literalsOf = (schema: TSchema): unknown => {
  if (KindGuard.IsLiteral(schema)) return [schema.const]
  if (KindGuard.IsUnion(schema) && schema.anyOf.every(KindGuard.IsLiteral))
    return schema.anyOf.map(({ const: value }) => value)
  return schema['enum']
}

/** Returns a list of values as strings, since all parameters are sent as strings. */
const stringsOf = (values: unknown): readonly string[] | undefined =>
  Array.isArray(values) && values.length > 0 ? values.map(String) : undefined
