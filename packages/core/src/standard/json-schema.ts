import { isPlainObject } from '../definition-error.js'
import type { ForeignProblem } from '../schema/foreign.js'
import { innerSchemas } from '../schema/inner-schemas.js'

/** JSON Schema. */
export type JsonSchema = Readonly<Record<string, unknown>>

/** Marks a schema that a library can't express, with the reason. */
const MARK = 'x-ackwire-problem'

/** Returns a schema with the mark of a library that can't express it. */
export const marked = (schema: JsonSchema, reason: string): Record<string, unknown> => ({ ...schema, [MARK]: reason })

/** Returns the first marked schema in another, with the path to it. */
export const markedIn = (schema: JsonSchema): ForeignProblem | undefined =>
  firstIn(schema, ({ [MARK]: reason }) => (typeof reason === 'string' ? reason : undefined))

/** Returns the first schema, of one and those inside it, for which `problemOf` returns a message. */
export const firstIn = (
  schema: JsonSchema,
  problemOf: (schema: JsonSchema) => string | undefined,
  seen: ReadonlySet<object> = new Set(),
): ForeignProblem | undefined => {
  if (seen.has(schema)) return undefined
  const message = problemOf(schema)
  if (message !== undefined) return { step: '', message }
  for (const inner of innerSchemas(schema)) {
    const found = firstIn(inner.schema, problemOf, new Set([...seen, schema]))
    if (found !== undefined) return { step: inner.step + found.step, message: found.message }
  }
  return undefined
}

/** Returns whether a schema refers to another, so that its values may be nested to any depth. */
export const hasReference = (schema: JsonSchema): boolean =>
  firstIn(schema, ({ $ref }) => (typeof $ref === 'string' ? $ref : undefined)) !== undefined

/** Returns whether a schema says nothing of its values. */
export const acceptsAnything = (schema: JsonSchema): boolean =>
  Object.keys(schema).every(keyword => ANNOTATIONS.has(keyword))

const ANNOTATIONS: ReadonlySet<string> = new Set(['$schema', 'default', 'description', 'examples', 'title'])

/**
 * Returns a schema with the name that its library has given it: where the whole is a reference to a definition, it is the
 * definition, and its key the `$id`.
 */
export const unwrapped = (schema: JsonSchema): JsonSchema => {
  const { $ref, ...rest } = schema
  const [, keyword = '', key = ''] = typeof $ref === 'string' ? (DEFINITION.exec($ref) ?? []) : []
  const definitions: unknown = schema[keyword]
  const target: unknown = isPlainObject(definitions) ? definitions[unescaped(key)] : undefined
  if (!isPlainObject(target)) return schema
  const name = unescaped(key)
  return { ...target, ...rest, ...(isGenerated(name) ? {} : { $id: name }) }
}

const DEFINITION = /^#\/(definitions|\$defs)\/([^/]+)$/

const unescaped = (step: string): string => decodeURIComponent(step).replaceAll('~1', '/').replaceAll('~0', '~')

/** Returns whether a library has numbered a schema that has no name. */
const isGenerated = (name: string): boolean =>
  /^(__schema|alias|domain|intersection|jsonData|morph|proto|structure|union|unit)\d+$/.test(name)
