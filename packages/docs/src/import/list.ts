import { isJson, type Json, numberOf } from '../parse/json.js'
import { call, type Code, list, literal } from './code.js'
import { optionEntries, optionsOf, optionsWith } from './options.js'
import { inside, type Place, type Writer } from './place.js'
import { withoutReferences } from './raw.js'

/** Returns the code of an array or a tuple. */
export const arrayCode = (schema: Json, place: Place, writer: Writer): Code => {
  const { items, prefixItems, additionalItems, contains } = schema
  const isNew = Array.isArray(prefixItems)
  const listed = isNew ? prefixItems : Array.isArray(items) ? items : undefined
  if (listed !== undefined)
    return tupleCode({ schema, items: listed, following: isNew ? items : additionalItems }, place, writer)
  if (items === undefined && schema['maxItems'] === 0)
    return call('Type.Tuple', list([]), ...optionsOf(schema, TUPLE, place, writer))
  if (typeof contains === 'boolean') writer.note(place, `"contains": ${contains} is left out`)
  const more = isJson(contains)
    ? [['contains', writer.write(contains, inside(place, '.contains', 'Contained'))] as const]
    : []
  return call(
    'Type.Array',
    writer.write(items ?? {}, inside(place, '[]', 'Item')),
    ...optionsWith(more, optionEntries(schema, ['type', 'items', 'additionalItems', 'contains'], place, writer)),
  )
}

const TUPLE = ['type', 'items', 'prefixItems', 'additionalItems', 'minItems', 'maxItems']

/** The keywords of lists that TypeBox ignores in a tuple. */
const UNCHECKED = ['contains', 'minContains', 'maxContains', 'uniqueItems']

/** The maximum number of tuples in a union, as which a list with optional last items is written. */
const MOST_TUPLES = 32

/** A list whose first items have schemas of their own, in any draft. */
interface TupleSchema {
  readonly schema: Json
  readonly items: readonly unknown[]
  /** The schema of further items: `false` for none, `undefined` for any. */
  readonly following: unknown
}

// A TypeBox tuple has exactly its items.
const tupleCode = ({ schema, items, following }: TupleSchema, place: Place, writer: Writer): Code => {
  const written = items.map((item, index) => writer.write(item, inside(place, `[${index}]`, `Item${index + 1}`)))
  const most = numberOf(schema['maxItems']) ?? Number.POSITIVE_INFINITY
  const least = numberOf(schema['minItems']) ?? 0
  const unchecked = UNCHECKED.filter(key => key in schema)
  if (unchecked.length > 0)
    writer.note(place, `${unchecked.join(', ')} of a list with schemas of its own for its items is left out`)
  const options = optionsOf(schema, [...TUPLE, ...UNCHECKED], place, writer)
  if (following !== false && most > items.length) {
    writer.note(
      place,
      'a list whose first items have schemas of their own, and that continues: documented but not checked',
    )
    return call('Type.Unsafe', literal(withoutReferences(schema, place, writer)))
  }
  if (least >= items.length || schema['minItems'] === undefined) {
    if (schema['minItems'] === undefined && items.length > 0)
      writer.note(place, 'a list of item schemas is treated as a tuple with all of its items')
    return call('Type.Tuple', list(written), ...options)
  }
  if (items.length - least > MOST_TUPLES) {
    writer.note(
      place,
      `a list of ${least} to ${items.length} items with schemas of their own: documented but not checked`,
    )
    return call('Type.Unsafe', literal(withoutReferences(schema, place, writer)))
  }
  const tuples = Array.from({ length: Math.min(most, items.length) - least + 1 }, (_, index) =>
    call('Type.Tuple', list(written.slice(0, least + index))),
  )
  return call('Type.Union', list(tuples), ...options)
}
