import { Kind, KindGuard, type TSchema } from '@sinclair/typebox'
import { isPlainObject } from '../definition-error.js'
import { foreignOf } from './foreign.js'
import { CHILDREN, isSchema, LEAVES, NAMED_CHILDREN, refers } from './children.js'

/**
 * Returns whether a schema may contain itself, so that its values can be nested to any depth. Any reference counts,
 * wherever it leads, and so does hand-written JSON Schema.
 */
export const refersBack = (schema: TSchema): boolean =>
  some(schema, inside => refers(inside) || KindGuard.IsUnsafe(inside) || foreignOf(inside)?.isRecursive === true)

/** Returns whether a predicate holds for a schema or for any inside it. */
export const some = (schema: TSchema, is: (schema: TSchema) => boolean): boolean => {
  // Several questions about one schema follow each other, and walking a large contract is most of the cost of attaching it.
  if (last?.[0] !== schema) last = gather(schema, [])
  return last.some(is)
}

let last: readonly TSchema[] | undefined

/** Collects a schema and all inside it. */
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
