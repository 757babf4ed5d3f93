/** Throws the error for a mistake in a contract or an option: a `TypeError` whose message begins with the path to the entry. */
export const throwDefinitionError = (path: string, problem: string): never => {
  throw new TypeError(`ackwire: ${path}: ${problem}`)
}

/** Returns an object of entries, in which `__proto__` is an ordinary key, or `undefined` if there are none. */
export const objectOf = <Value>(entries: readonly (readonly [string, Value])[]): Record<string, Value> | undefined =>
  entries.length === 0 ? undefined : Object.fromEntries(entries)
