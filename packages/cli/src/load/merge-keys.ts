import { isJson } from '@ackwire/docs/tooling'

const MERGE_KEY = '<<'

/** Matches the text of a merge key, and the escapes that could write one. */
const WRITTEN = /<<|\\(?:x|u00|U000000)3c/i

/** Returns true if a text may contain merge keys. */
export const hasMergeKeys = (text: string): boolean => WRITTEN.test(text)

/** The maximum number of entries that merge keys may add to a document, since each merge copies those of its source. */
const MOST_ENTRIES = 1_000_000

/**
 * Replaces merge keys by the entries of the objects that are their values, in place. A later entry of an object takes precedence over
 * an earlier one, as in the official AsyncAPI parser; in YAML's own proposal, an object's own entries always do.
 *
 * @throws RangeError if the document would become too large.
 */
export const applyMergeKeys = (content: unknown): void => {
  let added = 0
  const opened = new Set<unknown>()
  const done = new Set<unknown>()
  // Each object is visited twice: before and after its parts, which may be merged into it. An explicit stack, since the depth is unknown.
  const visits = [content]
  while (visits.length > 0) {
    const part = visits.pop()
    if (typeof part !== 'object' || part === null || done.has(part)) continue
    if (!opened.has(part)) {
      opened.add(part)
      visits.push(part, ...Object.values(part).filter(inner => !opened.has(inner)))
      continue
    }
    done.add(part)
    if (!Object.hasOwn(part, MERGE_KEY)) continue
    const entries = Object.entries(part).flatMap(([key, value]) =>
      key === MERGE_KEY ? sourcesOf(value).flatMap(source => Object.entries(source)) : [[key, value] as const],
    )
    added += entries.length
    if (added > MOST_ENTRIES)
      throw new RangeError(`its merge keys add more than ${MOST_ENTRIES} entries; use $ref instead`)
    rewrite(part, entries)
  }
}

/** Returns the objects that a merge key's value stands for; those of a list from the last to the first, which takes precedence. */
const sourcesOf = (value: unknown): readonly object[] =>
  Array.isArray(value) ? value.toReversed().filter(isJson) : isJson(value) ? [value] : []

const rewrite = (target: object, entries: readonly (readonly [string, unknown])[]): void => {
  for (const key of Object.keys(target)) Reflect.deleteProperty(target, key)
  for (const [key, value] of entries) {
    Reflect.deleteProperty(target, key)
    // Defined, since an assignment to `__proto__` would set the prototype.
    Object.defineProperty(target, key, { value, configurable: true, enumerable: true, writable: true })
  }
}
