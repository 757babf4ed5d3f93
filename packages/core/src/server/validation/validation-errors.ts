import { Kind, KindGuard, Type, TypeRegistry, type TSchema } from '@sinclair/typebox'
import { TypeCompiler, type TypeCheck } from '@sinclair/typebox/compiler'
import { Errors, type ValueError } from '@sinclair/typebox/errors'

/** Returns the errors of a value by a schema. */
export type FindErrors = (value: unknown) => Iterable<ValueError>

/** A schema that replaces that of a list's items. */
interface Part extends TSchema {
  readonly fits: (value: unknown) => boolean
  readonly inside: FindErrors
}

const PART = 'ackwire:part'

/**
 * Returns a function that finds the errors that TypeBox finds, in its order, but faster: a compiled check selects the invalid
 * items of a list first, since TypeBox needs more than a microsecond for each item. The schema must not refer to itself.
 */
export const errorFinderOf = (schema: TSchema): FindErrors => {
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

// Compiled at their first use, since most values are valid.
const partOf = (items: TSchema): TSchema => {
  let type: TypeCheck<TSchema> | undefined
  let findErrors: FindErrors | undefined
  return Type.Unsafe({
    [Kind]: PART,
    fits: (value: unknown) => (type ??= TypeCompiler.Compile(items)).Check(value),
    inside: (value: unknown) => (findErrors ??= errorFinderOf(items))(value),
  })
}
