import { withTimeLimit } from './time-limit.js'

/** The time limit for matching one pattern of a document, in milliseconds. */
const LIMIT_MS = 100

/** The patterns that have exceeded the limit, which are not tried again. */
const slow = new Set<string>()

/**
 * Matches a pattern of a document. Returns `undefined` for an invalid regular expression, and `late` if matching takes more than
 * a tenth of a second, as it can with backtracking.
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
