import { Kind } from '@sinclair/typebox'

/** Throws a `TypeError` for a mistake in a definition. Its message begins with the path to the entry. */
export const throwDefinitionError = (path: string, problem: string): never => {
  throw new TypeError(`ackwire: ${path}: ${problem}`)
}

/** Describes the type of a value for an error message, briefly and without its content. */
export const kindOf = (value: unknown): string => {
  if (value === null || value === undefined) return String(value)
  if (typeof value !== 'object') return `a ${typeof value}`
  if (Array.isArray(value)) return 'an array'
  if (Kind in value) return 'a TypeBox schema'
  if ('~event' in value) return 'an event'
  if ('~router' in value) return 'a router'
  if (isPlainObject(value)) return 'an object'
  // An object whose prototype was made with `Object.create(null)` has no constructor.
  const name: unknown = Reflect.get(Object(Reflect.get(value, 'constructor')), 'name')
  return name === 'Object' || typeof name !== 'string' ? 'an object that inherits' : `an object of the class ${name}`
}

/** Returns whether a value is an object literal or the namespace of a module, so that its prototype hides nothing. */
export const isPlainObject = (value: unknown): value is Record<string, unknown> => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}

/**
 * Throws for a key that is not known, since it is likely a typo. Keys that begin with `x-` are for other tools, and
 * pass.
 */
export const assertKnownKeys = (value: object, known: ReadonlySet<string>, path: string): void => {
  const other = Object.keys(value).find(key => !known.has(key) && !key.startsWith('x-'))
  if (other !== undefined)
    throwDefinitionError(path, `unknown key "${other}"; expected one of ${[...known].join(', ')}`)
}
