import { includes } from '../diff/schema/includes.js'
import type { Json } from '../parse/json.js'
import { type Code, literal, object } from './code.js'
import type { Place, Writer } from './place.js'

/** The name of a component, which becomes its `$id`. */
export const ID = 'x-ackwire-id'

/** Keywords that only describe: they go to the outside of what a schema becomes. */
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

/** Keywords that are left out without a word: they say nothing, or are said otherwise. */
const SILENT: ReadonlySet<string> = new Set([
  '$schema',
  '$id',
  '$comment',
  'nullable',
  'definitions',
  '$defs',
  'discriminator',
])

/** Keywords that TypeBox keeps for the document, and does not check. */
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
])

/** A schema's own words in one way: `example` as `examples`, and nothing that says nothing. */
export const normalised = (schema: Json): Json => {
  const { example, ...rest } = schema
  const entries = Object.entries(rest).filter(
    ([key, value]) => !SILENT.has(key) && !(key === 'deprecated' && value === false),
  )
  const examples = example === undefined || 'examples' in rest ? {} : { examples: [example] }
  return bounded({ ...Object.fromEntries(entries), ...examples })
}

// Draft 4 says by a boolean that a limit is outside; later drafts have it as a number of its own.
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

/** The options of a TypeBox type: all keywords but those that the type itself says. None where there are none. */
export const optionsOf = (schema: Json, said: readonly string[], place: Place, writer: Writer): readonly Code[] =>
  optionsWith([], optionEntries(schema, said, place, writer))

/** The options of a TypeBox type, with more of them behind. None where there are none. */
export const optionsWith = (more: readonly OptionEntry[], entries: readonly OptionEntry[]): readonly Code[] => {
  const options = [...entries, ...more]
  return options.length === 0 ? [] : [object(options)]
}

/** The keywords of a schema, but those that its TypeBox type itself says, as options. */
export const optionEntries = (
  schema: Json,
  said: readonly string[],
  place: Place,
  writer: Writer,
): readonly OptionEntry[] =>
  Object.entries(schema)
    .filter(keyword => !said.includes(keyword[0]) && isKept(keyword, schema, place, writer))
    .map(([key, value]) => [key === ID ? '$id' : key, literal(value)])

/** A keyword of a schema with its value. */
type Keyword = readonly [key: string, value: unknown]

const isKept = ([key, value]: Keyword, schema: Json, place: Place, writer: Writer): boolean => {
  if (key === 'title') return place.isComponent !== true || !place.titles.includes(String(value))
  if (key === 'default' || key === 'examples') return isMatching([key, value], schema, place, writer)
  if (UNCHECKED.has(key)) writer.note(place, `"${key}" is documented but not checked`)
  return true
}

/** The title among the keywords that need not be written, where a rendering gives such a type the same one. */
export const ownTitle = ({ title }: Json, { titles }: Place): readonly string[] =>
  titles.includes(String(title)) ? ['title'] : []

// The document refuses what does not match its schema.
const isMatching = ([key, value]: Keyword, schema: Json, place: Place, writer: Writer): boolean => {
  const values = key === 'default' ? [value] : Array.isArray(value) ? value : [value]
  if (values.every(each => isValid(each, schema))) return Array.isArray(value) || key === 'default'
  writer.note(place, `${key} ${JSON.stringify(value)} does not match its schema, and is left out`)
  return false
}

/** Whether a value is not certain to be refused by a schema without references. One of which a pattern takes too long is refused. */
export const isValid = (value: unknown, schema: Json, document: Json = {}): boolean =>
  includes({ value: { const: value }, document }, { value: schema, document }, '').every(
    ({ isUnclear, what }) => (isUnclear && what !== 'pattern') || what === 'format' || what === '$ref',
  )
