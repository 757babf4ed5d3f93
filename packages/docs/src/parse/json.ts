/** An object of JSON, whose values are not known yet. */
export type Json = Readonly<Record<string, unknown>>

/** Whether a value is an object of JSON: no array, not null. */
export const isJson = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The value as an object, or an empty one. */
export const jsonOf = (value: unknown): Json => (isJson(value) ? value : {})

/** The value as a list, or an empty one. */
export const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])

/** The value if it is a text. */
export const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)

/** The value if it is a number. */
export const numberOf = (value: unknown): number | undefined => (typeof value === 'number' ? value : undefined)

/** A text that is the same for equal values, whatever the order of their keys. */
export const canonical = (value: unknown): string => {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (!isJson(value)) return JSON.stringify(value) ?? 'undefined'
  const entries = Object.entries(value).filter(([, part]) => part !== undefined)
  entries.sort(([one], [other]) => (one < other ? -1 : 1))
  return `{${entries.map(([key, part]) => `${JSON.stringify(key)}:${canonical(part)}`).join(',')}}`
}

/** Whether two values of JSON are the same. */
export const isSame = (one: unknown, other: unknown): boolean => canonical(one) === canonical(other)

/** An own property, or `undefined`: what a name finds in the prototype is never part of a document. */
export const property = (value: unknown, name: string): unknown =>
  isJson(value) && Object.hasOwn(value, name) ? value[name] : undefined

/** The value at a path of properties, and of places in lists. */
export const inside = (value: unknown, ...names: readonly string[]): unknown =>
  names.reduce((so, name) => (Array.isArray(so) ? so[Number(name)] : property(so, name)), value)

/** The text of a property, or `undefined` if it is none or empty. */
export const textIn = (value: unknown, name: string): string | undefined => {
  const found = property(value, name)
  return typeof found === 'string' && found !== '' ? found : undefined
}

/** The items of a property, none if it is no list. */
export const listIn = (value: unknown, name: string): readonly unknown[] => {
  const found = property(value, name)
  return Array.isArray(found) ? found : []
}

/** The entries of a property, none if it is no object. */
export const entriesIn = (value: unknown, name: string): readonly (readonly [string, unknown])[] => {
  const found = property(value, name)
  return isJson(found) ? Object.entries(found) : []
}
