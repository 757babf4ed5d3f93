import { type Document, isScalar, visit } from 'yaml'

/** A key that its object has twice. */
export interface DuplicateKey {
  readonly name: string
  /** The position of the second one in the text. */
  readonly offset: number
}

/**
 * Finds a key that its object has twice, in time proportional to the document. `yaml` compares each key with all others of its
 * object, which takes a minute for a hundred thousand.
 */
export const duplicateKeyIn = (parsed: Document.Parsed): DuplicateKey | undefined => {
  let found: DuplicateKey | undefined
  visit(parsed, {
    Map(_, { items }) {
      const known = new Set<unknown>()
      for (const { key } of items) {
        if (!isScalar(key)) continue
        if (known.has(key.value)) {
          found = { name: String(key.value), offset: key.range?.[0] ?? 0 }
          return visit.BREAK
        }
        known.add(key.value)
      }
      return undefined
    },
  })
  return found
}
