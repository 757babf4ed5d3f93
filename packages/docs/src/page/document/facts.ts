import { listIn, property, textIn } from '../../parse/json.js'
import { kindOf, literal } from './schema.js'

/** The words for each keyword, in the order in which they are shown. */
const WORDS: readonly (readonly [keyword: string, words: string])[] = [
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
  ['minProperties', 'keys ≥'],
  ['maxProperties', 'keys ≤'],
  ['x-minByteLength', 'bytes ≥'],
  ['x-maxByteLength', 'bytes ≤'],
]

/** Describes the constraints of a schema as short strings. */
export const factsOf = (schema: unknown): readonly string[] => {
  const isTuple = kindOf(schema) === 'tuple'
  const format = textIn(schema, 'format')
  const limits = WORDS.flatMap(([keyword, words]) => {
    const value = property(schema, keyword)
    if (value === undefined || (isTuple && keyword.endsWith('Items'))) return []
    return [`${words} ${typeof value === 'string' ? value : literal(value)}`]
  })
  return [
    ...(format === undefined || format === 'binary' ? [] : [format]),
    ...limits,
    ...(property(schema, 'uniqueItems') === true ? ['all different'] : []),
    ...(property(schema, 'additionalProperties') === false ? ['no other keys'] : []),
  ]
}

/** Returns a schema's own examples. */
export const examplesOf = (schema: unknown): readonly unknown[] => listIn(schema, 'examples')
