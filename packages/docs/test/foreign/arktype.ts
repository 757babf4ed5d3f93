import type { type as Type } from 'arktype'
import { differing, REASONS, type Table } from './table.js'

/** A schema of ArkType, as far as the test needs it. */
export type ArkSchema = (value: unknown) => unknown

const DEFINITIONS: readonly unknown[] = [
  'string',
  'number',
  'boolean',
  'null',
  'unknown',
  'never[]',
  'number.integer',
  'number > 1',
  'number >= 1',
  '1 < number <= 5',
  'number % 5',
  'string >= 3',
  'string <= 3',
  'string == 1',
  '1 <= string <= 3',
  '/^[ab]+$/',
  'string.uuid',
  'string.digits',
  'string.alpha',
  'string.alphanumeric',
  'string.integer',
  'string.numeric',
  'string.lower.preformatted',
  'string.upper.preformatted',
  'string.hex',
  'string.ip.v4',
  "'a'",
  '5',
  "'a' | 'b' | 'abc'",
  "'a' | 5 | null",
  'string[]',
  'number[] > 1',
  'number[] <= 2',
  ['string', 'number'],
  ['string', '...', 'boolean[]'],
  ['string', 'number?'],
  { a: 'string', b: 'number' },
  { a: "string = 'x'", b: 'number' },
  { '+': 'reject', a: 'string' },
  { '+': 'delete', a: 'string' },
  { a: 'string', '[string]': 'string | number' },
  { a: { b: [{ a: 'null' }, '[]'] } },
  { a: 'string | null', b: '5 | 1' },
  'string | null',
  'string | number',
  'string | number[]',
  [{ a: 'string' }, '|', { b: 'number' }],
  [{ a: "'a'", b: 'number' }, '|', { a: "'b'", b: 'string' }],
  [{ a: 'string' }, '&', { b: 'number' }],
  { a: 'true', 'b?': 'unknown' },
  'boolean | string',
  'number.safe',
  'string.trim',
  'string.numeric.parse',
  { a: 'string.integer.parse' },
  'string#name',
]

/** Definitions that accept a list. */
const LISTS: readonly unknown[] = [
  { 'a?': 'string', 'b?': 'number | null' },
  { '[string]': 'number' },
  { 'a?': 'string[] | boolean' },
  'object',
]

/** Schemas of ArkType, made with one of its versions. */
export const arkSchemas = (type: typeof Type): Table<ArkSchema> => ({
  ...Object.fromEntries(
    DEFINITIONS.map(definition => [JSON.stringify(definition), type(definition as 'string') as ArkSchema]),
  ),
  ...Object.fromEntries(
    LISTS.map(definition => [
      JSON.stringify(definition),
      differing(REASONS.lists, type(definition as 'string') as ArkSchema),
    ]),
  ),
  recursive: type.scope({ node: { a: 'string', 'b?': 'node[]' } }).export().node as ArkSchema,
  email: type('string.email') as ArkSchema,
  url: differing(REASONS.format, type('string.url') as ArkSchema),
  narrowed: differing(REASONS.refined, type('string').narrow(text => text.startsWith('a')) as ArkSchema),
  transformed: type('string').pipe(text => text.length) as ArkSchema,
})
