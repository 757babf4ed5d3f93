import { put } from './objects.js'

/**
 * Applies `toJSON` as a serializer would, to the value and everything inside it: the result is what is sent, and can
 * contain more than the value shows. Dates and binary data are left to the parser. A value without any `toJSON` is
 * returned itself.
 */
export const jsonOf = (value: unknown, key = ''): unknown => {
  if (!isOpen(value)) return value
  const toJson = toJsonOf(value)
  return toJson === undefined ? inside(value) : inside(Reflect.apply(toJson, value, [key]))
}

const inside = (value: unknown): unknown => {
  if (!isOpen(value)) return value
  // A serializer calls `toJSON` once, so the result must not have one that it would call again.
  const from = toJsonOf(value) === undefined ? value : bare(value)
  return Array.isArray(from) ? items(from) : properties(from as Readonly<Record<string, unknown>>)
}

// Loops by index and key, because the pairs that `entries` makes would double the cost.
const items = (values: readonly unknown[]): readonly unknown[] => {
  let copy: unknown[] | undefined
  for (let at = 0; at < values.length; at++) {
    const before = values[at]
    const after = jsonOf(before, String(at))
    if (after === before) continue
    copy ??= [...values]
    copy[at] = after
  }
  return copy ?? values
}

const properties = (object: Readonly<Record<string, unknown>>): object => {
  let copy: object | undefined
  for (const key of Object.keys(object)) {
    const before = object[key]
    const after = jsonOf(before, key)
    if (after !== before) put((copy ??= bare(object)), key, after)
  }
  return copy ?? object
}

/** Returns a copy without a class. */
const bare = (value: object): object => {
  if (Array.isArray(value)) return [...value]
  const copy = { ...value }
  if (toJsonOf(copy) !== undefined) Reflect.deleteProperty(copy, 'toJSON')
  return copy
}

const isOpen = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !(value instanceof Date) && !ArrayBuffer.isView(value)

const toJsonOf = (value: object): Function | undefined => {
  const toJson: unknown = Reflect.get(value, 'toJSON')
  return typeof toJson === 'function' ? toJson : undefined
}
