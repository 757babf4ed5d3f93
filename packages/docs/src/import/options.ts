import { includes } from '../diff/schema/includes.js'
import { type Json, jsonOf } from '../parse/json.js'
import { type Code, literal, object } from './code.js'
import type { Place, Writer } from './place.js'
import { withoutReferences } from './raw.js'

/** The internal keyword for a component's name, which becomes its `$id`. */
export const ID = 'x-ackwire-id'

/** The annotations, which move to the outermost schema. */
export const WORDS: ReadonlySet<string> = new Set([
  ID,
  'title',
  'description',
  'default',
  'examples',
  'deprecated',
  'readOnly',
  'writeOnly',
  'externalDocs',
])

/** The keywords that are dropped without a note, since they have no effect or are expressed otherwise. */
const SILENT: ReadonlySet<string> = new Set([
  '$schema',
  '$id',
  '$comment',
  'nullable',
  'definitions',
  '$defs',
  'discriminator',
])

/** The keywords that TypeBox keeps for the document but does not check. */
const UNCHECKED: ReadonlySet<string> = new Set([
  'if',
  'then',
  'else',
  'dependencies',
  'dependentRequired',
  'dependentSchemas',
  'propertyNames',
  'patternProperties',
  'unevaluatedItems',
  'unevaluatedProperties',
  '$dynamicRef',
  '$recursiveRef',
])

/** Normalizes a schema's annotations: `example` becomes `examples`, and keywords without effect are removed. */
export const normalised = (schema: Json): Json => {
  const { example, ...rest } = schema
  const entries = Object.entries(rest).filter(
    ([key, value]) => !SILENT.has(key) && !(key === 'deprecated' && value === false),
  )
  const examples = example === undefined || 'examples' in rest ? {} : { examples: [example] }
  return bounded({ ...Object.fromEntries(entries), ...examples })
}

// Draft-04 marks exclusive limits by a boolean; later drafts have separate numbers.
const bounded = (schema: Json): Json =>
  BOUNDS.reduce((sum, [limit, exclusive]) => {
    const { [limit]: value, [exclusive]: isOutside, ...rest } = sum
    if (typeof isOutside !== 'boolean') return sum
    return value === undefined ? rest : { ...rest, [isOutside ? exclusive : limit]: value }
  }, schema)

const BOUNDS = [
  ['minimum', 'exclusiveMinimum'],
  ['maximum', 'exclusiveMaximum'],
] as const

/** An option of a TypeBox type: its name and its value. */
type OptionEntry = readonly [key: string, value: Code]

/** Returns the options of a TypeBox type: all keywords except those that the type itself expresses. Empty if there are none. */
export const optionsOf = (schema: Json, said: readonly string[], place: Place, writer: Writer): readonly Code[] =>
  optionsWith([], optionEntries(schema, said, place, writer))

/** Returns the options of a TypeBox type with further entries appended. Empty if there are none. */
export const optionsWith = (more: readonly OptionEntry[], entries: readonly OptionEntry[]): readonly Code[] => {
  const options = [...entries, ...more]
  return options.length === 0 ? [] : [object(options)]
}

/** Returns the keywords of a schema as options, except those that its TypeBox type expresses. */
export const optionEntries = (
  schema: Json,
  said: readonly string[],
  place: Place,
  writer: Writer,
): readonly OptionEntry[] =>
  Object.entries(schema)
    .filter(keyword => !said.includes(keyword[0]) && isKept(keyword, schema, place, writer))
    .map(([key, value]) => [key === ID ? '$id' : key, literal(plain([key, value], place, writer))])

// What is not checked is raw JSON Schema in the contract.
const plain = ([key, value]: Keyword, place: Place, writer: Writer): unknown =>
  UNCHECKED.has(key) ? jsonOf(withoutReferences({ [key]: value }, place, writer))[key] : value

/** A keyword of a schema with its value. */
type Keyword = readonly [key: string, value: unknown]

const isKept = ([key, value]: Keyword, schema: Json, place: Place, writer: Writer): boolean => {
  if (key === 'title') return place.isComponent !== true || !place.titles.includes(String(value))
  if (key === 'default' || key === 'examples') return isMatching([key, value], schema, place, writer)
  if (UNCHECKED.has(key)) writer.note(place, `"${key}" is documented but not checked`)
  return true
}

/** Returns `title` as a keyword to omit if a rendering would generate the same title. */
export const ownTitle = ({ title }: Json, { titles }: Place): readonly string[] =>
  titles.includes(String(title)) ? ['title'] : []

// The document rejects a default or example that does not match its schema.
const isMatching = ([key, value]: Keyword, schema: Json, place: Place, writer: Writer): boolean => {
  const values = key === 'default' ? [value] : Array.isArray(value) ? value : [value]
  if (values.every(each => isValid(each, schema))) return Array.isArray(value) || key === 'default'
  writer.note(place, `${key} ${JSON.stringify(value)} does not match its schema, and is left out`)
  return false
}

/** Returns false if a value certainly does not match a schema without references, or if one of its patterns takes too long. */
export const isValid = (value: unknown, schema: Json, document: Json = {}): boolean =>
  includes({ value: { const: value }, document }, { value: schema, document }, '').every(
    ({ isUnclear, what }) => (isUnclear && what !== 'pattern') || what === 'format' || what === '$ref',
  )
