import { Kind, KindGuard, TransformKind, Type, TypeRegistry, type TArray, type TSchema } from '@sinclair/typebox'
import { ValueErrorType, type ValueError } from '@sinclair/typebox/errors'
import { some } from '../parts.js'
import { withChildren } from '../schema.js'
import { areUnique } from './equality.js'
import { templateOf, type Matches } from './template-literal.js'

/** Stands in the place of a template literal. */
interface Template extends TSchema {
  readonly pattern: string
  readonly matches: Matches
}

const TEMPLATE = 'ackwire:template'
const UNIQUE = 'ackwire:unique'

/**
 * The same schema, with checks in it that take no longer than the value is long, where TypeBox's own would: of template literals with
 * several open parts, and of items that have to be unique. It is the very same where there are none of these.
 */
export const linearOf = (schema: TSchema): TSchema => {
  if (!some(schema, isReplaced)) return schema
  TypeRegistry.Set<Template>(TEMPLATE, ({ matches }, value) => typeof value === 'string' && matches(value))
  // What is no list is said by the schema of the list.
  TypeRegistry.Set(UNIQUE, (_, value) => !Array.isArray(value) || areUnique(value))
  return replaced(schema)
}

/** The words that TypeBox has for what is replaced. */
export const worded = function* (errors: Iterable<ValueError>): Generator<ValueError> {
  for (const error of errors) {
    // A list of unique items is two schemas only here.
    if (error.type === ValueErrorType.Intersect && isUniqueList(error.schema)) continue
    const kind: unknown = error.type === ValueErrorType.Kind ? error.schema[Kind] : undefined
    if (kind === TEMPLATE) {
      const message =
        typeof error.value === 'string' ? `Expected string to match '${error.schema['pattern']}'` : 'Expected string'
      yield { ...error, message }
    } else if (kind === UNIQUE) yield { ...error, message: 'Expected array elements to be unique' }
    else yield error
  }
}

/** Whether TypeBox's own check of a schema would take longer than the value is long, or compare its items by a hash. */
export const isReplaced = (schema: TSchema): boolean => isUnique(schema) || templateIn(schema) !== undefined

const isUnique = (schema: TSchema): schema is TArray => KindGuard.IsArray(schema) && schema.uniqueItems === true

const isUniqueList = (schema: TSchema): boolean =>
  KindGuard.IsIntersect(schema) && schema.allOf.at(-1)?.[Kind] === UNIQUE

const templateIn = (schema: TSchema): Matches | undefined =>
  KindGuard.IsTemplateLiteral(schema) ? templateOf(schema.pattern) : undefined

const replaced = (schema: TSchema): TSchema => {
  const matches = templateIn(schema)
  if (matches !== undefined) return Type.Unsafe({ ...schema, [Kind]: TEMPLATE, matches })
  const copy = withChildren(schema, replaced)
  if (!isUnique(copy)) return copy
  const { uniqueItems: _, $id, ...list } = copy
  // No transform may stand in an intersection, and a check has no use for it.
  Reflect.deleteProperty(list, TransformKind)
  // What refers to the list has to find both.
  const both = { [Kind]: 'Intersect', allOf: [list, Type.Unsafe({ [Kind]: UNIQUE })] }
  return Type.Unsafe($id === undefined ? both : { ...both, $id })
}
