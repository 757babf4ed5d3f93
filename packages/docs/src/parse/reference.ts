import { isJson, type Json, jsonOf, listOf, property, textOf } from './json.js'

/** The longest chain of references that is followed. */
const LONGEST = 32

/** A step as a pointer has it. */
export const escape = (step: string): string => step.replaceAll('~', '~0').replaceAll('/', '~1')

/** The step that a pointer has. */
export const unescape = (step: string): string => step.replaceAll('~1', '/').replaceAll('~0', '~')

const decode = (step: string): string => {
  try {
    return decodeURIComponent(step)
  } catch {
    return step
  }
}

/** The steps of a pointer such as `#/components/schemas/User`. */
const stepsOf = (pointer: string): readonly string[] =>
  pointer
    .split('/')
    .slice(1)
    .map(step => unescape(decode(step)))

/** What a pointer such as `#/components/schemas/User` leads to in a document, or `undefined`. */
export const lookUp = (document: unknown, pointer: string): unknown => {
  if (!pointer.startsWith('#')) return undefined
  let value = document
  for (const step of stepsOf(pointer)) {
    const isList = Array.isArray(value)
    if ((!isList && !isJson(value)) || !Object.hasOwn(Object(value), step)) return undefined
    value = Reflect.get(Object(value), step)
  }
  return value
}

/** What a value is when its `$ref`s have been followed, and the name of the last one. */
export interface Resolved {
  readonly value: unknown
  /** The last step of the pointer, `undefined` where there was none. */
  readonly name: string | undefined
}

/** Finds what references of one document lead to. */
export type Resolve = (value: unknown) => Resolved

/** Follows the references of a document. One that leads nowhere, out of the document or round in a circle gives `undefined`. */
export const createResolve =
  (document: unknown): Resolve =>
  value => {
    let name: string | undefined
    for (let steps = 0; steps < LONGEST; steps++) {
      const pointer = property(value, '$ref')
      if (typeof pointer !== 'string') return { value, name }
      if (!pointer.startsWith('#/')) break
      name = stepsOf(pointer).at(-1)
      value = lookUp(document, pointer)
    }
    return { value: undefined, name }
  }

/** The object that a value is or refers to, with its traits merged in; an empty one where it leads nowhere. */
export const resolved = (document: Json, value: unknown): Json => {
  const { traits, ...own } = jsonOf(createResolve(document)(value).value)
  // From entries, and not assigned: `__proto__` of a document is a key like any other.
  const parts = [...listOf(traits).map(trait => resolved(document, trait)), own]
  return Object.fromEntries(parts.flatMap(part => Object.entries(part)))
}

/** The last step of a reference: the name of what it leads to. */
export const nameOf = (value: unknown): string | undefined =>
  unescape(decode(textOf(jsonOf(value)['$ref'])?.split('/').at(-1) ?? '')) || undefined
