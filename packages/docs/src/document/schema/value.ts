/** Returns a value as a document can show it: bytes as base64, dates as ISO 8601. */
export const toWire = (value: unknown): unknown => {
  if (value instanceof Date) return value.toISOString()
  if (value instanceof ArrayBuffer) return Buffer.from(value).toString('base64')
  if (ArrayBuffer.isView(value)) {
    return Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('base64')
  }
  if (Array.isArray(value)) return value.map(toWire)
  // A computed default may differ at each call, but a document must not.
  if (typeof value === 'function') return undefined
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, toWire(part)]))
}
