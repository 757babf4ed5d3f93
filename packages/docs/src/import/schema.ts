import { isJson, type Json, jsonOf, listOf } from '../parse/json.js'
import { FOREIGN } from '../parse/parts.js'
import { call, type Code, list } from './code.js'
import { arrayCode } from './list.js'
import { objectCode } from './object.js'
import { normalised, optionsOf, WORDS } from './options.js'
import { inside, type Place, type Writer } from './place.js'
import { constantsCode, plainCode, stringCode } from './scalar.js'
import { allCode, unionCode } from './union.js'

/** Returns the TypeBox expression of a JSON Schema. */
export const schemaCode = (schema: unknown, document: Json, place: Place, writer: Writer): Code => {
  if (schema === false) return call('Type.Never')
  if (!isJson(schema)) return call('Type.Unknown')
  const { $ref, [FOREIGN]: foreign } = schema
  if (foreign !== undefined) return foreignCode(jsonOf(foreign), place, writer)
  if (typeof $ref === 'string') return referenceCode(schema, $ref, place, writer)
  if (schema['nullable'] === true) return orNull(normalised(schema), place, writer)
  const own = normalised(schema)
  return combinationCode(own, document, place, writer) ?? valueCode(own, place, writer)
}

const foreignCode = ({ format, isNoted }: Json, place: Place, writer: Writer): Code => {
  if (isNoted !== true)
    writer.note(place, `is written as ${String(format)}, not as JSON Schema, and becomes Type.Unknown()`)
  return call('Type.Unknown')
}

// Some readers use keywords beside a reference; here they are kept only if they are more than annotations.
const referenceCode = (schema: Json, pointer: string, place: Place, writer: Writer): Code => {
  const { $ref: _, ...beside } = normalised(schema)
  if (Object.keys(beside).length === 0) return writer.refer(pointer, place)
  return writer.write({ ...beside, allOf: [{ $ref: pointer }] }, place)
}

const combinationCode = (schema: Json, document: Json, place: Place, writer: Writer): Code | undefined => {
  if (Array.isArray(schema['allOf'])) return allCode(schema, place, writer)
  if (Array.isArray(schema['anyOf']) || Array.isArray(schema['oneOf']))
    return unionCode(schema, document, place, writer)
  if (!('not' in schema)) return undefined
  const { not } = schema
  const others = Object.keys(schema).filter(key => key !== 'not' && !WORDS.has(key))
  if (others.length > 0) {
    const { not: __, ...rest } = schema
    return writer.write({ allOf: [rest, { not }] }, place)
  }
  const isNever = not === true || (isJson(not) && Object.keys(not).length === 0)
  const options = optionsOf(schema, ['not'], place, writer)
  return isNever
    ? call('Type.Never', ...options)
    : call('Type.Not', writer.write(not, inside(place, '.not', 'Not')), ...options)
}

const valueCode = (schema: Json, place: Place, writer: Writer): Code => {
  const { type, enum: values } = schema
  if ('const' in schema) return constantsCode([schema['const']], schema, place, writer)
  if (Array.isArray(values)) return constantsCode(values, schema, place, writer)
  if (Array.isArray(type)) return typesCode([...new Set(type.map(String))], schema, place, writer)
  const kind = type ?? impliedType(schema)
  if (kind === 'string') return stringCode(schema, place, writer)
  if (kind === 'object') return objectCode(schema, place, writer)
  if (kind === 'array') return arrayCode(schema, place, writer)
  return plainCode(kind, schema, place, writer) ?? unknownCode(schema, place, writer)
}

const unknownCode = (schema: Json, place: Place, writer: Writer): Code => {
  const { type, format } = schema
  if (type !== undefined)
    writer.note(place, `the type ${JSON.stringify(type)} is not one of JSON Schema, and is left out`)
  else if (format !== undefined && format !== 'any')
    writer.note(place, `the format ${JSON.stringify(format)} is left out, since there is no type`)
  return call('Type.Unknown', ...optionsOf(schema, ['type', 'format'], place, writer))
}

/** The keywords that say which type is meant, if a schema has none. */
const IMPLIED: readonly (readonly [type: string, keywords: readonly string[]])[] = [
  ['object', ['properties', 'patternProperties', 'additionalProperties', 'required', 'minProperties', 'maxProperties']],
  ['array', ['items', 'prefixItems', 'contains', 'minItems', 'maxItems', 'uniqueItems']],
  ['string', ['pattern', 'minLength', 'maxLength']],
  ['number', ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf']],
]

const impliedType = (schema: Json): string | undefined =>
  IMPLIED.find(([, keywords]) => keywords.some(keyword => keyword in schema))?.[0]

/** Returns a union of several types, each with its own keywords; the annotations belong to the union. */
const typesCode = (types: readonly string[], schema: Json, place: Place, writer: Writer): Code => {
  const entries = Object.entries(schema).filter(([key]) => key !== 'type')
  const inner = Object.fromEntries(entries.filter(([key]) => !WORDS.has(key)))
  const [only] = types
  if (types.length === 1) return writer.write({ ...schema, type: only }, place)
  if (types.includes('object') || types.includes('array'))
    writer.note(place, `the types ${types.join(', ')} are written as a union`)
  const members = types.map(type =>
    type === 'null' ? call('Type.Null') : writer.write({ type, ...partOf(inner, type) }, place),
  )
  return call('Type.Union', list(members), ...optionsOf(schema, ['type', ...Object.keys(inner)], place, writer))
}

/** The types that a keyword applies to. Other keywords apply to all types. */
const ABOUT: Readonly<Record<string, readonly string[]>> = {
  string: [
    'minLength',
    'maxLength',
    'pattern',
    'format',
    'contentMediaType',
    'contentEncoding',
    'x-pattern-flags',
    'x-minByteLength',
    'x-maxByteLength',
  ],
  number: ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf'],
  object: [
    'properties',
    'required',
    'additionalProperties',
    'patternProperties',
    'minProperties',
    'maxProperties',
    'propertyNames',
    'dependencies',
  ],
  array: ['items', 'additionalItems', 'prefixItems', 'minItems', 'maxItems', 'uniqueItems', 'contains'],
}

const partOf = (schema: Json, type: string): Json => {
  const kind = type === 'integer' ? 'number' : type
  const others = Object.entries(ABOUT).filter(([about]) => about !== kind)
  const foreign = new Set(others.flatMap(([, keywords]) => keywords))
  return Object.fromEntries(Object.entries(schema).filter(([key]) => !foreign.has(key)))
}

const orNull = (schema: Json, place: Place, writer: Writer): Code => {
  const { type, enum: values } = schema
  const withNull = Array.isArray(values) ? { enum: [...new Set([...listOf(values), null])] } : {}
  if (typeof type === 'string') return writer.write({ ...schema, type: [type, 'null'], ...withNull }, place)
  return writer.write({ anyOf: [schema, { type: 'null' }] }, place)
}
