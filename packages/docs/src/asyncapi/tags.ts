import type { Tag } from '@ackwire/core'
import type { TagObject } from './asyncapi-types.js'

/** Tags as the document has them, each once. Where a name comes several times, the first that explains it wins. */
export const createTags = (tags: readonly Tag[]): readonly TagObject[] | undefined => {
  const byName = new Map<string, TagObject>()
  for (const tag of tags.map(given => (typeof given === 'string' ? { name: given } : given))) {
    byName.set(tag.name, { ...tag, ...byName.get(tag.name) })
  }
  return byName.size === 0 ? undefined : [...byName.values()]
}
