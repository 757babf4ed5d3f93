import type { NamespaceData } from '../contract/contract.js'
import { patternOf } from '../contract/namespace-pattern.js'
import { fillPattern, parametersOf } from '../contract/names.js'
import type { Compiling } from './codec-options.js'
import { isObject } from './rewrite.js'

/** The parameters that a namespace's handlers are given, decoded. */
export type Params = Readonly<Record<string, unknown>>

/** What a namespace of the contract says of names, prepared for all its sockets. */
export interface Parameters {
  /** Whether a namespace with this name is one of it. */
  fits(this: void, name: string): boolean
  /** Tells whether a name that a client sends is one of it; a name that is too long is not looked at. */
  canBeAsked(this: void, name: string): boolean
  /** The parameters in the name of one that is. Throws what a transform throws. */
  in(name: string): Params
  /** The name that has these parameters. @throws TypeError for those that it can't have. */
  fill(params: Params): string
}

/** Compiles the parameters of a namespace, whose name has at most `maxLength` UTF-16 code units. */
export const parametersFor = (
  { name, options }: NamespaceData,
  { codecFor, maxIssues }: Compiling,
  maxLength = Number.POSITIVE_INFINITY,
): Parameters => {
  const pattern = patternOf(name)
  const words = parametersOf(name)
  const port = options.params && codecFor(options.params, `${name} params`)

  const textsIn = (full: string): Params | undefined => {
    const found = pattern.read(full)
    return found && (words.length === 0 ? NONE : Object.fromEntries(words.map((word, at) => [word, found[at]])))
  }
  const decoded = (texts: Params): Params => {
    const params = port?.decode === undefined ? texts : port.decode(texts)
    return isObject(params) ? params : texts
  }
  const fits = (full: string): boolean => {
    const texts = textsIn(full)
    if (texts === undefined || port === undefined) return texts !== undefined
    // A transform can throw on what its schema takes: that is no parameter either.
    try {
      return port.check(texts) && decoded(texts) !== undefined
    } catch {
      return false
    }
  }

  return {
    fits,
    canBeAsked: full => full.length <= maxLength && fits(full),
    in: full => decoded(textsIn(full) ?? NONE),
    fill(params) {
      const texts = port?.encode === undefined ? params : port.encode(params)
      if (port !== undefined && !port.check(texts)) {
        const issues = port.issues(texts, '', maxIssues).map(({ path, message }) => `${path} ${message}`)
        throw new TypeError(`ackwire: of("${name}"): ${issues.join('; ')}`)
      }
      const given = isObject(texts) ? texts : params
      const full = fillPattern(name, given)
      if (full.length > maxLength) {
        const found = `the name has ${full.length} characters, and maxNamespaceLength is ${maxLength}`
        throw new TypeError(`ackwire: of("${name}"): ${found}; use shorter parameters, or raise that option`)
      }
      const read = textsIn(full) ?? NONE
      if (words.some(word => read[word] !== given[word])) {
        const found = words.map(word => `${word}: ${JSON.stringify(read[word])}`).join(', ')
        throw new TypeError(`ackwire: of("${name}"): "${full}" is read as ${found}; give others, or change the pattern`)
      }
      if (fits(full)) return full
      throw new TypeError(
        `ackwire: of("${name}"): "${full}" is read as other parameters, which do not match their schema; give others, or change the pattern`,
      )
    },
  }
}

const NONE: Params = Object.freeze({})
