/** Returns whether a value is an object with properties. */
export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/**
 * Returns whether a value is binary data. It counts as an object, but listing its properties takes a second for a
 * megabyte.
 */
export const isBytes = (value: unknown): boolean => ArrayBuffer.isView(value) || value instanceof ArrayBuffer

/** Sets an own property, even one that a client has called `__proto__`. */
export const put = (object: object, key: string, value: unknown): void => {
  // Assignment is ten times as fast, but runs an inherited setter and throws for a frozen inherited property.
  if (isObject(object) && (!(key in object) || Object.hasOwn(object, key))) object[key] = value
  else Object.defineProperty(object, key, { value, writable: true, enumerable: true, configurable: true })
}

/**
 * Returns a copy of an object. It avoids `{ ...value }`, to which V8 adds properties slowly, except for an object with
 * a property called `__proto__` or with frozen inherited ones.
 */
export const copyOf = <Copied extends object>(value: Copied): Copied => {
  try {
    if (!Object.hasOwn(value, '__proto__')) return Object.assign({}, value)
  } catch {
    // A getter that threw throws again below.
  }
  return { ...value }
}
