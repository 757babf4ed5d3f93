import { isJson, listOf } from '../../parse/json.js'
import type { Atom } from './schema.js'

/** The kinds of values, none of which overlap. Bytes are documented as strings, and are none. */
export type ValueType = 'null' | 'boolean' | 'object' | 'array' | 'integer' | 'fraction' | 'string' | 'bytes'

const ALL: readonly ValueType[] = ['null', 'boolean', 'object', 'array', 'integer', 'fraction', 'string', 'bytes']

/** The kinds of values that all of the atoms let through, as far as their types say. */
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

/** The kind of a value of JSON. */
export const typeOf = (value: unknown): ValueType => {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'array'
  if (typeof value === 'boolean' || typeof value === 'string') return typeof value === 'string' ? 'string' : 'boolean'
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'fraction'
  return 'object'
}

/** The values that atoms leave, where one of them lists values or the type has only few; more than there are, never fewer. */
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

/** A value as the schema of nothing else, in which the values of its parts stand as constants. */
export const schemaOf = (value: unknown): Readonly<Record<string, unknown>> => {
  if (Array.isArray(value)) {
    const items = value.map(item => ({ const: item as unknown }))
    return { type: 'array', minItems: items.length, maxItems: items.length, ...(items.length === 0 ? {} : { items }) }
  }
  if (!isJson(value)) return { const: value }
  const properties = Object.fromEntries(Object.entries(value).map(([key, each]) => [key, { const: each }]))
  return { type: 'object', properties, required: Object.keys(value), additionalProperties: false }
}
