import { types } from 'node:util'

/** Tells whether values have more than `maxBytes` bytes together, as `bytesOf` counts them. */
export const isLarger = (values: readonly unknown[], from: number, to: number, maxBytes: number): boolean =>
  bytesOf(values, from, to, maxBytes) > maxBytes

/**
 * Counts the bytes of the values from `from` up to, but not including, `to`: as JSON writes them in UTF-8, but without the
 * escapes, and binary as it is. It looks no further than `maxBytes`: of what is larger, the count is only more than that.
 */
export const bytesOf = (values: readonly unknown[], from: number, to: number, maxBytes: number): number => {
  let size = 0
  const below: object[] = []
  for (let at = from; at < to; at++) {
    size += sizeOf(values[at], maxBytes, below)
    if (size > maxBytes) return size
  }
  for (let value = below.pop(); value !== undefined && size <= maxBytes; value = below.pop()) {
    size +=
      BRACKETS +
      (Array.isArray(value) ? itemsOf(value, maxBytes - size, below) : membersOf(value, maxBytes - size, below))
  }
  return size
}

const itemsOf = (items: readonly unknown[], left: number, below: object[]): number => {
  let size = Math.max(0, items.length - 1)
  for (const item of items) {
    if (size > left) break
    size += sizeOf(item, left, below)
  }
  return size
}

const membersOf = (members: object, left: number, below: object[]): number => {
  let size = -1
  // Properties of the prototype count, too: the msgpack parser makes it of a property `__proto__`.
  for (const key in members) {
    if (size > left) break
    size += 1 + sizeOf(key, left, below) + COLON + sizeOf(Reflect.get(members, key), left, below)
  }
  return Math.max(0, size)
}

const BRACKETS = 2
const QUOTES = 2
const COLON = 1

/** Returns the size of a value without parts; a container is added to `below` instead. */
const sizeOf = (value: unknown, maxBytes: number, below: object[]): number => {
  // A string has at least as many bytes as characters, so a longer one need not be encoded.
  if (typeof value === 'string') return value.length > maxBytes ? value.length : Buffer.byteLength(value) + QUOTES
  if (typeof value !== 'object' || value === null) return String(value).length
  if (ArrayBuffer.isView(value) || types.isAnyArrayBuffer(value)) return value.byteLength
  below.push(value)
  return 0
}
