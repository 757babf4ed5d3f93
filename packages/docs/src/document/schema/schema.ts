import { Kind } from '@sinclair/typebox'
import type { Translate } from './registry.js'
import { checkValues } from './check.js'
import { createIntersect } from './intersect.js'
import { createArray, createNot, createTuple } from './list.js'
import { createObject, createRecord } from './object.js'
import {
  createBinary,
  createDate,
  createLiteral,
  createRegExp,
  createScalar,
  createString,
  throwForKind,
} from './scalar.js'
import { createUnion } from './union.js'
import { createUnsafe } from './unsafe.js'

/** The writer of each kind of TypeBox. Other kinds belong to the application. */
const KINDS: ReadonlyMap<unknown, Translate> = new Map([
  ...['Any', 'Unknown', 'Number', 'Integer', 'Boolean', 'Null', 'TemplateLiteral', 'Never'].map(
    (kind): [string, Translate] => [kind, createScalar],
  ),
  ['Literal', createLiteral],
  ['String', createString],
  ['Array', createArray],
  ['Tuple', createTuple],
  ['Not', createNot],
  ['Object', createObject],
  ['Record', createRecord],
  ['Intersect', createIntersect],
  ['Union', createUnion],
  ['Date', createDate],
  ['Uint8Array', createBinary],
  ['RegExp', createRegExp],
  ...[
    'Argument',
    'AsyncIterator',
    'BigInt',
    'Computed',
    'Constructor',
    'Function',
    'Iterator',
    'Promise',
    'Symbol',
    'Undefined',
    'Void',
  ].map((kind): [string, Translate] => [kind, throwForKind]),
])

/**
 * Writes a TypeBox schema as a Schema Object. A transform is written as its encoded side, which TypeBox's own keywords describe.
 *
 * @throws TypeError with the path to the entry for an invalid default or example, and for a kind that can't be sent.
 */
export const createSchema: Translate = (schema, registry, place) => {
  const create = KINDS.get(schema[Kind]) ?? createUnsafe
  const written = create(schema, registry, place)
  checkValues(schema, place)
  return written
}
