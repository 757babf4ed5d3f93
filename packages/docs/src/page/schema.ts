import type { Schema, SchemaObject } from '../asyncapi.js'
import { anchor, html, type Html, inline, type Part } from './html.js'

/** The last word of a pointer, which is the component's key. */
export const keyOf = (pointer: string): string => pointer.slice(pointer.lastIndexOf('/') + 1)

/** The arguments of an event: several by their positions, one as it is. */
export const argumentsView = (payload: Schema): Html =>
  'items' in payload && Array.isArray(payload['items']) ? html`${parts(payload)}` : schemaView(payload)

/** A schema as a reader wants it: what it is, what it must be, and its parts as a list. */
export const schemaView = (schema: unknown): Html => {
  if (!isSchema(schema)) return html`<span class="type">${schema === false ? 'nothing' : 'anything'}</span>`
  return html`${headline(schema)}${note(schema)}${parts(schema)}`
}

const isSchema = (value: unknown): value is SchemaObject => typeof value === 'object' && value !== null

const headline = (schema: Schema): Html => {
  if ('$ref' in schema) {
    const key = keyOf(String(schema.$ref))
    return html`<a class="type" href="${anchor(`schema-${key}`)}">${key}</a>`
  }
  const { format, items } = schema
  const of = isSchema(items) && !Array.isArray(items) && schema.type === 'array' ? html` of ${brief(items)}` : undefined
  return html`<span class="type">${typeOf(schema)}${of}</span
    >${format === undefined ? '' : html` <span class="format">${String(format)}</span>`}${facts(schema)}`
}

const brief = (schema: Schema): Part =>
  '$ref' in schema
    ? html`<a href="${anchor(`schema-${keyOf(String(schema.$ref))}`)}">${keyOf(String(schema.$ref))}</a>`
    : typeOf(schema)

const typeOf = (schema: SchemaObject): string => {
  if (schema.type !== undefined) return Array.isArray(schema['items']) ? 'tuple' : [schema.type].flat().join(' or ')
  if (schema['const'] !== undefined) return 'constant'
  if (schema['oneOf'] !== undefined || schema['anyOf'] !== undefined) return 'one of'
  if (schema['allOf'] !== undefined) return 'all of'
  return schema['not'] === undefined ? 'anything' : 'not'
}

/** Keywords in the words of a reader, in this order. */
const FACTS: readonly (readonly [keyword: string, words: string])[] = [
  ['const', '='],
  ['default', 'default'],
  ['minimum', '≥'],
  ['exclusiveMinimum', '>'],
  ['maximum', '≤'],
  ['exclusiveMaximum', '<'],
  ['multipleOf', 'multiple of'],
  ['minLength', 'length ≥'],
  ['maxLength', 'length ≤'],
  ['pattern', 'matches'],
  ['minItems', 'items ≥'],
  ['maxItems', 'items ≤'],
  ['minProperties', 'properties ≥'],
  ['maxProperties', 'properties ≤'],
  ['x-minByteLength', 'bytes ≥'],
  ['x-maxByteLength', 'bytes ≤'],
]

const facts = (schema: SchemaObject): Part => {
  const isTuple = Array.isArray(schema['items']) || schema['maxItems'] === 0
  const said = FACTS.filter(([keyword]) => schema[keyword] !== undefined && !(isTuple && keyword.endsWith('Items')))
  const values: unknown = schema['enum']
  return [
    said.map(([keyword, words]) => html` <span class="fact">${words} <code>${literal(schema[keyword])}</code></span>`),
    Array.isArray(values)
      ? html` <span class="fact"
          >${values.map((value, index) => html`${index > 0 ? ' | ' : ''}<code>${literal(value)}</code>`)}</span
        >`
      : undefined,
    schema['deprecated'] === true ? html` <span class="badge warn">deprecated</span>` : undefined,
  ]
}

const literal = (value: unknown): string => JSON.stringify(value) ?? ''

const note = (schema: Schema): Part =>
  'description' in schema && typeof schema.description === 'string'
    ? html`<span class="note">${inline(schema.description)}</span>`
    : undefined

const parts = (schema: Schema): Part => {
  if ('$ref' in schema) return undefined
  const { required, properties } = schema
  const rows = Object.entries(properties ?? {}).map(([name, property]) => {
    const mark = required?.includes(name) ? html` <span class="must">required</span>` : undefined
    return html`<li>
      <code class="key">${name}</code> ${headline(property)}${mark}${note(property)}${parts(property)}
    </li>`
  })
  const items: unknown = schema['items']
  const members = [schema['oneOf'], schema['anyOf'], schema['allOf'], Array.isArray(items) ? items : []].flat()
  const tuple = Array.isArray(items)
  const listed = members.filter(isSchema).map((member, index) => {
    const left = tuple && index >= Number(schema['minItems'] ?? 0) ? html` <span class="note">optional</span>` : ''
    return html`<li>${label(member, tuple ? index : undefined)}${schemaView(member)}${left}</li>`
  })
  const rest = tuple ? schema['additionalItems'] : schema['additionalProperties']
  const any = isSchema(rest)
    ? html`<li><span class="key">any ${tuple ? 'more' : 'other'}</span> ${schemaView(rest)}</li>`
    : undefined
  const inner = isSchema(items) && !tuple ? parts(items) : undefined
  const lists = rows.length + listed.length > 0 || any !== undefined
  return [
    lists
      ? html`<ul class="schema">
          ${rows}${listed}${any}
        </ul>`
      : undefined,
    inner,
  ]
}

const label = (schema: SchemaObject, index: number | undefined): Part => {
  if (index === undefined) return undefined
  const { title } = schema
  return html`<span class="index">${index + 1}</span>
    ${title === undefined ? '' : html`<code class="key">${title}</code> `}`
}
