import { Kind, KindGuard, Type, TypeRegistry, type TSchema } from '@sinclair/typebox'
import { TypeCompiler, type TypeCheck } from '@sinclair/typebox/compiler'
import { Errors, type ValueError } from '@sinclair/typebox/errors'

/** Finds how values differ from a schema. */
export type Differences = (value: unknown) => Iterable<ValueError>

/** Stands in the place of a list's items. */
interface Part extends TSchema {
  readonly fits: (value: unknown) => boolean
  readonly inside: Differences
}

const PART = 'ackwire:part'

/**
 * The errors that TypeBox finds, in its order. It looks for them in each item of a list, for a microsecond and more; here a
 * compiled check says which of the items are to be looked into. The schema must not refer to itself.
 */
export const differencesOf = (schema: TSchema): Differences => {
  TypeRegistry.Set<Part>(PART, ({ fits }, value) => fits(value))
  const shallow = shallowOf(schema)
  return function* (value) {
    for (const error of Errors(shallow, [], value)) {
      if (!isPart(error.schema)) yield error
      else for (const inner of error.schema.inside(error.value)) yield { ...inner, path: error.path + inner.path }
    }
  }
}

const isPart = (schema: TSchema): schema is Part => schema[Kind] === PART

const shallowOf = (schema: TSchema): TSchema => {
  if (KindGuard.IsArray(schema)) return { ...schema, items: partOf(schema.items) }
  if (KindGuard.IsIntersect(schema)) return { ...schema, allOf: schema.allOf.map(shallowOf) }
  if (!KindGuard.IsObject(schema)) return schema
  const properties = Object.entries(schema.properties).map(([key, property]) => [key, shallowOf(property)])
  return { ...schema, properties: Object.fromEntries(properties) }
}

// Made when they are first used: most values are right.
const partOf = (items: TSchema): TSchema => {
  let type: TypeCheck<TSchema> | undefined
  let differences: Differences | undefined
  return Type.Unsafe({
    [Kind]: PART,
    fits: (value: unknown) => (type ??= TypeCompiler.Compile(items)).Check(value),
    inside: (value: unknown) => (differences ??= differencesOf(items))(value),
  })
}
