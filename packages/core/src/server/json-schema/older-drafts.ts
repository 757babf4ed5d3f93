import { isRecord } from './check.js'

/** A schema in the words of draft 2020-12, where it has those of older drafts, which a document that is imported can have. */
export const upgradeKeywords = (schema: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> => {
  const { items, additionalItems, dependencies } = schema
  if (!Array.isArray(items) && dependencies === undefined) return schema
  const made: Record<string, unknown> = { ...schema }
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
