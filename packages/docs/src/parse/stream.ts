import { isJson, property } from './json.js'
import type { Resolve } from './reference.js'

/** The schemas in the pages of a stream. */
export interface StreamSchemas {
  readonly item: unknown
  /** The schema of the final value, if any. */
  readonly value: unknown
}

/** Returns the schemas of a stream, given the schema of its pages. */
export const streamSchemas = (page: unknown, resolve: Resolve): StreamSchemas => {
  const properties = property(resolve(page).value, 'properties')
  const items = resolve(property(properties, 'items')).value
  return { item: isJson(items) ? (property(items, 'items') ?? {}) : {}, value: property(properties, 'value') }
}
