/** A JSON object with unknown values. */
export type Json = Readonly<Record<string, unknown>>

/** Returns true for a JSON object, which is neither an array nor null. */
export const isJson = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Returns the value if it is an object, otherwise an empty one. */
export const jsonOf = (value: unknown): Json => (isJson(value) ? value : {})

/** Returns the value if it is a list, otherwise an empty one. */
export const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])

/** Returns the value if it is a string. */
export const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)

/** Returns the value if it is a number. */
export const numberOf = (value: unknown): number | undefined => (typeof value === 'number' ? value : undefined)

/** Returns a string that is equal for equal values, whatever the order of their keys. */
export const canonical = (value: unknown): string => {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (!isJson(value)) return JSON.stringify(value) ?? 'undefined'
  const entries = Object.entries(value).filter(([, part]) => part !== undefined)
  entries.sort(([one], [other]) => (one < other ? -1 : 1))
  return `{${entries.map(([key, part]) => `${JSON.stringify(key)}:${canonical(part)}`).join(',')}}`
}

/** Returns true if two JSON values are equal. */
export const isSame = (one: unknown, other: unknown): boolean => canonical(one) === canonical(other)

/** Returns an own property or `undefined`, so that names in the prototype are never found. */
export const property = (value: unknown, name: string): unknown =>
  isJson(value) && Object.hasOwn(value, name) ? value[name] : undefined

/** Returns the only value that a schema accepts: its `const`, or that of an `enum` of one. */
export const constantOf = (schema: unknown): unknown => {
  const values = listIn(schema, 'enum')
  return property(schema, 'const') ?? (values.length === 1 ? values[0] : undefined)
}

/** Returns the value at a path of properties and indices. */
export const inside = (value: unknown, ...names: readonly string[]): unknown =>
  names.reduce((so, name) => (Array.isArray(so) ? so[Number(name)] : property(so, name)), value)

/** Returns a property if it is a non-empty string, else `undefined`. */
export const textIn = (value: unknown, name: string): string | undefined => {
  const found = property(value, name)
  return typeof found === 'string' && found !== '' ? found : undefined
}

/** Returns the items of a property, or none if it is not a list. */
export const listIn = (value: unknown, name: string): readonly unknown[] => {
  const found = property(value, name)
  return Array.isArray(found) ? found : []
}

/** Returns the entries of a property, or none if it is not an object. */
export const entriesIn = (value: unknown, name: string): readonly (readonly [string, unknown])[] => {
  const found = property(value, name)
  return isJson(found) ? Object.entries(found) : []
}
