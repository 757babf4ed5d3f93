import { withTimeLimit } from './time-limit.js'

/** How long one pattern of a document may look at one of its texts, in milliseconds. */
const LIMIT_MS = 100

/** Patterns that have taken too long, which are not tried again. */
const slow = new Set<string>()

/**
 * Whether a pattern of a document matches a text of it: `undefined` where it is no regular expression, and `late` where it
 * takes longer than a tenth of a second, as one that backtracks can.
 */
export const matchesPattern = (pattern: string, flags: string, text: string): boolean | 'late' | undefined => {
  const key = `${flags}/${pattern}`
  if (slow.has(key)) return 'late'
  const late = (): 'late' => {
    slow.add(key)
    return 'late'
  }
  try {
    return withTimeLimit<boolean | 'late'>(LIMIT_MS, () => new RegExp(pattern, flags).test(text), late)
  } catch {
    return undefined
  }
}
