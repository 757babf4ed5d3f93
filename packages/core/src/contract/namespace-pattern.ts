/** Reads the parameters in the names of the namespaces that a key of a router matches. */
export interface NamespacePattern {
  /**
   * Returns the values of the parameters in their order, or `undefined` for a name that does not match. Where a name
   * can be read in several ways, the first parameter takes as much as it can, then the second: `/{a}-{b}` reads
   * `/1-2-3` as `1-2` and `3`.
   */
  read(this: void, name: string): string[] | undefined
}

/**
 * Compiles a key for reading names in linear time. Any client can send a name before it is authenticated, and a regular
 * expression that backtracks takes as many steps as there are ways to read it.
 */
export const patternOf = (namespace: string): NamespacePattern => {
  // A parameter contains no slash, so each part between two slashes can be read by itself.
  const parts = namespace.split('/').map(part => part.split(PARAMETER))
  return {
    read(name) {
      const given = name.split('/', parts.length + 1)
      if (given.length !== parts.length) return undefined
      const values: string[] = []
      for (const [at, literals] of parts.entries()) if (!readPart(literals, given[at] ?? '', values)) return undefined
      return values
    },
  }
}

const PARAMETER = /\{\w+\}/

/** Adds the values between the literals of a part, searching from its end so that each part is searched only once. */
const readPart = (literals: readonly string[], part: string, values: string[]): boolean => {
  const first = literals[0] ?? ''
  if (literals.length === 1) return part === first
  const last = literals[literals.length - 1] ?? ''
  if (!part.startsWith(first) || !part.endsWith(last)) return false
  const found: string[] = []
  let end = part.length - last.length
  for (let at = literals.length - 2; at > 0; at--) {
    const literal = literals[at] ?? ''
    // A parameter on either side has at least one character.
    const from = end - 1 - literal.length
    const start = from < 0 ? -1 : part.lastIndexOf(literal, from)
    if (start === -1) return false
    found.unshift(part.slice(start + literal.length, end))
    end = start
  }
  if (end <= first.length) return false
  found.unshift(part.slice(first.length, end))
  values.push(...found)
  return true
}
