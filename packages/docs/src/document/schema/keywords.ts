import { toWire } from './value.js'

/** The keywords that AsyncAPI's Schema Object does not have, or that are written in another way. */
const DROPPED: ReadonlySet<string> = new Set([
  '$id',
  '$schema',
  '$defs',
  // They are written as components.
  'definitions',
  // Generators create invalid types from it.
  'discriminator',
  'nullable',
  'example',
  'minContains',
  'maxContains',
  'unevaluatedProperties',
])

/** Returns a schema's keywords, except those that the caller writes and those that the document can't have. */
export const keywordsOf = (schema: object, ...written: readonly string[]): Record<string, unknown> => {
  const kept = Object.entries(schema).filter(([keyword]) => !DROPPED.has(keyword) && !written.includes(keyword))
  // TypeBox puts the type last; readers expect it first.
  kept.sort(([one], [other]) => rankOf(one) - rankOf(other))
  const keywords = Object.fromEntries(kept.map(([keyword, value]) => [keyword, toWire(value)]))
  const example: unknown = Reflect.get(schema, 'example')
  return example === undefined || 'examples' in keywords ? keywords : { ...keywords, examples: [toWire(example)] }
}

const FIRST: readonly string[] = ['type', 'title', 'description']

const rankOf = (keyword: string): number => (FIRST.includes(keyword) ? FIRST.indexOf(keyword) : FIRST.length)
