import type { NamespaceData } from '../contract/contract.js'
import { patternOf } from '../contract/namespace-pattern.js'
import { parametersOf } from '../contract/names.js'
import type { Compiling } from './codec-options.js'
import { isPromiseRefusal } from '../thenable.js'
import { isObject, put } from './objects.js'
import { causeOf } from './transform-error.js'

/** The decoded parameters of a namespace, as its handlers get them. */
export type Params = Readonly<Record<string, unknown>>

/** The compiled parameters of a namespace, shared by all its sockets. */
export interface Parameters {
  /** Returns whether a name is one of this namespace. */
  fits(this: void, name: string): boolean
  /** Returns whether a client may ask for a name: it is not too long and is one of this namespace. */
  canBeAsked(this: void, name: string): boolean
  /** Returns the decoded parameters in a name of this namespace. Throws what a transform throws. */
  in(name: string): Params
  /** Returns the name with these parameters. @throws TypeError for parameters that a name cannot have. */
  fill(params: Params): string
}

/**
 * Compiles the parameters of a namespace whose name has at most `maxLength` UTF-16 code units. `onMistake` gets the error of a schema
 * because of which no name fits.
 */
export const parametersFor = (
  { name, options }: NamespaceData,
  { codecFor, maxIssues }: Compiling,
  maxLength = Number.POSITIVE_INFINITY,
  onMistake: (error: unknown) => void = throwError,
): Parameters => {
  const pattern = patternOf(name)
  const names = parametersOf(name)
  const port = options.params && codecFor(options.params, `${name} params`)

  const valuesIn = (full: string): Params | undefined => {
    const found = pattern.read(full)
    if (found === undefined || names.length === 0) return found && NONE
    const values = {}
    for (let at = 0; at < names.length; at++) put(values, names[at] ?? '', found[at])
    return values
  }
  const decoded = (values: Params): Params => {
    const params = port?.decode === undefined ? values : port.decode(values)
    return isObject(params) ? params : values
  }
  const accepts = (values: Params | undefined, tell = onMistake): boolean => {
    if (values === undefined || port === undefined) return values !== undefined
    // A transform can throw for a value that its schema accepts; such a name does not fit either.
    try {
      return port.check(values) && decoded(values) !== undefined
    } catch (error) {
      const cause = causeOf(error)
      if (isPromiseRefusal(cause)) tell(cause)
      return false
    }
  }
  const fits = (full: string): boolean => accepts(valuesIn(full))

  return {
    fits,
    canBeAsked: full => full.length <= maxLength && fits(full),
    in: full => decoded(valuesIn(full) ?? NONE),
    fill(params) {
      const encoded = port?.encode === undefined ? params : port.encode(params)
      if (port !== undefined && !port.check(encoded)) {
        const issues = port.issues(encoded, '', maxIssues).map(({ path, message }) => `${path} ${message}`)
        throw new TypeError(`ackwire: of("${name}"): ${issues.join('; ')}`)
      }
      const given = isObject(encoded) ? encoded : params
      const full = pattern.fill(given)
      if (full.length > maxLength) {
        const found = `the name has ${full.length} characters, and maxNamespaceLength is ${maxLength}`
        throw new TypeError(`ackwire: of("${name}"): ${found}; use shorter parameters, or raise that option`)
      }
      const read = valuesIn(full)
      if (names.some(parameter => read?.[parameter] !== given[parameter])) {
        const found = names.map(parameter => `${parameter}: ${JSON.stringify(read?.[parameter])}`).join(', ')
        throw new TypeError(`ackwire: of("${name}"): "${full}" is read as ${found}; give others, or change the pattern`)
      }
      if (accepts(read, throwError)) return full
      throw new TypeError(
        `ackwire: of("${name}"): "${full}" is read as other parameters, which do not match their schema; give others, or change the pattern`,
      )
    },
  }
}

const throwError = (error: unknown): never => {
  throw error
}

const NONE: Params = Object.freeze({})
