import { toWire } from './value.js'

/** Keywords that AsyncAPI's Schema Object does not know, or that are said in another way. */
const DROPPED: ReadonlySet<string> = new Set([
  '$id',
  '$schema',
  '$defs',
  // Generators make invalid types of it.
  'discriminator',
  'nullable',
  'example',
  'minContains',
  'maxContains',
  'unevaluatedProperties',
])

/** A schema's keywords as they are, but for those that are written by hand and those that the document can't have. */
export const keywordsOf = (schema: object, ...written: readonly string[]): Record<string, unknown> => {
  const kept = Object.entries(schema).filter(([keyword]) => !DROPPED.has(keyword) && !written.includes(keyword))
  // TypeBox has the type last; a reader wants it first.
  kept.sort(([one], [other]) => rankOf(one) - rankOf(other))
  const keywords = Object.fromEntries(kept.map(([keyword, value]) => [keyword, toWire(value)]))
  const example: unknown = Reflect.get(schema, 'example')
  return example === undefined || 'examples' in keywords ? keywords : { ...keywords, examples: [toWire(example)] }
}

const FIRST: readonly string[] = ['type', 'title', 'description']

const rankOf = (keyword: string): number => (FIRST.includes(keyword) ? FIRST.indexOf(keyword) : FIRST.length)
