import type { NamespaceData } from '../contract.js'
import { fillPattern, parametersOf, patternOf } from '../names.js'
import type { Compiling } from '../codec/compiling.js'
import { isObject } from '../codec/rewrite.js'

/** The parameters that a namespace's handlers are given, decoded. */
export type Params = Readonly<Record<string, unknown>>

/** What a namespace of the contract says of names, prepared for all its sockets. */
export interface Parameters {
  /** Whether a namespace with this name is one of it. */
  fits(name: string): boolean
  /** The parameters in the name of one that is. Throws what a transform throws. */
  in(name: string): Params
  /** The name that has these parameters. @throws TypeError for those that it can't have. */
  fill(params: Params): string
}

/** Compiles the parameters of a namespace. */
export const parametersFor = ({ name, options }: NamespaceData, { portFor, maxIssues }: Compiling): Parameters => {
  const pattern = patternOf(name)
  const words = parametersOf(name)
  const port = options.params && portFor(options.params, `${name} params`)

  const textsIn = (full: string): Params | null => {
    const found = pattern.exec(full)
    return found && (words.length === 0 ? NONE : Object.fromEntries(words.map((word, at) => [word, found[at + 1]])))
  }
  const decoded = (texts: Params): Params => {
    const params = port?.decode === undefined ? texts : port.decode(texts)
    return isObject(params) ? params : texts
  }
  const fits = (full: string): boolean => {
    const texts = textsIn(full)
    if (texts === null || port === undefined) return texts !== null
    // A transform can throw on what its schema takes: that is no parameter either.
    try {
      return port.check(texts) && decoded(texts) !== undefined
    } catch {
      return false
    }
  }

  return {
    fits,
    in: full => decoded(textsIn(full) ?? NONE),
    fill(params) {
      const texts = port?.leave === undefined ? params : port.leave(params)
      if (port !== undefined && !port.check(texts)) {
        const issues = port.issues(texts, '', maxIssues).map(({ path, message }) => `${path} ${message}`)
        throw new TypeError(`ackwire: of("${name}"): ${issues.join('; ')}`)
      }
      const full = fillPattern(name, isObject(texts) ? texts : params)
      if (fits(full)) return full
      throw new TypeError(`ackwire: of("${name}"): "${full}" is read as other parameters, which their schema refuses`)
    },
  }
}

const NONE: Params = Object.freeze({})
