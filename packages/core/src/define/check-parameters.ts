import { Kind, KindGuard, TransformKind, type TSchema } from '@sinclair/typebox'
import { throwDefinitionError } from '../definition-error.js'
import { parametersOf } from '../contract/names.js'
import { isOptional } from '../schema/optional.js'
import { checkSchema, type SchemaIds } from '../schema/check-schema.js'

/**
 * Throws for a schema that cannot be the one of the parameters of a namespace, with the path to the mistake. A router
 * that will be a namespace is checked as a root first, when it has no name yet.
 */
export const checkParameters = (schema: TSchema, namespace: string, ids: SchemaIds): void => {
  const path = namespace === '/' ? 'params' : `${namespace} params`
  checkSchema(schema, path, ids)
  if (!KindGuard.IsObject(schema)) {
    return throwDefinitionError(
      path,
      `expected Type.Object({ … }) with a property for each parameter, got ${kindIn(schema)}`,
    )
  }
  if (TransformKind in schema)
    throwDefinitionError(path, 'the parameters are read by their names; transform each one by itself')
  for (const [name, property] of Object.entries(schema.properties)) checkParameter(property, `${path}.${name}`)
  if (namespace !== '/') checkNames(Object.keys(schema.properties), namespace, path)
}

/** Throws because the root namespace cannot have parameters. */
export const throwRootParameters = (): never =>
  throwDefinitionError('params', 'the root namespace has no parameters; params belong to a key such as "/game-{id}"')

const checkParameter = (schema: TSchema, path: string): void => {
  if (isOptional(schema))
    throwDefinitionError(
      path,
      "a parameter is part of the namespace's name, so it is always there; leave out Type.Optional",
    )
  if (takesStringsOnly(schema, {})) return
  throwDefinitionError(
    path,
    `expected a schema of strings, since a parameter is part of the namespace's name, got ${kindIn(schema)}; use Type.String(), or Type.Transform of it`,
  )
}

const checkNames = (given: readonly string[], namespace: string, path: string): void => {
  const names = parametersOf(namespace)
  if (names.length === 0) {
    throwDefinitionError(
      path,
      'the namespace has no parameters; leave params out, or add parameters to its key, as in "/game-{id}"',
    )
  }
  const missing = names.filter(name => !given.includes(name))
  const extra = given.filter(name => !names.includes(name))
  if (missing.length > 0)
    throwDefinitionError(path, `there is no schema for ${missing.join(', ')}; each parameter needs one`)
  if (extra.length > 0)
    throwDefinitionError(path, `the namespace has no parameter ${extra.join(', ')}; it has ${names.join(', ')}`)
}

/** Returns whether all values of a schema are strings. `definitions` are those of its module. */
const takesStringsOnly = (schema: TSchema, definitions: Readonly<Record<string, TSchema>>): boolean => {
  if (KindGuard.IsLiteral(schema)) return typeof schema.const === 'string'
  if (KindGuard.IsUnion(schema)) return schema.anyOf.every(member => takesStringsOnly(member, definitions))
  if (KindGuard.IsIntersect(schema)) return schema.allOf.some(member => takesStringsOnly(member, definitions))
  if (KindGuard.IsRegExp(schema)) return true
  if (KindGuard.IsImport(schema)) return isTarget(schema.$ref, schema.$defs)
  if (KindGuard.IsRef(schema)) return isTarget(schema.$ref, definitions)
  // A template literal, hand-written JSON Schema, or a kind that the application has registered.
  const values: unknown = schema['enum']
  return schema['type'] === 'string' || (Array.isArray(values) && values.every(value => typeof value === 'string'))
}

// Without the target, so that the recursion ends for a definition that refers to itself.
const isTarget = (name: string, { [name]: target, ...others }: Readonly<Record<string, TSchema>>): boolean =>
  target !== undefined && takesStringsOnly(target, others)

const kindIn = (schema: TSchema): string =>
  KindGuard.IsLiteral(schema) ? `Type.Literal(${JSON.stringify(schema.const)})` : `Type.${String(schema[Kind])}()`
