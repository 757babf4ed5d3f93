import { isRecord } from './check.js'

/** A schema in the words of draft 2020-12, where it has those of older drafts, which a document that is imported can have. */
export const upgradeKeywords = (schema: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> => {
  const { items, additionalItems, dependencies } = schema
  const exclusive = EXCLUSIVE.filter(([keyword]) => typeof schema[keyword] === 'boolean')
  if (!Array.isArray(items) && dependencies === undefined && exclusive.length === 0) return schema
  const made: Record<string, unknown> = { ...schema }
  for (const [keyword, bound] of exclusive) {
    delete made[keyword]
    if (schema[keyword] === false || schema[bound] === undefined) continue
    delete made[bound]
    made[keyword] = schema[bound]
  }
  if (Array.isArray(items)) {
    made['prefixItems'] = items
    if (additionalItems === undefined) delete made['items']
    else made['items'] = additionalItems
  }
  if (isRecord(dependencies)) {
    const all = Object.entries(dependencies)
    made['dependentRequired'] = Object.fromEntries(all.filter(([, needed]) => Array.isArray(needed)))
    made['dependentSchemas'] = Object.fromEntries(all.filter(([, needed]) => !Array.isArray(needed)))
  }
  return made
}

/** The bounds that draft 4 and OpenAPI 3.0 make exclusive by `true`. */
const EXCLUSIVE = [
  ['exclusiveMinimum', 'minimum'],
  ['exclusiveMaximum', 'maximum'],
] as const
