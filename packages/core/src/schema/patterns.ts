/** Returns why JSON Schema does not accept a regular expression; `undefined` if it does. */
export const describePatternProblem = (pattern: string): string | undefined => {
  try {
    new RegExp(pattern, 'u').test('')
    return undefined
  } catch {
    return `the pattern ${JSON.stringify(pattern)} is not a valid regular expression with the flag u, which JSON Schema requires`
  }
}

/**
 * Returns whether the flag u may change what a pattern matches: by an escape that has no meaning without it, or by a part
 * that can match a character of two UTF-16 code units.
 */
export const dependsOnUnicode = (pattern: string): boolean => /\\[pPDSWu]|\.|\[\^|[^\0-\x7f]/.test(pattern)

/** Returns whether a pattern has an escape that has no meaning without the flag u. */
export const hasUnicodeEscape = (pattern: string): boolean => /(?<!\\)(\\\\)*\\(p\{|P\{|u\{)/.test(pattern)
