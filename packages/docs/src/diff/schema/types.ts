import { isJson, listOf } from '../../parse/json.js'
import type { Atom } from './schema.js'

/** The types of values, which don't overlap. Bytes are a type of their own, although they are documented as strings. */
export type ValueType = 'null' | 'boolean' | 'object' | 'array' | 'integer' | 'fraction' | 'string' | 'bytes'

const ALL: readonly ValueType[] = ['null', 'boolean', 'object', 'array', 'integer', 'fraction', 'string', 'bytes']

/** Returns the types that all of the atoms accept. */
export const typesOf = (atoms: readonly Atom[]): ReadonlySet<ValueType> => {
  const sets = atoms.map(typesOfOne)
  return new Set(ALL.filter(type => sets.every(set => set === undefined || set.has(type))))
}

const typesOfOne = ({ keywords }: Atom): ReadonlySet<ValueType> | undefined => {
  const { type } = keywords
  if (type === undefined) return undefined
  return new Set((Array.isArray(type) ? type : [type]).flatMap(name => named(String(name), keywords['format'])))
}

const named = (type: string, format: unknown): readonly ValueType[] => {
  if (type === 'number') return ['integer', 'fraction']
  if (type === 'string') return [format === 'binary' ? 'bytes' : 'string']
  return ALL.filter(known => known === type)
}

/** Returns the type of a JSON value. */
export const typeOf = (value: unknown): ValueType => {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'array'
  if (typeof value === 'boolean' || typeof value === 'string') return typeof value === 'string' ? 'string' : 'boolean'
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'fraction'
  return 'object'
}

/**
 * Returns all values that the atoms may accept, if one of them lists values or the type has only a few, else `undefined`. The
 * list may contain rejected values, but lacks none that is accepted.
 */
export const valuesOf = (atoms: readonly Atom[]): readonly unknown[] | undefined => {
  const types = typesOf(atoms)
  const lists = atoms.flatMap(({ keywords }) => {
    if (Object.hasOwn(keywords, 'const')) return [[keywords['const']]]
    return Array.isArray(keywords['enum']) ? [listOf(keywords['enum'])] : []
  })
  const [first, ...others] = lists.sort((one, other) => one.length - other.length)
  if (first !== undefined) {
    const rest = others.map(list => new Set(list.map(value => JSON.stringify(value))))
    return first.filter(
      value => isJson(value) || Array.isArray(value) || rest.every(set => set.has(JSON.stringify(value))),
    )
  }
  if (![...types].every(type => type === 'null' || type === 'boolean')) return undefined
  return [...types].flatMap(type => (type === 'null' ? [null] : [true, false]))
}

/** Returns the schema that accepts only this value, with the values of its parts as constants. */
export const schemaOf = (value: unknown): Readonly<Record<string, unknown>> => {
  if (Array.isArray(value)) {
    const items = value.map(item => ({ const: item as unknown }))
    return { type: 'array', minItems: items.length, maxItems: items.length, ...(items.length === 0 ? {} : { items }) }
  }
  if (!isJson(value)) return { const: value }
  const properties = Object.fromEntries(Object.entries(value).map(([key, each]) => [key, { const: each }]))
  return { type: 'object', properties, required: Object.keys(value), additionalProperties: false }
}
