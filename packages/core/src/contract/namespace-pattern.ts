import { kindOf } from '../definition-error.js'
import { parametersOf } from './names.js'

/** Reads and writes the parameters in the names of the namespaces that a key of a router matches. */
export interface NamespacePattern {
  /**
   * Returns the values of the parameters in their order, or `undefined` for a name that does not match. Where a name
   * can be read in several ways, the first parameter takes as much as it can, then the second: `/{a}-{b}` reads
   * `/1-2-3` as `1-2` and `3`.
   */
  read(this: void, name: string): string[] | undefined
  /** Returns the name of the namespace with these parameters. @throws TypeError for a value that cannot be part of a name. */
  fill(this: void, params: Readonly<Record<string, unknown>>): string
}

/**
 * Compiles a key for reading names in linear time. Any client can send a name before it is authenticated, and a regular
 * expression that backtracks takes as many steps as there are ways to read it.
 */
export const patternOf = (namespace: string): NamespacePattern => {
  // A parameter contains no slash, so each part between two slashes can be read by itself.
  const parts = namespace.split('/').map(part => part.split(PARAMETER))
  const names = parametersOf(namespace)
  const [first = '', ...others] = namespace.split(PARAMETER)
  const textOf = (name: string, value: unknown): string => {
    if (typeof value === 'string' && /^[^/?#,\s]+$/.test(value)) return value
    throw new TypeError(
      `ackwire: of("${namespace}"): the parameter ${name} must be a non-empty string without "/", "?", "#", "," or white space, got ${kindOf(value)}`,
    )
  }
  return {
    read(name) {
      const values: string[] = []
      let begin = 0
      for (let at = 0; at < parts.length; at++) {
        const slash = name.indexOf('/', begin)
        const isLast = at === parts.length - 1
        if (isLast !== (slash === -1)) return undefined
        const end = isLast ? name.length : slash
        if (!readPart(parts[at] ?? [], name.slice(begin, end), values)) return undefined
        begin = end + 1
      }
      return values
    },
    fill(params) {
      let full = first
      for (let at = 0; at < names.length; at++) {
        const name = names[at] ?? ''
        full += textOf(name, params[name]) + (others[at] ?? '')
      }
      return full
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
  let end = part.length - last.length
  // One parameter, as most parts have, needs no search.
  if (literals.length === 2) return end > first.length && values.push(part.slice(first.length, end)) > 0
  const found: string[] = []
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
