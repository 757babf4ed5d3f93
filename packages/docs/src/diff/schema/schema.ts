import { isJson, type Json, listOf } from '../../parse/json.js'
import { FOREIGN } from '../../parse/parts.js'
import { lookUp } from '../../parse/reference.js'

/** A JSON Schema with the document that its references refer to. */
export interface Schema {
  readonly value: unknown
  readonly document: Json
  /** True if objects are assumed to have only declared properties where the schema says nothing about others. */
  readonly onlyDeclared?: boolean
}

/** A schema among several that all apply, without references and `allOf`. */
export interface Atom {
  readonly keywords: Json
  readonly document: Json
  readonly onlyDeclared?: boolean
}

/** Several schemas that all apply; `isNever` if one of them rejects every value. */
export interface Conjunction {
  readonly atoms: readonly Atom[]
  readonly isNever: boolean
}

/** The maximum number of references and `allOf` that are followed at one place. */
const DEEPEST = 32

/**
 * Returns the atoms of schemas that all apply. Parts that can't be resolved are left out: fewer atoms accept more, which is the
 * safe side for values that must be accepted.
 */
export const atomsOf = (schemas: readonly Schema[], depth = 0): Conjunction => {
  const atoms: Atom[] = []
  let isNever = false
  for (const { value, ...place } of schemas) {
    if (value === false) isNever = true
    if (!isJson(value) || depth > DEEPEST) continue
    const inner = partsOf(value, place.document)
    if (inner === undefined) {
      atoms.push({ ...place, keywords: value })
      continue
    }
    const found = atomsOf(
      inner.map(part => Object.assign({ value: part }, place)),
      depth + 1,
    )
    atoms.push(...found.atoms)
    if (found.isNever) isNever = true
  }
  return { atoms, isNever }
}

// In draft-07 keywords beside a reference are ignored.
const partsOf = (value: Json, document: Json): readonly unknown[] | undefined => {
  const { $ref, allOf, ...own } = value
  if (typeof $ref === 'string') return [lookUp(document, $ref)]
  return Array.isArray(allOf) ? [...listOf(allOf), own] : undefined
}

/** The keywords that don't affect which values are valid. */
const ANNOTATIONS: ReadonlySet<string> = new Set([
  '$comment',
  '$id',
  '$schema',
  '$defs',
  'contentMediaType',
  'default',
  'definitions',
  'deprecated',
  'description',
  'discriminator',
  'example',
  'examples',
  'externalDocs',
  'nullable',
  'readOnly',
  'title',
  'writeOnly',
  'xml',
])

/** Our extensions that do affect validity: constraints that draft-07 can't express. */
const ASSERTIONS: ReadonlySet<string> = new Set([
  FOREIGN,
  'x-minByteLength',
  'x-maxByteLength',
  'x-pattern-flags',
  'x-minimumTimestamp',
  'x-maximumTimestamp',
  'x-exclusiveMinimumTimestamp',
  'x-exclusiveMaximumTimestamp',
  'x-multipleOfTimestamp',
])

/** Returns true if a keyword is only informative. */
export const isAnnotation = (keyword: string): boolean =>
  ANNOTATIONS.has(keyword) || (keyword.startsWith('x-') && !ASSERTIONS.has(keyword))

/** Returns a part of a schema as a schema of the same document. */
export const part = ({ document, onlyDeclared }: Atom, value: unknown): Schema =>
  onlyDeclared === undefined ? { value, document } : { value, document, onlyDeclared }
