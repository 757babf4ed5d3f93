import { pascal } from '../asyncapi/identifiers.js'
import { isJson, type Json, jsonOf, listOf } from '../parse/json.js'
import { call, type Code, literal, object } from './code.js'
import { optionEntries, optionsOf, optionsWith, ownTitle } from './options.js'
import { isRegExp } from './scalar.js'
import { inside, type Place, type Writer } from './place.js'

/** Returns the code of an object: its properties if it has any, otherwise a record. */
export const objectCode = (given: Json, place: Place, writer: Writer): Code => {
  const schema = withOnePattern(given, place, writer)
  const { properties, patternProperties, additionalProperties } = schema
  const patterns = Object.entries(jsonOf(patternProperties))
  if (isJson(properties) && (patterns.length === 0 || Object.keys(properties).length > 0))
    return propertiesCode(schema, place, writer)
  if (listOf(schema['required']).length > 0) return propertiesCode(schema, place, writer)
  const [pattern] = patterns
  if (pattern !== undefined && patterns.length === 1) {
    const [source, value] = pattern
    const key = call('Type.String', object([['pattern', literal(source)]]))
    const rest = additionalCode(schema, place, writer)
    return call(
      'Type.Record',
      key,
      writer.write(value, inside(place, `["${source}"]`, 'Value')),
      ...optionsWith(
        rest,
        optionEntries(schema, ['type', 'properties', 'patternProperties', 'additionalProperties'], place, writer),
      ),
    )
  }
  if (pattern !== undefined || additionalProperties === false) return propertiesCode(schema, place, writer)
  const value = isJson(additionalProperties) ? additionalProperties : {}
  return call(
    'Type.Record',
    call('Type.String'),
    writer.write(value, inside(place, '.*', 'Value')),
    ...optionsOf(schema, ['type', 'properties', 'additionalProperties'], place, writer),
  )
}

/**
 * Removes property patterns that TypeBox can't express, as it supports one and none beside properties. The result accepts more.
 */
const withOnePattern = (schema: Json, place: Place, writer: Writer): Json => {
  const { patternProperties, additionalProperties, ...rest } = schema
  const sources = Object.keys(jsonOf(patternProperties))
  const named = Object.keys(jsonOf(schema['properties'])).length + listOf(schema['required']).length
  const wrong = sources.filter(source => !isRegExp(source, 'u'))
  if (sources.length === 0 || (wrong.length === 0 && sources.length === 1 && named === 0)) return schema
  for (const source of wrong)
    writer.note(place, `patternProperties: ${JSON.stringify(source)} is not a JavaScript regular expression`)
  const closed = additionalProperties === undefined ? '' : ', and additionalProperties with it'
  writer.note(
    place,
    `patternProperties is left out${closed}: a contract supports one pattern, and none beside properties`,
  )
  return { type: 'object', ...rest }
}

const propertiesCode = (schema: Json, place: Place, writer: Writer): Code => {
  const own = { ...place, titles: typeof schema['title'] === 'string' ? [schema['title']] : place.titles }
  const declared = jsonOf(schema['properties'])
  const properties = Object.entries(declared).filter(([name]) => isName(name))
  for (const name of Object.keys(declared).filter(name => !isName(name))) {
    writer.note(place, `the property ${JSON.stringify(name)} is left out: TypeBox does not support its name`)
  }
  const required = new Set(listOf(schema['required']).map(String))
  const undeclared = [...required].filter(name => !Object.hasOwn(declared, name) && isName(name))
  const entries = properties.map(([name, value]) => {
    const code = writer.write(value, inside(own, `.${name}`, pascal(name)))
    return [name, required.has(name) ? code : call('Type.Optional', code)] as const
  })
  const said = ['type', 'properties', 'required', 'additionalProperties', ...ownTitle(schema, place)]
  return call(
    'Type.Object',
    object([...entries, ...undeclared.map(name => [name, call('Type.Unknown')] as const)]),
    ...optionsWith(additionalCode(schema, own, writer), optionEntries(schema, said, place, writer)),
  )
}

/** Returns true if TypeBox supports a property's name: not `__proto__`, and no invisible characters. */
const isName = (name: string): boolean =>
  name !== '__proto__' && ![...name].some(sign => UNSEEN.has(sign.codePointAt(0) ?? 0))

const UNSEEN: ReadonlySet<number> = new Set([7, 8, 9, 10, 11, 12, 13, 27, 127])

const additionalCode = (schema: Json, place: Place, writer: Writer): readonly (readonly [string, Code])[] => {
  const value = schema['additionalProperties']
  if (value === undefined) return []
  return [['additionalProperties', isJson(value) ? writer.write(value, inside(place, '.*', 'Value')) : literal(value)]]
}
