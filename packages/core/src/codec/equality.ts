/** What was written of objects while they stay as they are. */
interface Written {
  /** What stands for an object in the text of another: a number, which those that are equal have in common. */
  readonly short: Map<object, string>
  readonly numbers: Map<string, number>
}

/** There as long as values stay as they are. */
let written: Written | undefined

/**
 * Calls back, and meanwhile writes each object once: where lists of unique items stand in each other, what is inside would be
 * written again for each list around it. What is looked at must not change.
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
 * A text that two values have in common where JSON Schema takes them for equal: the order of an object's properties does not
 * matter, nor how a number is written. Its length, and what it takes to make it, grow with the value.
 */
export const keyOf = (value: unknown): string => {
  // What is not made of others needs no list of parts, and nothing follows it.
  if (typeof value === 'string') return `s${value}`
  if (typeof value !== 'object' || value === null) return leafOf(value)
  return written === undefined ? textOf(value) : shortOf(value, written)
}

const textOf = (value: object): string => {
  const parts: string[] = []
  write(value, parts)
  return parts.join('')
}

const shortOf = (value: object, { short, numbers }: Written): string => {
  const known = short.get(value)
  if (known !== undefined) return known
  const text = textOf(value)
  const number = numbers.get(text) ?? numbers.size
  numbers.set(text, number)
  const made = `#${number}`
  short.set(value, made)
  return made
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
    for (const key of Object.keys(value).toSorted()) {
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

/** A character for each byte. */
const lettersOf = (bytes: ArrayBuffer | ArrayBufferView): string => {
  const view =
    bytes instanceof ArrayBuffer
      ? new Uint8Array(bytes)
      : new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  return new TextDecoder('latin1').decode(view)
}
