/** Reads the parameters in the names of the namespaces that a key of a router stands for. */
export interface NamespacePattern {
  /**
   * Returns the parameters' values in their order, or `undefined` for a name of another namespace. Where a name can be read
   * in several ways, the first parameter has as much as it can, then the second: `/{a}-{b}` reads `/1-2-3` as `1-2` and `3`.
   */
  read(this: void, name: string): string[] | undefined
}

/**
 * Prepares the reading of names, in a time that is linear in their length: any client can send one before it is let in, and
 * an expression that backtracks takes as many steps as there are ways to read it.
 */
export const patternOf = (namespace: string): NamespacePattern => {
  // No parameter has a slash in it, so each part between two slashes is read by itself.
  const parts = namespace.split('/').map(part => part.split(PARAMETER))
  return {
    read(name) {
      const texts = name.split('/', parts.length + 1)
      if (texts.length !== parts.length) return undefined
      const values: string[] = []
      for (const [at, literals] of parts.entries()) if (!readPart(literals, texts[at] ?? '', values)) return undefined
      return values
    },
  }
}

const PARAMETER = /\{\w+\}/

/** Adds the values between the literals of a part, which are read from the end: each text is looked through once. */
const readPart = (literals: readonly string[], text: string, values: string[]): boolean => {
  const first = literals[0] ?? ''
  if (literals.length === 1) return text === first
  const last = literals.at(-1) ?? ''
  if (!text.startsWith(first) || !text.endsWith(last)) return false
  const found: string[] = []
  let end = text.length - last.length
  for (let at = literals.length - 2; at > 0; at--) {
    const literal = literals[at] ?? ''
    // At least one character stands on either side.
    const from = end - 1 - literal.length
    const start = from < 0 ? -1 : text.lastIndexOf(literal, from)
    if (start === -1) return false
    found.push(text.slice(start + literal.length, end))
    end = start
  }
  if (end <= first.length) return false
  found.push(text.slice(first.length, end))
  values.push(...found.toReversed())
  return true
}
