/** What Socket.IO carries as an attachment. */
export type Bytes = ArrayBuffer | Uint8Array

/** Whether a value is binary. */
export const isBytes = (value: unknown): value is Bytes => value instanceof ArrayBuffer || value instanceof Uint8Array

const viewOf = (bytes: Bytes): Uint8Array => (bytes instanceof Uint8Array ? bytes : new Uint8Array(bytes))

/** Bytes as base64, which is how JSON shows them. */
export const toBase64 = (bytes: Bytes): string => {
  const view = viewOf(bytes)
  let binary = ''
  // In parts: a call has room for so many arguments only.
  for (let index = 0; index < view.length; index += 0x8000)
    binary += String.fromCharCode(...view.subarray(index, index + 0x8000))
  return btoa(binary)
}

/** The bytes that base64 stands for, `undefined` if the text is none. */
export const fromBase64 = (text: string): Uint8Array<ArrayBuffer> | undefined => {
  try {
    return Uint8Array.from(atob(text), character => character.charCodeAt(0))
  } catch {
    return undefined
  }
}

/** Bytes for a reader: `<1,024 bytes: 89 50 4e 47 …>`. */
export const describeBytes = (bytes: Bytes): string => {
  const view = viewOf(bytes)
  const start = [...view.subarray(0, 8)].map(byte => byte.toString(16).padStart(2, '0')).join(' ')
  const count = `${view.length.toLocaleString('en')} ${view.length === 1 ? 'byte' : 'bytes'}`
  return view.length === 0 ? `<${count}>` : `<${count}: ${start}${view.length > 8 ? ' …' : ''}>`
}

/** For `JSON.stringify`: bytes in a reader's words. */
export const readable = (_key: string, value: unknown): unknown => (isBytes(value) ? describeBytes(value) : value)

/** A copy of a value in which `change` has replaced the bytes. */
export const replaceBytes = (value: unknown, change: (bytes: Bytes) => unknown): unknown => {
  if (isBytes(value)) return change(value)
  if (Array.isArray(value)) return value.map(each => replaceBytes(each, change))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, replaceBytes(each, change)]))
}
