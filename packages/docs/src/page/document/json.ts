/** An object of a document. It may come from anywhere, so nothing in it is taken for granted. */
export type JsonObject = Readonly<Record<string, unknown>>

/** Whether a value is an object with properties. */
export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** An own property, or `undefined`: what a name finds in the prototype is never part of a document. */
export const property = (value: unknown, name: string): unknown =>
  isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined

/** The value at a path of properties, and of places in lists. */
export const inside = (value: unknown, ...names: readonly string[]): unknown =>
  names.reduce((so, name) => (Array.isArray(so) ? so[Number(name)] : property(so, name)), value)

/** The text of a property, or `undefined` if it is none or empty. */
export const text = (value: unknown, name: string): string | undefined => {
  const found = property(value, name)
  return typeof found === 'string' && found !== '' ? found : undefined
}

/** The items of a property, none if it is no list. */
export const list = (value: unknown, name: string): readonly unknown[] => {
  const found = property(value, name)
  return Array.isArray(found) ? found : []
}

/** The entries of a property, none if it is no object. */
export const entries = (value: unknown, name: string): readonly (readonly [string, unknown])[] => {
  const found = property(value, name)
  return isObject(found) ? Object.entries(found) : []
}
