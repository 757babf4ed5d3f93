import type { ApiNamespace } from './model.js'
import { isSame } from './json.js'

/** Merges namespaces of the same name, since a document may have several channels with one address. */
export const joined = (
  namespaces: readonly ApiNamespace[],
  nameOf = ({ name }: ApiNamespace): string => name,
): ReadonlyMap<string, ApiNamespace> => {
  const byName = new Map<string, ApiNamespace>()
  for (const namespace of namespaces) {
    const name = nameOf(namespace)
    const known = byName.get(name)
    byName.set(name, known === undefined ? namespace : together(known, namespace))
  }
  return byName
}

const together = (one: ApiNamespace, other: ApiNamespace): ApiNamespace => ({
  name: one.name,
  description: one.description ?? other.description,
  tags: [...one.tags, ...other.tags.filter(tag => !one.tags.some(known => isSame(known, tag)))],
  externalDocs: one.externalDocs ?? other.externalDocs,
  auth: both(one.auth, other.auth),
  errors: new Map([...other.errors, ...one.errors]),
  query: both(one.query, other.query),
  headers: both(one.headers, other.headers),
  parameters: new Map([...other.parameters, ...one.parameters]),
  limit: one.limit ?? other.limit,
  groupLimits: { ...other.groupLimits, ...one.groupLimits },
  events: [...one.events, ...other.events],
  other: { ...other.other, ...one.other },
})

const both = (one: unknown, other: unknown): unknown =>
  one === undefined || other === undefined || isSame(one, other) ? (one ?? other) : { allOf: [one, other] }
