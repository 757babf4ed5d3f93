import { isPlainObject, kindOf, throwDefinitionError, assertKnownKeys } from '../definition-error.js'

/** A tag of the document: its name, or its name with what it stands for. */
export type Tag =
  string | { readonly name: string; readonly description?: string; readonly externalDocs?: ExternalDocs }

/** A link to more documentation. */
export interface ExternalDocs {
  /** An absolute URL. */
  readonly url: string
  /** A sentence on the page. */
  readonly description?: string
}

/** An example of an event's arguments: the argument itself where there is always one, an array of them otherwise. */
export interface Example {
  /** An identifier for machines. */
  readonly name?: string
  /** A sentence on the example. */
  readonly summary?: string
  /** The argument, or the arguments as an array where there are several. */
  readonly payload: unknown
}

/** The names of security schemes, any of which lets a client in. */
export type Security = readonly string[]

/** What the document carries for other tools as it is. */
export interface Extensions {
  readonly [extension: `x-${string}`]: unknown
}

/** What can be said about an event besides its schemas. */
export interface EventDescription extends Extensions {
  /** One line, shown in lists. */
  readonly summary?: string
  /** Any length, CommonMark. */
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

/** A summary, or all that can be said. */
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

/** What `.describe` was told, as an object. */
export const descriptionOf = (said: Describe): EventDescription => {
  if (typeof said === 'string') return { summary: said }
  if (!isPlainObject(said))
    return throwDefinitionError('.describe', `expected a string or an object, got ${kindOf(said)}`)
  assertKnownKeys(said, KNOWN, '.describe')
  return said
}
