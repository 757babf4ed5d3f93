import { Kind, KindGuard, type TSchema } from '@sinclair/typebox'
import { isPlainObject } from '../definition-error.js'
import { CHILDREN, isSchema, LEAVES, NAMED_CHILDREN, refers } from './check-schema.js'

/** Whether a schema may stand in itself, so that its values can be nested to any depth. A reference counts, wherever it leads, and JSON Schema by hand. */
export const refersBack = (schema: TSchema): boolean =>
  some(schema, inside => refers(inside) || KindGuard.IsUnsafe(inside))

/** Whether a schema, or one inside of it, is such. */
export const some = (schema: TSchema, is: (schema: TSchema) => boolean): boolean => {
  // What is asked of one schema is asked in a row, and to go through a large contract is most of what it costs to attach it.
  if (last?.[0] !== schema) last = gather(schema, [])
  return last.some(is)
}

let last: readonly TSchema[] | undefined

/** Lists a schema and all inside of it. */
const gather = (schema: TSchema, all: TSchema[]): readonly TSchema[] => {
  all.push(schema)
  if (LEAVES.has(schema[Kind])) return all
  const add = (child: unknown): void => {
    if (isSchema(child)) gather(child, all)
  }
  for (const keyword of NAMED_CHILDREN) {
    const named: unknown = schema[keyword]
    if (isPlainObject(named)) for (const child of Object.values(named)) add(child)
  }
  for (const keyword of CHILDREN) {
    const value: unknown = schema[keyword]
    if (Array.isArray(value)) for (const child of value) add(child)
    else add(value)
  }
  return all
}
