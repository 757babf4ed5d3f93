import { whileUnchanged } from '../../codec/equality.js'
import { ASSERTIONS } from './assertions.js'
import { differs, isRecord, type Check, type Difference, type Keyword, type Outcome, type Evaluated } from './check.js'
import { COMBINATORS } from './combinators.js'
import { upgradeKeywords } from './older-drafts.js'
import { APPLICATORS } from './applicators.js'
import { referencesIn } from './references.js'

/** Returns how a value differs from a schema, if it does. */
export type Differ = (value: unknown) => Difference | undefined

/** The keywords that are checked, in the order in which they are asked. */
export const KEYWORDS: ReadonlyMap<string, Keyword> = new Map(
  Object.entries({ ...ASSERTIONS, ...COMBINATORS, ...APPLICATORS }),
)

/**
 * Compiles JSON Schema (draft 2020-12) to a check whose time grows with the value alone. What has been found of an object by a schema
 * that is referred to is remembered: otherwise each level of a nested value multiplies the time where `anyOf` and the like look at a
 * part twice. A `$dynamicRef` is followed like a `$ref`.
 *
 * @throws TypeError for a reference to nowhere.
 */
export const compileJsonSchema = (root: unknown): Differ => {
  const references = referencesIn(root)
  const compiled = new Map<unknown, Check>()

  const compile = (schema: unknown): Check => {
    if (schema === true) return anything
    if (schema === false) return nothing
    if (!isRecord(schema)) throw new TypeError(`expected a schema to be an object, true or false, got ${typeof schema}`)
    // It depends on who asked, which is not remembered.
    if ('$recursiveRef' in schema) throw new TypeError('draft 2020-12 has no "$recursiveRef"; use $ref')
    const known = compiled.get(schema)
    if (known !== undefined) return known
    const words = upgradeKeywords(schema)
    // Set before what it consists of, since that may refer to it.
    let checks: readonly Check[] = []
    const all: Check = (value, found, seen) => {
      const problem = nonJsonIssueOf(value)
      if (problem !== undefined) return problem
      for (const check of checks) {
        const difference = check(value, found, seen)
        if (difference !== undefined) return difference
      }
      return undefined
    }
    const own = 'unevaluatedItems' in schema || 'unevaluatedProperties' in schema ? withOwnEvaluated(all) : all
    // OpenAPI's word.
    const check = schema['nullable'] === true ? orNull(own) : own
    compiled.set(schema, check)
    checks = [
      ...['$ref', '$dynamicRef'].flatMap(keyword => {
        const reference = schema[keyword]
        return typeof reference === 'string' ? [referring(schema, reference)] : []
      }),
      ...[...KEYWORDS].flatMap(([keyword, make]) =>
        Object.hasOwn(words, keyword) ? [make(words[keyword], compile, words)] : [],
      ),
    ]
    return check
  }

  const referring = (schema: object, reference: string): Check => {
    const target = references.targetOf(schema, reference)
    if (target === undefined) throw new TypeError(`the $ref "${reference}" refers to nothing in the schema`)
    return memoized(compile(target))
  }

  const check = compile(root)
  return value => whileUnchanged(() => check(value, new Map()))
}

const anything: Check = () => undefined
const nothing: Check = () => differs('Expected nothing')

/** Returns a difference for a value that JSON can't express. */
const nonJsonIssueOf = (value: unknown): Difference | undefined => {
  if (typeof value === 'number') return Number.isFinite(value) ? undefined : differs('Expected a number')
  const isJson = typeof value === 'string' || typeof value === 'boolean' || typeof value === 'object'
  return isJson ? undefined : differs('Expected a value')
}

/** A schema that asks what was looked at: by itself, not by what stands around it. */
const withOwnEvaluated =
  (check: Check): Check =>
  (value, found, seen) => {
    const own: Evaluated = new Set()
    const difference = check(value, found, own)
    if (seen !== undefined) for (const key of own) seen.add(key)
    return difference
  }

const orNull =
  (check: Check): Check =>
  (value, found, seen) =>
    value === null ? undefined : check(value, found, seen)

const memoized =
  (check: Check): Check =>
  (value, found, seen) => {
    if (typeof value !== 'object' || value === null) return check(value, found)
    const outcomes = found.get(check) ?? new Map<object, Outcome>()
    found.set(check, outcomes)
    let outcome = outcomes.get(value)
    if (outcome === undefined || (outcome.evaluated === undefined && seen !== undefined)) {
      const own: Evaluated | undefined = seen && new Set()
      outcome = { difference: check(value, found, own), evaluated: own }
      outcomes.set(value, outcome)
    }
    if (seen !== undefined && outcome.evaluated !== undefined) for (const key of outcome.evaluated) seen.add(key)
    return outcome.difference
  }
