/** Keywords of one schema, by name. */
type Keywords = Readonly<Record<string, unknown>>

/** Converts keywords of later drafts and of OpenAPI 3.0 to draft-07, which has no empty enum; common keywords stay unchanged. */
export const inDraft07 = (schema: object): Keywords => {
  const { prefixItems, items, ...rest }: Keywords = withDependencies(withoutEmptyEnum({ ...schema }))
  const bounds = exclusive(exclusive(rest, 'minimum', 'exclusiveMinimum'), 'maximum', 'exclusiveMaximum')
  if (prefixItems === undefined) return items === undefined ? bounds : { ...bounds, items }
  return { ...bounds, items: prefixItems, ...(items === undefined ? {} : { additionalItems: items }) }
}

const withoutEmptyEnum = (schema: Keywords): Keywords => {
  const { enum: values, ...rest } = schema
  return Array.isArray(values) && values.length === 0 ? { ...rest, not: {} } : schema
}

/** Writes what a property requires as `dependencies`, which later drafts have split. */
const withDependencies = (schema: Keywords): Keywords => {
  const { dependencies, dependentRequired, dependentSchemas, ...rest } = schema
  if (dependentRequired === undefined && dependentSchemas === undefined) return schema
  const made: Record<string, unknown> = { ...Object(dependencies) }
  const lists = Object.entries<unknown>(Object(dependentRequired))
  for (const [name, needed] of [...lists, ...Object.entries<unknown>(Object(dependentSchemas))]) {
    const known = made[name]
    made[name] = known === undefined ? needed : { allOf: [known, needed].map(asSchema) }
  }
  return { ...rest, dependencies: made }
}

const asSchema = (needed: unknown): unknown => (Array.isArray(needed) ? { required: needed } : needed)

/** Converts OpenAPI's boolean exclusive bounds to numbers. */
const exclusive = (schema: Keywords, bound: string, keyword: string): Keywords => {
  const { [bound]: limit, [keyword]: isExclusive, ...rest } = schema
  if (typeof isExclusive !== 'boolean') return schema
  return { ...rest, [isExclusive ? keyword : bound]: limit }
}

/** Converts OpenAPI's `nullable`: the schema or null. */
export const orNull = (schema: Keywords): Record<string, unknown> => {
  const { type, enum: values } = schema
  if (type === undefined || ANY_TYPE.some(keyword => keyword in schema)) return { anyOf: [schema, { type: 'null' }] }
  return {
    ...schema,
    type: [...new Set([type, 'null'].flat())],
    ...(Array.isArray(values) && !values.includes(null) ? { enum: [...values, null] } : {}),
  }
}

/** The keywords that can reject null whatever the type is. */
const ANY_TYPE = ['allOf', 'anyOf', 'const', 'if', 'not', 'oneOf']
