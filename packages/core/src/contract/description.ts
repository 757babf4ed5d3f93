import { isPlainObject, kindOf, throwDefinitionError, assertKnownKeys } from '../definition-error.js'

/** A tag of the document: its name alone, or its name with a description. */
export type Tag =
  | string
  | { readonly name: string; readonly description?: string; readonly externalDocs?: ExternalDocs }

/** A link to more documentation. */
export interface ExternalDocs {
  /** An absolute URL. */
  readonly url: string
  /** A sentence on the page. */
  readonly description?: string
}

/**
 * An example of the arguments of an event: the argument itself if there is always exactly one, an array of them
 * otherwise.
 */
export interface Example {
  /** An identifier for machines. */
  readonly name?: string
  /** A sentence on the example. */
  readonly summary?: string
  /** The argument, or the arguments as an array where there are several. */
  readonly payload: unknown
}

/** The names of security schemes; a client needs to satisfy any one of them. */
export type Security = readonly string[]

/** Extensions of the specification, which the document contains unchanged for other tools. */
export interface Extensions {
  readonly [extension: `x-${string}`]: unknown
}

/** The description of an event: everything about it but its schemas. */
export interface EventDescription extends Extensions {
  /** A summary of one line, shown in lists. */
  readonly summary?: string
  /** A description of any length, in CommonMark. */
  readonly description?: string
  /** The tags of the event in the document. */
  readonly tags?: readonly Tag[]
  /** Marks the event as one that new clients should not use. */
  readonly deprecated?: boolean
  /** Examples of the event. */
  readonly examples?: readonly Example[]
  /** A page outside of the document that says more. */
  readonly externalDocs?: ExternalDocs
  /** The names of the security schemes of the event. */
  readonly security?: Security
}

/** The argument of `.describe`: a summary, or a full description. */
export type Describe = string | EventDescription

const KNOWN: ReadonlySet<string> = new Set<keyof EventDescription>([
  'summary',
  'description',
  'tags',
  'deprecated',
  'examples',
  'externalDocs',
  'security',
])

/** Returns the argument of `.describe` as an object. @throws TypeError for an unknown key. */
export const descriptionOf = (given: Describe): EventDescription => {
  if (typeof given === 'string') return { summary: given }
  if (!isPlainObject(given))
    return throwDefinitionError('.describe', `expected a string or an object, got ${kindOf(given)}`)
  assertKnownKeys(given, KNOWN, '.describe')
  return given
}
