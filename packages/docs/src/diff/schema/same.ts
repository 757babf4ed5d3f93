import { canonical, isJson, isSame as isSameValue, type Json, listOf, textOf } from '../../parse/json.js'
import { lookUp } from '../../parse/reference.js'
import { isAnnotation, type Schema } from './schema.js'

/** The keywords whose values are schemas by name. */
const NAMED: ReadonlySet<string> = new Set(['properties', 'patternProperties', 'dependentSchemas', 'dependencies'])
/** The keywords whose value is a schema or a list of schemas. */
const NESTED: ReadonlySet<string> = new Set([
  'items',
  'prefixItems',
  'additionalItems',
  'additionalProperties',
  'contains',
  'propertyNames',
  'not',
  'if',
  'then',
  'else',
  'anyOf',
  'oneOf',
  'allOf',
  'unevaluatedItems',
  'unevaluatedProperties',
])
/** The keywords whose order does not matter. */
const SETS: ReadonlySet<string> = new Set(['required', 'enum', 'type'])

/** Decides which keywords are compared. */
type Counts = (keyword: string) => boolean

const isAssertion: Counts = keyword => !isAnnotation(keyword)
const isAssertionOrDefault: Counts = keyword => keyword === 'default' || !isAnnotation(keyword)
const isKeyword: Counts = () => true

/** Returns true if two schemas have the same constraints, whatever their annotations. */
export const isSameSchema = (one: Schema, other: Schema): boolean => isSame(one, other, isAssertion)

/** Returns true if two schemas have the same constraints and defaults. */
export const isSameWithDefaults = (one: Schema, other: Schema): boolean => isSame(one, other, isAssertionOrDefault)

/** Returns true if two schemas are the same in all keywords. */
export const isSameWithWords = (one: Schema, other: Schema): boolean => isSame(one, other, isKeyword)

/** A pair of references, one of each schema. */
type Pair = readonly [left: string, right: string]

/** Two schemas compared up to their references: `undefined` if they differ, or the pairs that have to be the same. */
type Local = readonly Pair[] | undefined

/** The verdicts on pairs of references of two documents: true for those that are the same. */
type Verdicts = Map<string, boolean>

const all = new WeakMap<Json, WeakMap<Json, Map<Counts, Verdicts>>>()

const isSame = (one: Schema, other: Schema, counts: Counts): boolean => {
  const pairs = local(one.value, other.value, counts)
  if (pairs === undefined) return false
  if (pairs.length === 0) return true
  const verdicts = verdictsOf(one.document, other.document, counts)
  explore(pairs, [one.document, other.document], counts, verdicts)
  return pairs.every(pair => verdicts.get(pair.join(' ')) === true)
}

const verdictsOf = (one: Json, other: Json, counts: Counts): Verdicts => {
  const ofOne = all.get(one) ?? new WeakMap<Json, Map<Counts, Verdicts>>()
  const ofBoth = ofOne.get(other) ?? new Map<Counts, Verdicts>()
  const verdicts: Verdicts = ofBoth.get(counts) ?? new Map<string, boolean>()
  all.set(one, ofOne.set(other, ofBoth.set(counts, verdicts)))
  return verdicts
}

/**
 * Decides about all pairs that the given ones lead to, once for each pair of documents: those differ that differ themselves, or that
 * lead to one that does. Pairs that lead to each other are the same if nothing tells them apart.
 */
const explore = (
  pairs: readonly Pair[],
  [left, right]: readonly [Json, Json],
  counts: Counts,
  verdicts: Verdicts,
): void => {
  const owners = new Map<string, string[]>()
  const different: string[] = []
  const next = [...pairs]
  for (let pair = next.pop(); pair !== undefined; pair = next.pop()) {
    const key = pair.join(' ')
    if (verdicts.has(key)) continue
    verdicts.set(key, true)
    const inner = targets(pair, left, right, counts)
    if (inner === undefined) different.push(key)
    for (const each of inner ?? []) {
      const name = each.join(' ')
      const known = owners.get(name)
      if (known === undefined) owners.set(name, [key])
      else known.push(key)
      if (!verdicts.has(name)) next.push(each)
      else if (verdicts.get(name) === false) different.push(key)
    }
  }
  for (let key = different.pop(); key !== undefined; key = different.pop()) {
    verdicts.set(key, false)
    different.push(...(owners.get(key) ?? []).filter(owner => verdicts.get(owner) === true))
  }
}

const targets = ([left, right]: Pair, one: Json, other: Json, counts: Counts): Local => {
  const [target, mate] = [lookUp(one, left), lookUp(other, right)]
  // What can't be read is taken for the same if it has the same name.
  if (target === undefined && mate === undefined) return left === right ? [] : undefined
  return target === undefined || mate === undefined ? undefined : local(target, mate, counts)
}

const local = (one: unknown, other: unknown, counts: Counts): Local => {
  const [a, b] = [counting(one, counts), counting(other, counts)]
  if (!isJson(a) || !isJson(b)) return isSameValue(a, b) ? [] : undefined
  const [left, right] = [textOf(a['$ref']), textOf(b['$ref'])]
  if (left !== undefined && right !== undefined)
    return isSameValue({ ...a, $ref: '' }, { ...b, $ref: '' }) ? [[left, right]] : undefined
  const keywords = Object.keys(a)
  if (keywords.length !== Object.keys(b).length) return undefined
  const pairs: Pair[] = []
  const same = (left: unknown, right: unknown): boolean => {
    const inner = local(left, right, counts)
    if (inner !== undefined) pairs.push(...inner)
    return inner !== undefined
  }
  const isAlike = keywords.every(
    keyword => Object.hasOwn(b, keyword) && isSamePart(keyword, a[keyword], b[keyword], same),
  )
  return isAlike ? pairs : undefined
}

/** Returns true if a keyword has the same meaning in two schemas. `same` compares nested schemas. */
const isSamePart = (
  keyword: string,
  a: unknown,
  b: unknown,
  same: (left: unknown, right: unknown) => boolean,
): boolean => {
  if (SETS.has(keyword)) return isSameValue(sorted(a), sorted(b))
  if (NESTED.has(keyword) && Array.isArray(a) && Array.isArray(b)) {
    const others = listOf(b)
    return a.length === others.length && a.every((schema, index) => same(schema, others[index]))
  }
  if (NAMED.has(keyword) && isJson(a) && isJson(b)) {
    const names = Object.keys(a)
    const isComplete = names.length === Object.keys(b).length
    return isComplete && names.every(name => Object.hasOwn(b, name) && same(a[name], b[name]))
  }
  return NESTED.has(keyword) ? same(a, b) : isSameValue(a, b)
}

const sorted = (value: unknown): unknown => (Array.isArray(value) ? value.map(canonical).sort() : canonical(value))

const counting = (value: unknown, counts: Counts): unknown => {
  if (value === true) return {}
  // A constant is an `enum` of one.
  if (isJson(value) && 'const' in value && !('enum' in value)) {
    const { const: constant, ...rest } = value
    return counting({ ...rest, enum: [constant] }, counts)
  }
  return isJson(value) ? Object.fromEntries(Object.entries(value).filter(([keyword]) => counts(keyword))) : value
}
