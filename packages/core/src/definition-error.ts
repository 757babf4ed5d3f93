import { Kind } from '@sinclair/typebox'

/** Throws what a mistake in a contract looks like: a `TypeError` that begins with the path to the entry. */
export const throwDefinitionError = (path: string, problem: string): never => {
  throw new TypeError(`ackwire: ${path}: ${problem}`)
}

/** What a message says came instead, short and without its content. */
export const kindOf = (value: unknown): string => {
  if (value === null || value === undefined) return String(value)
  if (typeof value !== 'object') return `a ${typeof value}`
  if (Array.isArray(value)) return 'an array'
  if (Kind in value) return 'a TypeBox schema'
  if ('~event' in value) return 'an event'
  if ('~router' in value) return 'a router'
  if (isPlainObject(value)) return 'an object'
  // Not every object that inherits has a constructor.
  const name: unknown = Reflect.get(Object(Reflect.get(value, 'constructor')), 'name')
  return name === 'Object' || typeof name !== 'string' ? 'an object that inherits' : `an object of the class ${name}`
}

/** Whether a value is an object literal (or a module's namespace), so that nothing hides in its prototype. */
export const isPlainObject = (value: unknown): value is Record<string, unknown> => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}

/** Refuses keys that nobody reads, since they are slips of the pen. Those that begin with `x-` are for other tools. */
export const assertKnownKeys = (value: object, known: ReadonlySet<string>, path: string): void => {
  const other = Object.keys(value).find(key => !known.has(key) && !key.startsWith('x-'))
  if (other !== undefined)
    throwDefinitionError(path, `unknown key "${other}"; expected one of ${[...known].join(', ')}`)
}
