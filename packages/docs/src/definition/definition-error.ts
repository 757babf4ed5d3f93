/** Throws what a mistake in a contract or an option looks like: a `TypeError` that begins with the path to the entry. */
export const throwDefinitionError = (path: string, problem: string): never => {
  throw new TypeError(`ackwire: ${path}: ${problem}`)
}

/** An object of entries, in which a key such as `__proto__` is a key like any other; `undefined` if there are none. */
export const objectOf = <Value>(entries: readonly (readonly [string, Value])[]): Record<string, Value> | undefined =>
  entries.length === 0 ? undefined : Object.fromEntries(entries)
