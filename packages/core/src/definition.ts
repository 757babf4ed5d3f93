/** Throws what a mistake in a contract looks like: a `TypeError` that begins with the path to the entry. */
export const refuse = (path: string, problem: string): never => {
  throw new TypeError(`ackwire: ${path}: ${problem}`)
}

/** What a message says came instead, short and without its content. */
export const kindOf = (value: unknown): string => {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'an array'
  return typeof value === 'undefined' ? 'undefined' : `${typeof value === 'object' ? 'an' : 'a'} ${typeof value}`
}

/** Whether a value is an object literal (or a module's namespace), so that nothing hides in its prototype. */
export const isPlainObject = (value: unknown): value is Record<string, unknown> => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}
