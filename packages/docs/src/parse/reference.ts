import { isJson, type Json, jsonOf, listOf, textOf } from './json.js'

/** The longest chain of references that is followed. */
const LONGEST = 32

/** What a pointer such as `#/components/schemas/User` leads to in a document, or `undefined`. */
export const lookUp = (document: Json, pointer: string): unknown => {
  if (!pointer.startsWith('#')) return undefined
  let value: unknown = document
  for (const step of pointer.slice(1).split('/').slice(1)) {
    const key = decode(step).replaceAll('~1', '/').replaceAll('~0', '~')
    const isList = Array.isArray(value)
    if ((!isList && !isJson(value)) || !Object.hasOwn(Object(value), key)) return undefined
    value = Reflect.get(Object(value), key)
  }
  return value
}

const decode = (step: string): string => {
  try {
    return decodeURIComponent(step)
  } catch {
    return step
  }
}

/** The object that a value is or refers to, with its traits merged in; an empty one where it leads nowhere. */
export const resolved = (document: Json, value: unknown): Json => {
  let target = value
  for (let count = 0; count < LONGEST && isJson(target) && typeof target['$ref'] === 'string'; count++) {
    target = lookUp(document, target['$ref'])
  }
  const { traits, ...own } = jsonOf(target)
  // From entries, and not assigned: `__proto__` of a document is a key like any other.
  const parts = [...listOf(traits).map(trait => resolved(document, trait)), own]
  return Object.fromEntries(parts.flatMap(part => Object.entries(part)))
}

/** The last step of a reference: the name of what it leads to. */
export const nameOf = (value: unknown): string | undefined =>
  decode(textOf(jsonOf(value)['$ref'])?.split('/').at(-1) ?? '').replaceAll('~1', '/') || undefined
