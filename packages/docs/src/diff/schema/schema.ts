import { isJson, type Json, listOf } from '../../parse/json.js'
import { lookUp } from '../../parse/reference.js'

/** A JSON Schema with the document in which its references lead. */
export interface Schema {
  readonly value: unknown
  readonly document: Json
  /** Whether objects are taken to have no properties but those that are declared, where nothing is said about others. */
  readonly onlyDeclared?: boolean
}

/** One schema among several that all hold, with neither a reference nor an `allOf` in it. */
export interface Atom {
  readonly keywords: Json
  readonly document: Json
  readonly onlyDeclared?: boolean
}

/** Several schemas that all hold; `isNever` if one of them refuses everything. */
export interface Conjunction {
  readonly atoms: readonly Atom[]
  readonly isNever: boolean
}

/** How deep references and `allOf` are followed at one place. */
const DEEPEST = 32

/**
 * The atoms of schemas that all hold. What can't be resolved is left out: fewer atoms accept more, which is the safe side
 * where these are the values that have to be accepted.
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

// In draft-07 what stands beside a reference is ignored.
const partsOf = (value: Json, document: Json): readonly unknown[] | undefined => {
  const { $ref, allOf, ...own } = value
  if (typeof $ref === 'string') return [lookUp(document, $ref)]
  return Array.isArray(allOf) ? [...listOf(allOf), own] : undefined
}

/** Keywords that say nothing about which values are valid. */
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

/** Extensions of ours that do: what TypeBox checks and draft-07 can't say. */
const ASSERTIONS: ReadonlySet<string> = new Set([
  'x-minByteLength',
  'x-maxByteLength',
  'x-pattern-flags',
  'x-minimumTimestamp',
  'x-maximumTimestamp',
  'x-exclusiveMinimumTimestamp',
  'x-exclusiveMaximumTimestamp',
  'x-multipleOfTimestamp',
])

/** Whether a keyword only informs. */
export const isAnnotation = (keyword: string): boolean =>
  ANNOTATIONS.has(keyword) || (keyword.startsWith('x-') && !ASSERTIONS.has(keyword))

/** The part of a schema as a schema of the same document. */
export const part = ({ document, onlyDeclared }: Atom, value: unknown): Schema =>
  onlyDeclared === undefined ? { value, document } : { value, document, onlyDeclared }
