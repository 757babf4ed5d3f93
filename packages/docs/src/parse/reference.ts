import { isJson, type Json, jsonOf, listOf, property, textOf } from './json.js'

/** The maximum length of a chain of references. */
const LONGEST = 32

/** Escapes a step for a pointer. */
export const escape = (step: string): string => step.replaceAll('~', '~0').replaceAll('/', '~1')

/** Unescapes a step of a pointer. */
export const unescape = (step: string): string =>
  step.includes('~') ? step.replaceAll('~1', '/').replaceAll('~0', '~') : step

/** Decodes the percent-encoding of a step; an invalid one is kept. */
export const decode = (step: string): string => {
  if (!step.includes('%')) return step
  try {
    return decodeURIComponent(step)
  } catch {
    return step
  }
}

/** Returns the steps of a pointer such as `#/components/schemas/User`. */
const stepsOf = (pointer: string): readonly string[] =>
  pointer
    .split('/')
    .slice(1)
    .map(step => unescape(decode(step)))

/** The key of a document under which the contents of other files are, to which it refers. */
export const FILES = 'x-ackwire-files'

/** The key of a document under which the files that can't be read are, each with the reason. */
export const UNREAD = 'x-ackwire-unread'

/** The key of an object that stands for the target of a reference that leads nowhere, with that reference. */
export const MISSING = 'x-ackwire-missing'

/** Returns the target of a pointer such as `#/components/schemas/User`, or `undefined`. A step may lead through another reference. */
export const lookUp = (document: unknown, pointer: string, followed = 0): unknown => {
  if (!pointer.startsWith('#') || followed > LONGEST) return undefined
  let value = document
  for (const step of stepsOf(pointer)) {
    const isOwn = hasStep(value, step)
    const through = isOwn ? undefined : textOf(property(value, '$ref'))
    const owner = through === undefined ? value : lookUp(document, through, followed + 1)
    if (!isOwn && !hasStep(owner, step)) return undefined
    value = Reflect.get(Object(owner), step)
  }
  return value
}

const hasStep = (value: unknown, step: string): boolean =>
  (Array.isArray(value) || isJson(value)) && Object.hasOwn(value, step)

/** A value after its `$ref`s have been followed, with the name of the last one. */
export interface Resolved {
  readonly value: unknown
  /** The last step of the pointer, or `undefined` if there was none. */
  readonly name: string | undefined
}

/** Resolves the references of a document. */
export type Resolve = (value: unknown) => Resolved

/**
 * Creates a resolver of a document's references. A reference that leads nowhere, out of the document or in a circle gives
 * `undefined`.
 */
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

/** Returns the object that a value is or refers to, with its traits merged in, or an empty one. */
export const resolved = (document: Json, value: unknown): Json => {
  const { traits, ...own } = jsonOf(createResolve(document)(value).value)
  if (traits === undefined) return own
  // Built from entries, so that a document's `__proto__` is an ordinary key.
  const parts = [...listOf(traits).map(trait => resolved(document, trait)), own]
  return Object.fromEntries(parts.flatMap(part => Object.entries(part)))
}

/** Returns a part of an object, after its reference has been followed, as an object. */
export const sectionIn = (document: Json, owner: Json, key: string): Json =>
  jsonOf(createResolve(document)(owner[key]).value)

/** Returns the last reference of a chain that leads nowhere, or `undefined` if the value has a target or is no reference. */
export const danglingIn = (document: Json, value: unknown): string | undefined => {
  const pointer = textOf(property(value, '$ref'))
  if (pointer === undefined || createResolve(document)(value).value !== undefined) return undefined
  const target = lookUp(document, pointer)
  return property(target, '$ref') === pointer ? pointer : (danglingIn(document, target) ?? pointer)
}

/** Returns the last step of a reference, which is the name of its target. */
export const nameOf = (value: unknown): string | undefined =>
  unescape(decode(textOf(jsonOf(value)['$ref'])?.split('/').at(-1) ?? '')) || undefined
