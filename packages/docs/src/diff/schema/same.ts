import { canonical, isJson, isSame as isSameValue, listOf, textOf } from '../../parse/json.js'
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

/** Returns true if two schemas have the same constraints, whatever their annotations. */
export const isSameSchema = (one: Schema, other: Schema): boolean =>
  isSame(one, other, keyword => !isAnnotation(keyword), NONE)

/** Returns true if two schemas have the same constraints and defaults. */
export const isSameWithDefaults = (one: Schema, other: Schema): boolean =>
  isSame(one, other, keyword => keyword === 'default' || !isAnnotation(keyword), NONE)

/** Returns true if two schemas are the same in all keywords. */
export const isSameWithWords = (one: Schema, other: Schema): boolean => isSame(one, other, () => true, NONE)

const NONE: ReadonlySet<string> = new Set()

// Pairs of references in `known` are assumed to be the same.
const isSame = (one: Schema, other: Schema, counts: Counts, known: ReadonlySet<string>): boolean => {
  const [a, b] = [counting(one.value, counts), counting(other.value, counts)]
  if (!isJson(a) || !isJson(b)) return isSameValue(a, b)
  const [left, right] = [textOf(a['$ref']), textOf(b['$ref'])]
  if (left !== undefined && right !== undefined) {
    const key = `${left} ${right}`
    if (known.has(key)) return true
    const [target, mate] = [lookUp(one.document, left), lookUp(other.document, right)]
    if (target === undefined || mate === undefined) return false
    const isTarget = isSame({ ...one, value: target }, { ...other, value: mate }, counts, new Set(known).add(key))
    return isTarget && isSameValue({ ...a, $ref: '' }, { ...b, $ref: '' })
  }
  const same = (left: unknown, right: unknown): boolean =>
    isSame({ ...one, value: left }, { ...other, value: right }, counts, known)
  const keywords = Object.keys(a)
  if (keywords.length !== Object.keys(b).length) return false
  return keywords.every(keyword => {
    if (!Object.hasOwn(b, keyword)) return false
    return isSamePart(keyword, a[keyword], b[keyword], same)
  })
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
  return isJson(value) ? Object.fromEntries(Object.entries(value).filter(([keyword]) => counts(keyword))) : value
}
