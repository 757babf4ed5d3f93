import { isBytes } from '../../document/bytes.js'
import { kindOf, variantsOf } from '../../document/schema.js'
import { isJson, listIn, property } from '../../../parse/json.js'
import { escape, type Resolve } from '../../../parse/reference.js'
import type { Issue } from './issue.js'

/** A value, its schema and where it stands. */
interface Typed {
  readonly schema: unknown
  readonly value: unknown
  readonly path?: string
}

/** Tells whether a variant of a union accepts a value, but for the number of bytes. */
type Accepts = (variant: unknown, value: unknown) => boolean

/** Returns the places at which binary data, or a string in UTF-8, has fewer or more bytes than its schema allows. */
export const byteIssuesOf = (
  resolve: Resolve,
  { schema, value, path = '' }: Typed,
  accepts: Accepts,
): readonly Issue[] => {
  const own = resolve(schema).value
  const inner = (part: unknown, each: unknown, word: string | number): readonly Issue[] =>
    byteIssuesOf(resolve, { schema: part, value: each, path: `${path}/${escape(String(word))}` }, accepts)
  const same = (part: unknown): readonly Issue[] => byteIssuesOf(resolve, { schema: part, value, path }, accepts)
  switch (kindOf(own)) {
    case 'binary':
      return isBytes(value) ? lengthIssues(own, value.byteLength, path) : []
    case 'string':
      return typeof value === 'string' ? lengthIssues(own, new TextEncoder().encode(value).length, path) : []
    case 'object': {
      if (!isJson(value) || isBytes(value)) return []
      const [named, others] = [property(own, 'properties'), property(own, 'additionalProperties')]
      return Object.entries(value).flatMap(([key, each]) => inner(property(named, key) ?? others, each, key))
    }
    case 'array':
      return Array.isArray(value) ? value.flatMap((each, index) => inner(property(own, 'items'), each, index)) : []
    case 'tuple': {
      const items = listIn(own, 'items')
      return Array.isArray(value) ? value.flatMap((each, index) => inner(items[index], each, index)) : []
    }
    case 'union': {
      const meant = (variant: unknown): boolean => {
        const isBinary = kindOf(resolve(variant).value) === 'binary'
        return isBytes(value) ? isBinary : !isBinary && accepts(variant, value)
      }
      const found = variantsOf(own).filter(meant).map(same)
      return found.find(issues => issues.length === 0) ?? found[0] ?? []
    }
    case 'all':
      return listIn(own, 'allOf').flatMap(same)
    default:
      return []
  }
}

const lengthIssues = (schema: unknown, length: number, path: string): readonly Issue[] => {
  const [least, most] = [property(schema, 'x-minByteLength'), property(schema, 'x-maxByteLength')]
  if (typeof least === 'number' && length < least)
    return [{ path, message: `Expected at least ${least} bytes, got ${length}.` }]
  if (typeof most === 'number' && length > most)
    return [{ path, message: `Expected at most ${most} bytes, got ${length}.` }]
  return []
}
