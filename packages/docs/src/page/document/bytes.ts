/** Binary data, which Socket.IO sends as an attachment. */
export type Bytes = ArrayBuffer | Uint8Array

/** Returns true if a value is binary. */
export const isBytes = (value: unknown): value is Bytes => value instanceof ArrayBuffer || value instanceof Uint8Array

const viewOf = (bytes: Bytes): Uint8Array => (bytes instanceof Uint8Array ? bytes : new Uint8Array(bytes))

/** The names of the files that bytes were read from. */
const fileNames = new WeakMap<Bytes, string>()

/** Notes the name of the file that bytes were read from. */
export const noteFile = <Value extends Bytes>(bytes: Value, name: string): Value => {
  fileNames.set(bytes, name)
  return bytes
}

/** Returns the name of the file that bytes were read from, if they were. */
export const fileNameOf = (bytes: Bytes): string | undefined => fileNames.get(bytes)

/** Encodes bytes as base64, as JSON shows them. */
export const toBase64 = (bytes: Bytes): string => {
  const view = viewOf(bytes)
  let binary = ''
  // In chunks, since the number of arguments of a call is limited.
  for (let index = 0; index < view.length; index += 0x8000)
    binary += String.fromCharCode(...view.subarray(index, index + 0x8000))
  return btoa(binary)
}

/** Decodes base64, or returns `undefined` for an invalid string. */
export const fromBase64 = (text: string): Uint8Array<ArrayBuffer> | undefined => {
  try {
    return Uint8Array.from(atob(text), character => character.charCodeAt(0))
  } catch {
    return undefined
  }
}

/** Describes bytes for a reader: `<1,024 bytes: 89 50 4e 47 …>`. */
export const describeBytes = (bytes: Bytes): string => {
  const view = viewOf(bytes)
  const start = [...view.subarray(0, 8)].map(byte => byte.toString(16).padStart(2, '0')).join(' ')
  const count = `${view.length.toLocaleString('en')} ${view.length === 1 ? 'byte' : 'bytes'}`
  return view.length === 0 ? `<${count}>` : `<${count}: ${start}${view.length > 8 ? ' …' : ''}>`
}

/** Describes bytes; a replacer for `JSON.stringify`. */
export const readable = (_key: string, value: unknown): unknown => (isBytes(value) ? describeBytes(value) : value)

/** Returns a copy of a value in which `change` has replaced the bytes. */
export const replaceBytes = (value: unknown, change: (bytes: Bytes) => unknown): unknown => {
  if (isBytes(value)) return change(value)
  if (Array.isArray(value)) return value.map(each => replaceBytes(each, change))
  if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) !== Object.prototype) return value
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, replaceBytes(each, change)]))
}
