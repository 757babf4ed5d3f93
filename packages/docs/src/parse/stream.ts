import { isJson, property } from './json.js'
import type { Resolve } from './reference.js'

/** What the pages of a stream carry. */
export interface StreamSchemas {
  readonly item: unknown
  /** The schema of the final value, `undefined` where there is none. */
  readonly value: unknown
}

/** What a stream carries, by the schema of a page of it: the answer to the event that opens it. */
export const streamSchemas = (page: unknown, resolve: Resolve): StreamSchemas => {
  const properties = property(resolve(page).value, 'properties')
  const items = resolve(property(properties, 'items')).value
  return { item: isJson(items) ? (property(items, 'items') ?? {}) : {}, value: property(properties, 'value') }
}
