import { Kind, KindGuard, type TSchema } from '@sinclair/typebox'
import { isPlainObject } from '../definition-error.js'

/** Keywords whose value is a schema or a list of schemas. */
export const CHILDREN = [
  'items',
  'anyOf',
  'allOf',
  'not',
  'contains',
  'additionalProperties',
  'unevaluatedProperties',
] as const
/** Keywords whose value is a record of schemas by name. */
export const NAMED_CHILDREN = ['properties', 'patternProperties', '$defs'] as const
/** The most common kinds that contain no other schema. */
export const LEAVES: ReadonlySet<string> = new Set(['Boolean', 'Integer', 'Literal', 'Null', 'Number', 'String'])

/** Returns whether a value is a schema that TypeBox made. */
export const isSchema = (value: unknown): value is TSchema =>
  typeof value === 'object' && value !== null && Kind in value

/** Returns whether a schema is a reference to another. */
export const refers = (schema: TSchema): boolean => KindGuard.IsRef(schema) || KindGuard.IsThis(schema)

/** Returns the step of a path to a schema with a name. */
const stepTo = (keyword: (typeof NAMED_CHILDREN)[number], name: string): string =>
  keyword === 'properties' ? `.${name}` : `.${keyword}["${name}"]`

/** Calls `visit` for everything directly inside a schema; a generator would be slower for large contracts. */
export const visitChildren = (schema: TSchema, visit: (child: unknown, step: string) => void): void => {
  if (LEAVES.has(schema[Kind])) return
  for (const keyword of NAMED_CHILDREN) {
    const named: unknown = schema[keyword]
    if (!isPlainObject(named)) continue
    for (const [name, child] of Object.entries(named)) visit(child, stepTo(keyword, name))
  }
  for (const keyword of CHILDREN) {
    const value: unknown = schema[keyword]
    if (Array.isArray(value)) value.forEach((child: unknown, index) => visit(child, `.${keyword}[${index}]`))
    else if (typeof value === 'object' && value !== null) visit(value, `.${keyword}`)
  }
}

/**
 * Returns a copy of a schema in which `change` has replaced each schema directly inside it. `step` leads to that schema in
 * a path, such as `.items`.
 */
export const withChildren = (schema: TSchema, change: (child: TSchema, step: string) => TSchema): TSchema => {
  const copy = { ...schema }
  const changed = (child: unknown, step: string): unknown => (isSchema(child) ? change(child, step) : child)
  for (const keyword of NAMED_CHILDREN) {
    const named: unknown = schema[keyword]
    if (isPlainObject(named))
      copy[keyword] = Object.fromEntries(
        Object.entries(named).map(([name, child]) => [name, changed(child, stepTo(keyword, name))]),
      )
  }
  for (const keyword of CHILDREN) {
    const value: unknown = schema[keyword]
    if (value === undefined) continue
    copy[keyword] = Array.isArray(value)
      ? value.map((child, index) => changed(child, `.${keyword}[${index}]`))
      : changed(value, `.${keyword}`)
  }
  return copy
}
