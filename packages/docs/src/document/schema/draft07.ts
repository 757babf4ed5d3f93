/** Keywords of one schema, by name. */
type Keywords = Readonly<Record<string, unknown>>

/** Converts keywords of later drafts and of OpenAPI 3.0 to draft-07; common keywords stay unchanged. */
export const inDraft07 = (schema: object): Keywords => {
  const { prefixItems, items, ...rest }: Keywords = { ...schema }
  const bounds = exclusive(exclusive(rest, 'minimum', 'exclusiveMinimum'), 'maximum', 'exclusiveMaximum')
  if (prefixItems === undefined) return items === undefined ? bounds : { ...bounds, items }
  return { ...bounds, items: prefixItems, ...(items === undefined ? {} : { additionalItems: items }) }
}

/** Converts OpenAPI's boolean exclusive bounds to numbers. */
const exclusive = (schema: Keywords, bound: string, keyword: string): Keywords => {
  const { [bound]: limit, [keyword]: isExclusive, ...rest } = schema
  if (typeof isExclusive !== 'boolean') return schema
  return { ...rest, [isExclusive ? keyword : bound]: limit }
}

/** Converts OpenAPI's `nullable`: the schema or null. */
export const orNull = (schema: Keywords): Record<string, unknown> => {
  const { type, enum: values } = schema
  if (type === undefined) return { anyOf: [schema, { type: 'null' }] }
  return {
    ...schema,
    type: [...new Set([type, 'null'].flat())],
    ...(Array.isArray(values) && !values.includes(null) ? { enum: [...values, null] } : {}),
  }
}
