import { matchesPattern } from '../../untrusted/pattern.js'
import { isJson, isSame, type Json, numberOf } from '../../parse/json.js'
import { differs, type Reason, unclear } from './reason.js'
import type { Atom } from './schema.js'
import { typeOf } from './types.js'

/** A keyword whose larger (`least`) or smaller value is the stricter one. */
interface Limit {
  readonly keyword: string
  readonly kind: 'least' | 'most'
}

const LIMITS: Readonly<Record<'string' | 'bytes', readonly Limit[]>> = {
  string: [
    { keyword: 'minLength', kind: 'least' },
    { keyword: 'maxLength', kind: 'most' },
    { keyword: 'x-minByteLength', kind: 'least' },
    { keyword: 'x-maxByteLength', kind: 'most' },
  ],
  bytes: [
    { keyword: 'x-minByteLength', kind: 'least' },
    { keyword: 'x-maxByteLength', kind: 'most' },
  ],
}

/** The formats that accept every string. */
const HINTS: ReadonlySet<unknown> = new Set(['password', 'binary'])

/** Returns the strictest value of a limit among the atoms, or `undefined`. */
export const strictest = (atoms: readonly Atom[], keyword: string, kind: 'least' | 'most'): number | undefined => {
  const values = atoms.map(({ keywords }) => numberOf(keywords[keyword])).filter(value => value !== undefined)
  return values.length === 0 ? undefined : kind === 'least' ? Math.max(...values) : Math.min(...values)
}

/** Returns the reasons why the inner schemas may exceed a limit of the outer one. */
export const limited = (
  atoms: readonly Atom[],
  outer: Json,
  { keyword, kind }: Limit,
  path: string,
): readonly Reason[] => {
  const wanted = outer[keyword]
  if (wanted === undefined) return []
  const given = strictest(atoms, keyword, kind)
  if (typeof wanted !== 'number') return [unclear(path, keyword, given, wanted)]
  const isKept = given !== undefined && (kind === 'least' ? given >= wanted : given <= wanted)
  return isKept || (kind === 'least' && wanted <= 0) ? [] : [differs(path, keyword, given, wanted)]
}

/** Compares strings and bytes. */
export const textReasons = (
  atoms: readonly Atom[],
  outer: Json,
  path: string,
  of: 'string' | 'bytes',
): readonly Reason[] => [
  ...LIMITS[of].flatMap(limit => limited(atoms, outer, limit, path)),
  ...(of === 'bytes'
    ? []
    : [...equalReasons(atoms, outer, ['pattern', 'x-pattern-flags'], path), ...formatReasons(atoms, outer, path)]),
]

/** Compares a format that the other side does not require. It validates strings, and for numbers gives the size. */
export const formatReasons = (atoms: readonly Atom[], outer: Json, path: string): readonly Reason[] =>
  HINTS.has(outer['format']) ? [] : equalReasons(atoms, outer, ['format'], path)

/** Compares keywords that can't be ordered: an atom must have the same ones. */
export const equalReasons = (
  atoms: readonly Atom[],
  outer: Json,
  keywords: readonly string[],
  path: string,
): readonly Reason[] => {
  const [first = ''] = keywords
  if (keywords.every(keyword => outer[keyword] === undefined)) return []
  const isEqual = atoms.some(atom => keywords.every(keyword => isSame(atom.keywords[keyword], outer[keyword])))
  if (isEqual) return []
  const given = atoms.map(atom => atom.keywords[first]).find(value => value !== undefined)
  return [given === undefined ? differs(path, first, given, outer[first]) : unclear(path, first, given, outer[first])]
}

/** Compares numbers. */
export const numberReasons = (atoms: readonly Atom[], outer: Json, path: string): readonly Reason[] => [
  ...boundReasons(atoms, outer, LOWER, path),
  ...boundReasons(atoms, outer, UPPER, path),
  ...multipleReasons(atoms, outer, path),
  ...formatReasons(atoms, outer, path),
]

/** The keywords of a bound, with its value and without; `sign` turns a lower bound into an upper one. */
interface Bound {
  readonly closed: string
  readonly open: string
  readonly sign: 1 | -1
}

const LOWER: Bound = { closed: 'minimum', open: 'exclusiveMinimum', sign: -1 }
const UPPER: Bound = { closed: 'maximum', open: 'exclusiveMaximum', sign: 1 }

const boundReasons = (
  atoms: readonly Atom[],
  outer: Json,
  { closed, open, sign }: Bound,
  path: string,
): readonly Reason[] => {
  // Draft-04 has booleans here, which change the meaning of the other keyword.
  if (typeof outer[open] === 'boolean') return equalReasons(atoms, outer, [open, closed], path)
  const inner = atoms.filter(({ keywords }) => typeof keywords[open] !== 'boolean')
  const kind = sign === 1 ? 'most' : 'least'
  const [least, below] = [strictest(inner, closed, kind), strictest(inner, open, kind)]
  return [closed, open].flatMap(keyword => {
    const wanted = outer[keyword]
    if (wanted === undefined) return []
    if (typeof wanted !== 'number') return [unclear(path, keyword, undefined, wanted)]
    const isOpen = keyword === open
    const byClosed = least !== undefined && (isOpen ? sign * least < sign * wanted : sign * least <= sign * wanted)
    const byOpen = below !== undefined && sign * below <= sign * wanted
    return byClosed || byOpen ? [] : [differs(path, keyword, (isOpen ? below : least) ?? least ?? below, wanted)]
  })
}

const multipleReasons = (atoms: readonly Atom[], outer: Json, path: string): readonly Reason[] => {
  const wanted = outer['multipleOf']
  if (wanted === undefined || isIntegerOnly(atoms, wanted)) return []
  const given = atoms.map(({ keywords }) => numberOf(keywords['multipleOf'])).filter(value => value !== undefined)
  const isKept = given.some(value => value === wanted || isMultiple(value, wanted))
  return isKept ? [] : [differs(path, 'multipleOf', given[0], wanted)]
}

const isIntegerOnly = (atoms: readonly Atom[], wanted: unknown): boolean =>
  wanted === 1 && atoms.some(({ keywords }) => keywords['type'] === 'integer')

// Only for integers, since fractions have no exact remainder.
const isMultiple = (value: number, of: unknown): boolean =>
  typeof of === 'number' && Number.isInteger(value) && Number.isInteger(of) && of !== 0 && value % of === 0

/** Returns true if an atom certainly rejects a value, as far as can be decided without its parts. */
export const excludes = ({ keywords }: Atom, value: unknown): boolean => {
  if (Object.hasOwn(keywords, 'const') && !isSame(keywords['const'], value)) return true
  const { enum: values, type } = keywords
  if (Array.isArray(values) && !values.some(each => isSame(each, value))) return true
  if (type !== undefined && !hasType(type, value)) return true
  const number = numberOf(value)
  const { minimum, maximum } = keywords
  return (
    number !== undefined &&
    ((typeof minimum === 'number' && number < minimum) || (typeof maximum === 'number' && number > maximum))
  )
}

const hasType = (type: unknown, value: unknown): boolean => {
  const own = typeOf(value)
  const names = own === 'integer' ? ['integer', 'number'] : own === 'fraction' ? ['number'] : [own]
  return (Array.isArray(type) ? type : [type]).some(name => names.includes(String(name)))
}

/** Returns the reasons why a string, a number, a boolean or null may violate a schema's own keywords. */
export const valueReasons = (value: unknown, outer: Json, atoms: readonly Atom[], path: string): readonly Reason[] => {
  if (typeof value === 'number') {
    const bounds = { minimum: value, maximum: value, multipleOf: value === 0 ? outer['multipleOf'] : value }
    return numberReasons([...atoms, atomOf(bounds)], outer, path)
  }
  if (typeof value !== 'string' || isJson(value)) return []
  const { length } = [...value]
  const matches = isMatch(outer['pattern'], outer['x-pattern-flags'], value)
  const known = {
    minLength: length,
    maxLength: length,
    ...(matches ? { pattern: outer['pattern'], 'x-pattern-flags': outer['x-pattern-flags'] } : {}),
  }
  return textReasons([...atoms, atomOf(known)], outer, path, 'string')
}

const atomOf = (keywords: Json): Atom => ({ keywords, document: {} })

// A match that takes too long counts as none, which is the safe side.
const isMatch = (pattern: unknown, flags: unknown, value: string): boolean =>
  typeof pattern === 'string' && matchesPattern(pattern, flags === undefined ? 'u' : String(flags), value) === true
