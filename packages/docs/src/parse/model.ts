import type { Json } from './json.js'

/** The positional arguments of an event, as its document has them. */
export interface Arguments {
  /** The schema of each. */
  readonly items: readonly unknown[]
  /** How many of them must be there. */
  readonly required: number
  /** The schema of each that may follow. */
  readonly rest: unknown
}

/** What a document says about an event besides its schemas. */
export interface Said {
  readonly summary: string | undefined
  readonly description: string | undefined
  readonly deprecated: boolean
  readonly tags: readonly Json[]
  readonly externalDocs: Json | undefined
  readonly examples: readonly Json[]
}

/** One way to be let in: the schemes that it takes, and the scopes of each. */
export type Requirement = Readonly<Record<string, readonly string[]>>

/** One event of a document. */
export interface ApiEvent {
  readonly name: string
  /** From the server's point of view, as in a contract. */
  readonly direction: 'input' | 'output'
  /** `undefined` where the document leaves open what they are. */
  readonly args: Arguments | undefined
  /** Whether the caller's trace context may follow them. */
  readonly hasTraceContext: boolean
  /** Absent for fire and forget, without a schema for a receipt. */
  readonly ack: { readonly schema: unknown } | undefined
  /** The schema of the items, where the event opens a stream; its ack is then the final value. */
  readonly stream: { readonly item: unknown } | undefined
  /** The schema of each own error's `data`, by code; `undefined` for an error without data. */
  readonly errors: ReadonlyMap<string, unknown>
  /** What the server takes of it; `undefined` if nothing is said. */
  readonly limit: Json | undefined
  readonly said: Said
  /** Any of these lets a client in; `undefined` if nothing is asked for. */
  readonly security: readonly Requirement[] | undefined
  /** What a contract can't say, such as bindings, and extensions. */
  readonly other: Json
}

/** One namespace of a document. */
export interface ApiNamespace {
  readonly name: string
  readonly description: string | undefined
  readonly tags: readonly Json[]
  readonly externalDocs: Json | undefined
  /** The schema of the handshake's `auth` payload. */
  readonly auth: unknown
  /** The schemas of the handshake's query and headers. */
  readonly query: unknown
  readonly headers: unknown
  readonly parameters: ReadonlyMap<string, Json>
  /** What the server takes of its inputs together; `undefined` if nothing is said. */
  readonly limit: Json | undefined
  /** The same of groups of them, by what their names begin with. */
  readonly groupLimits: Json
  readonly events: readonly ApiEvent[]
  readonly other: Json
}

/** An AsyncAPI document, whatever its version and whoever wrote it, as what it says about Socket.IO. */
export interface Api {
  /** The document itself, in which its references lead. */
  readonly document: Json
  readonly isOurs: boolean
  readonly info: Json
  readonly servers: ReadonlyMap<string, Json>
  readonly securitySchemes: ReadonlyMap<string, Json>
  readonly namespaces: readonly ApiNamespace[]
  /** What could not be read, with its place. */
  readonly notes: readonly string[]
}
