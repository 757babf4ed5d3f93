import { type Json, jsonOf } from './json.js'
import { isReference, partsOf, withParts } from './parts.js'
import { escape, FILES, lookUp, UNREAD } from './reference.js'

/** The place that a reference to another file leads to. */
export interface Place {
  /** The path of the file. */
  readonly path: string
  /** The pointer in it, without the `#`. */
  readonly fragment: string
}

/** A file that belongs to a document. */
export interface File {
  /** The name by which the document holds its content, or `undefined` for the document itself. */
  readonly key: string | undefined
  readonly content: unknown
  /** The places of its references to other files. */
  readonly places: ReadonlyMap<string, Place>
}

/** Returns the references in a file. */
export const referencesIn = (value: unknown, areNames = false): readonly string[] => {
  const pointer = isReference(value, areNames) ? value.$ref : undefined
  const inner = partsOf(value, areNames).flatMap(part => referencesIn(part.value, part.areNames))
  return pointer === undefined ? inner : [pointer, ...inner]
}

/**
 * Returns a document that holds the files that it refers to, by their paths, so that its references lead to parts of it. The document
 * itself is the first. `unread` has the files that could not be read, each with the reason.
 */
export const bundleFiles = (files: ReadonlyMap<string, File>, unread: ReadonlyMap<string, string>): Json => {
  const [own, ...others] = [...files.values()].map(file => [file.key ?? '', withLocalReferences(file, files)] as const)
  return {
    ...jsonOf(own?.[1]),
    ...(others.length === 0 ? {} : { [FILES]: Object.fromEntries(others) }),
    ...(unread.size === 0 ? {} : { [UNREAD]: Object.fromEntries(unread) }),
  }
}

// A reference that leads nowhere stays as it is.
const withLocalReferences = (file: File, files: ReadonlyMap<string, File>): unknown => {
  const local = (reference: string): string => {
    if (reference.startsWith('#')) return pointerTo(file, reference.slice(1))
    const { path = '', fragment = '' } = file.places.get(reference) ?? {}
    const other = files.get(path)
    return other === undefined || lookUp(other.content, `#${fragment}`) === undefined
      ? reference
      : pointerTo(other, fragment)
  }
  const rewrite = (value: unknown, areNames: boolean): unknown => {
    const inner = withParts(value, areNames, part => rewrite(part.value, part.areNames))
    if (!isReference(inner, areNames)) return inner
    const $ref = local(inner.$ref)
    return $ref === inner['$ref'] ? inner : { ...inner, $ref }
  }
  return rewrite(file.content, false)
}

const pointerTo = ({ key }: File, fragment: string): string => {
  const steps = fragment === '/' ? '' : fragment
  return key === undefined ? `#${steps}` : `#/${FILES}/${escape(key)}${steps}`
}
