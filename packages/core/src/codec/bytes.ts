import { KindGuard, type TSchema } from '@sinclair/typebox'
import { some } from './rewrite.js'

/**
 * What is done to values that come in where one of these schemas has bytes: a browser's Socket.IO gives them as an
 * `ArrayBuffer`, Node's as a `Uint8Array`, which is what the contract says.
 */
export const arriving = (schemas: readonly (TSchema | undefined)[]): ((value: unknown) => unknown) =>
  schemas.some(schema => schema !== undefined && some(schema, KindGuard.IsUint8Array)) ? withBytes : value => value

const withBytes = (value: unknown): unknown => {
  if (value instanceof ArrayBuffer) return new Uint8Array(value)
  if (Array.isArray(value)) return value.map(withBytes)
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return value
  return Object.fromEntries(Object.entries(value).map(([key, inside]) => [key, withBytes(inside)]))
}
