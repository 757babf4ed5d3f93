import { areDisjoint } from '../diff/schema/empty.js'
import { pascal } from '../asyncapi/identifiers.js'
import { constantOf, isJson, type Json, jsonOf, listOf } from '../parse/json.js'
import { call, type Code, list } from './code.js'
import { optionsOf, ownTitle, WORDS } from './options.js'
import { inside, type Place, type Writer } from './place.js'

/** Returns the code of a union: `anyOf`, or else `oneOf`. */
export const unionCode = (schema: Json, document: Json, place: Place, writer: Writer): Code => {
  const keyword = Array.isArray(schema['anyOf']) ? 'anyOf' : 'oneOf'
  const { [keyword]: given, ...rest } = schema
  const members = listOf(given)
  const own = { ...place, titles: typeof schema['title'] === 'string' ? [schema['title']] : place.titles }
  if (keyword === 'oneOf' && !areDisjoint(members.map(value => ({ value, document })))) {
    writer.note(place, 'oneOf is written as a union: that a value matches only one member is not checked')
  }
  const constraints = Object.keys(rest).filter(key => !WORDS.has(key) && !key.startsWith('x-') && key !== 'type')
  if (constraints.length > 0) return together(schema, [keyword], own, writer)
  const values = members.filter(member => !isNull(member))
  const key = discriminator(values)
  const written = members.map((member, index) => {
    // A single optional member keeps its name.
    const isAlone = values.length === 1 && values.length < members.length
    const name = key === undefined ? `Option${index + 1}` : pascal(String(constantAt(member, key)))
    return isNull(member) ? call('Type.Null') : writer.write(member, isAlone ? own : inside(own, `|${index + 1}`, name))
  })
  const [only] = written
  if (written.length === 1 && only !== undefined) return together(schema, [keyword], own, writer)
  const titled = key === undefined ? [] : ownTitle(schema, place)
  return call('Type.Union', list(written), ...optionsOf(schema, [keyword, 'type', ...titled], place, writer))
}

const isNull = (schema: unknown): boolean =>
  isJson(schema) && schema['type'] === 'null' && Object.keys(schema).length === 1

const discriminator = (members: readonly unknown[]): string | undefined => {
  const [first, ...others] = members
  if (others.length === 0) return undefined
  return Object.keys(jsonOf(jsonOf(first)['properties'])).find(key => {
    const values = members.map(member => constantAt(member, key))
    return !values.includes(undefined) && new Set(values).size === values.length
  })
}

const constantAt = (schema: unknown, key: string): unknown => {
  const { properties, required } = jsonOf(schema)
  return listOf(required).includes(key) ? constantOf(jsonOf(properties)[key]) : undefined
}

/**
 * Returns the code of an intersection. A single member is kept with an empty neighbour if annotations would override its name.
 */
export const allCode = (schema: Json, place: Place, writer: Writer): Code => {
  const { allOf, ...rest } = schema
  const members = listOf(allOf)
  const constraints = Object.keys(rest).filter(
    key => !WORDS.has(key) && !key.startsWith('x-') && key !== 'type' && key !== 'unevaluatedProperties',
  )
  if (constraints.length > 0) return together(schema, ['allOf'], place, writer)
  const own = { ...place, titles: typeof schema['title'] === 'string' ? [schema['title']] : place.titles }
  const written = members.map((member, index) => writer.write(member, inside(own, `&${index + 1}`, `Part${index + 1}`)))
  const options = optionsOf(schema, ['allOf', 'type'], place, writer)
  const [only] = written
  if (written.length === 1 && only !== undefined)
    return options.length === 0 ? only : call('Type.Intersect', list([only, call('Type.Unknown')]), ...options)
  return call('Type.Intersect', list(written), ...options)
}

/** Combines `allOf` and the like with the keywords beside them: both apply. */
const together = (schema: Json, keywords: readonly string[], place: Place, writer: Writer): Code => {
  const outside = Object.fromEntries(Object.entries(schema).filter(([key]) => WORDS.has(key)))
  const combined = Object.fromEntries(Object.entries(schema).filter(([key]) => keywords.includes(key)))
  const rest = Object.fromEntries(Object.entries(schema).filter(([key]) => !keywords.includes(key) && !WORDS.has(key)))
  const inner = Object.entries(combined).flatMap(([key, value]) =>
    key === 'allOf' ? listOf(value) : singles(key, value),
  )
  const parts = [...inner, ...(Object.keys(rest).length === 0 ? [] : [rest])]
  return allCode({ ...outside, allOf: parts }, place, writer)
}

const singles = (key: string, value: unknown): readonly unknown[] => {
  const members = listOf(value)
  return members.length === 1 ? members : [{ [key]: value }]
}
