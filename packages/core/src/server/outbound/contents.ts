import { types } from 'node:util'
import { Kind, KindGuard, type TSchema } from '@sinclair/typebox'
import { DEEPEST } from './wire-form.js'

/**
 * The contents of an outgoing value: `text` and `bytes` are what the JSON parser of Socket.IO sends without more ado, and `bytes`
 * has binary data in it; `other` has to be brought into the form of JSON, or is refused there.
 */
export type Contents = 'text' | 'bytes' | 'other'

/**
 * Returns the contents of a value. It replaces the walk by which the parser looks for binary data, so it visits as little as that.
 * It never throws.
 */
export const contentsOf = (value: unknown): Contents => {
  // A getter or a proxy of the application can throw.
  try {
    return typeof value === 'object' && value !== null ? contentsAt(value as Holder, 0) : 'text'
  } catch {
    return 'other'
  }
}

const contentsAt = (value: Holder, depth: number): Contents => {
  if (depth > DEEPEST) return 'other'
  if (typeof value.toJSON === 'function') return leafOf(value)
  return Array.isArray(value) ? contentsOfItems(value, depth) : contentsOfProperties(value, depth)
}

/** Any object, which may have what a serializer looks for. */
interface Holder {
  readonly [key: string]: unknown
  readonly toJSON?: unknown
}

const contentsOfItems = (items: readonly unknown[], depth: number): Contents => {
  let contents: Contents = 'text'
  for (let at = 0; at < items.length; at++) {
    const inside = items[at]
    if (typeof inside !== 'object' || inside === null) continue
    const own = contentsAt(inside as Holder, depth + 1)
    if (own === 'other') return own
    if (own === 'bytes') contents = own
  }
  return contents
}

const contentsOfProperties = (value: Holder, depth: number): Contents => {
  const isPlain = Object.getPrototypeOf(value) === Object.prototype
  let contents = isPlain ? 'text' : leafOf(value)
  if (contents !== 'text') return contents
  for (const key in value) {
    if (!isPlain && !Object.hasOwn(value, key)) continue
    const inside = value[key]
    if (typeof inside === 'function' || key === '__proto__') return 'other'
    if (typeof inside !== 'object' || inside === null) continue
    const own = contentsAt(inside as Holder, depth + 1)
    if (own === 'other') return own
    if (own === 'bytes') contents = own
  }
  return contents
}

/** Returns the contents of an object of which more is to be known than its properties. */
const leafOf = (value: Holder): Contents => {
  if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) return 'bytes'
  const { toJSON: toJson } = value
  if (typeof toJson === 'function') return toJson === Date.prototype.toJSON && value instanceof Date ? 'text' : 'other'
  return value instanceof Blob || 'then' in value || types.isAnyArrayBuffer(value) ? 'other' : 'text'
}

/** Tells whether all values of a schema are the same in JSON. */
export const isScalar = (schema: TSchema): boolean =>
  SCALARS.has(schema[Kind]) || (KindGuard.IsUnion(schema) && schema.anyOf.every(isScalar))

const SCALARS: ReadonlySet<string> = new Set(['Boolean', 'Integer', 'Literal', 'Null', 'Number', 'String'])
