/** The keys of objects, valid while the objects stay unchanged. */
interface Written {
  /** The short key of each object: a number that equal objects share. */
  readonly short: Map<object, string>
  readonly numbers: Map<string, number>
}

/** Set while `whileUnchanged` runs. */
let written: Written | undefined

/**
 * Calls a function during which the key of each object is made only once. Without this, nested arrays of unique items
 * would make the keys of inner values again for each array around them. The values must not change during the call.
 */
export const whileUnchanged = <Result>(look: () => Result): Result => {
  if (written !== undefined) return look()
  written = { short: new Map(), numbers: new Map() }
  try {
    return look()
  } finally {
    written = undefined
  }
}

/**
 * Returns a string that is the same for two values if JSON Schema considers them equal: regardless of the order of
 * properties and the notation of numbers. Its length, and the time to make it, are linear in the size of the value.
 */
export const keyOf = (value: unknown): string => {
  // A primitive has no parts, and nothing follows it.
  if (typeof value === 'string') return `s${value}`
  if (typeof value !== 'object' || value === null) return leafOf(value)
  return written === undefined ? stringOf(value) : shortOf(value, written)
}

const stringOf = (value: object): string => {
  const parts: string[] = []
  write(value, parts)
  return parts.join('')
}

const shortOf = (value: object, { short, numbers }: Written): string => {
  const known = short.get(value)
  if (known !== undefined) return known
  const key = stringOf(value)
  const number = numbers.get(key) ?? numbers.size
  numbers.set(key, number)
  const made = `#${number}`
  short.set(value, made)
  return made
}

/** Returns whether no two items of an array are equal. */
export const areUnique = (items: readonly unknown[]): boolean => {
  // Strings that begin with a letter: V8 seeds their hashes, whereas a client can predict those of numbers.
  const keys = new Set<string>()
  for (const item of items) {
    const key = keyOf(item)
    if (keys.has(key)) return false
    keys.add(key)
  }
  return true
}

/**
 * Returns whether two JSON values are equal. It takes time linear in the size of the smaller one, except for a look at
 * the names of properties.
 */
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
  // Zero and negative zero have the same key.
  return `${typeof value}:${String(value)}`
}

const write = (value: object, parts: string[]): void => {
  if (Array.isArray(value)) {
    parts.push('[')
    for (const item of value) {
      writePart(item, parts)
      parts.push(',')
    }
    parts.push(']')
  } else if (value instanceof Date) parts.push(`date:${value.getTime()}`)
  else if (value instanceof ArrayBuffer || ArrayBuffer.isView(value))
    parts.push(`bytes:${value.byteLength}:`, lettersOf(value))
  else {
    parts.push('{')
    for (const key of Object.keys(value).sort()) {
      parts.push(JSON.stringify(key), ':')
      writePart(Reflect.get(value, key), parts)
      parts.push(',')
    }
    parts.push('}')
  }
}

const writePart = (value: unknown, parts: string[]): void => {
  if (typeof value !== 'object' || value === null) parts.push(leafOf(value))
  else if (written === undefined) write(value, parts)
  else parts.push(shortOf(value, written))
}

/** Returns a string with one character for each byte. */
const lettersOf = (bytes: ArrayBuffer | ArrayBufferView): string => {
  const view =
    bytes instanceof ArrayBuffer
      ? new Uint8Array(bytes)
      : new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let letters = ''
  // In parts, since each byte is an argument. Not with TextDecoder, which React Native does not have.
  for (let at = 0; at < view.length; at += 8_192)
    letters += Reflect.apply(String.fromCharCode, undefined, view.subarray(at, at + 8_192))
  return letters
}
