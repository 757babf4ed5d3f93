import { inside, property } from './json.js'

/** What a value is when its `$ref`s have been followed, and the name of the last one. */
export interface Resolved {
  readonly value: unknown
  /** The last word of the pointer, `undefined` where there was none. */
  readonly name: string | undefined
}

/** Finds what pointers of one document point to. */
export type Resolve = (value: unknown) => Resolved

/** The words of a pointer such as `#/components/schemas/User`. */
const wordsOf = (pointer: string): readonly string[] =>
  pointer
    .split('/')
    .slice(1)
    .map(word => unescape(decode(word)))

/** A word as a pointer has it. */
export const escape = (word: string): string => word.replaceAll('~', '~0').replaceAll('/', '~1')

/** The word that a pointer has. */
export const unescape = (word: string): string => word.replaceAll('~1', '/').replaceAll('~0', '~')

const decode = (word: string): string => {
  try {
    return decodeURIComponent(word)
  } catch {
    return word
  }
}

/** Follows the pointers of a document. One that leads nowhere, out of the document or round in a circle gives `undefined`. */
export const createResolve =
  (document: unknown): Resolve =>
  value => {
    let name: string | undefined
    for (let steps = 0; steps < 32; steps++) {
      const pointer = property(value, '$ref')
      if (typeof pointer !== 'string') return { value, name }
      if (!pointer.startsWith('#/')) break
      const words = wordsOf(pointer)
      name = words.at(-1)
      value = inside(document, ...words)
    }
    return { value: undefined, name }
  }
