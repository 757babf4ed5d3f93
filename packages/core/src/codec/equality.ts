/**
 * A text that two values have in common where JSON Schema takes them for equal: the order of an object's properties does not
 * matter, nor how a number is written. Its length, and what it takes to make it, grow with the value.
 */
export const keyOf = (value: unknown): string => {
  // What is not made of others needs no list of parts, and nothing follows it.
  if (typeof value === 'string') return `s${value}`
  if (typeof value !== 'object' || value === null) return leafOf(value)
  const parts: string[] = []
  write(value, parts)
  return parts.join('')
}

/** Whether no two items of a list are equal. */
export const areUnique = (items: readonly unknown[]): boolean => {
  // Texts, each with a letter in front: V8 scatters those by a secret, but numbers in a way that a peer can foresee.
  const keys = new Set<string>()
  for (const item of items) {
    const key = keyOf(item)
    if (keys.has(key)) return false
    keys.add(key)
  }
  return true
}

/** Whether two values of JSON are equal. It takes no longer than the smaller of them is large, but for a look at the names of properties. */
export const areEqual = (one: unknown, other: unknown): boolean => {
  if (one === other) return true
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false
  if (Array.isArray(one) || Array.isArray(other)) {
    if (!Array.isArray(one) || !Array.isArray(other) || one.length !== other.length) return false
    return one.every((item, index) => areEqual(item, other[index]))
  }
  const names = Object.keys(one)
  return (
    names.length === Object.keys(other).length &&
    names.every(name => Object.hasOwn(other, name) && areEqual(Reflect.get(one, name), Reflect.get(other, name)))
  )
}

const leafOf = (value: unknown): string => {
  if (typeof value === 'string') return JSON.stringify(value)
  // Both zeros are written alike.
  return `${typeof value}:${String(value)}`
}

const write = (value: unknown, parts: string[]): void => {
  if (typeof value !== 'object' || value === null) parts.push(leafOf(value))
  else if (Array.isArray(value)) {
    parts.push('[')
    for (const item of value) {
      write(item, parts)
      parts.push(',')
    }
    parts.push(']')
  } else if (value instanceof Date) parts.push(`date:${value.getTime()}`)
  else if (value instanceof ArrayBuffer || ArrayBuffer.isView(value))
    parts.push(`bytes:${value.byteLength}:`, textOf(value))
  else {
    parts.push('{')
    for (const key of Object.keys(value).toSorted()) {
      parts.push(JSON.stringify(key), ':')
      write(Reflect.get(value, key), parts)
      parts.push(',')
    }
    parts.push('}')
  }
}

/** A character for each byte. */
const textOf = (bytes: ArrayBuffer | ArrayBufferView): string => {
  const view =
    bytes instanceof ArrayBuffer
      ? new Uint8Array(bytes)
      : new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  return new TextDecoder('latin1').decode(view)
}
