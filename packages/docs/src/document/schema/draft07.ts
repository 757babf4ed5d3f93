/** Keywords of one schema, by name. */
type Keywords = Readonly<Record<string, unknown>>

/** Keywords of later drafts and of OpenAPI 3.0 as draft-07 says them; those that it says the same way, as they are. */
export const inDraft07 = (schema: object): Keywords => {
  const { prefixItems, items, ...rest }: Keywords = { ...schema }
  const bounds = exclusive(exclusive(rest, 'minimum', 'exclusiveMinimum'), 'maximum', 'exclusiveMaximum')
  if (prefixItems === undefined) return items === undefined ? bounds : { ...bounds, items }
  return { ...bounds, items: prefixItems, ...(items === undefined ? {} : { additionalItems: items }) }
}

/** OpenAPI says by a boolean that a bound is exclusive. */
const exclusive = (schema: Keywords, bound: string, keyword: string): Keywords => {
  const { [bound]: limit, [keyword]: isExclusive, ...rest } = schema
  if (typeof isExclusive !== 'boolean') return schema
  return { ...rest, [isExclusive ? keyword : bound]: limit }
}

/** OpenAPI's `nullable`: the schema or null. */
export const orNull = (schema: Keywords): Record<string, unknown> => {
  const { type, enum: values } = schema
  if (type === undefined) return { anyOf: [schema, { type: 'null' }] }
  return {
    ...schema,
    type: [...new Set([type, 'null'].flat())],
    ...(Array.isArray(values) && !values.includes(null) ? { enum: [...values, null] } : {}),
  }
}
