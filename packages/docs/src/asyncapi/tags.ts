import type { Tag } from '@ackwire/core'
import type { TagObject } from './asyncapi-types.js'

/** Returns the document's tags without duplicates. For duplicate names, the first tag with a description wins. */
export const createTags = (tags: readonly Tag[]): readonly TagObject[] | undefined => {
  const byName = new Map<string, TagObject>()
  for (const tag of tags.map(given => (typeof given === 'string' ? { name: given } : given))) {
    byName.set(tag.name, { ...tag, ...byName.get(tag.name) })
  }
  return byName.size === 0 ? undefined : [...byName.values()]
}
