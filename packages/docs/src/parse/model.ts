import type { Json } from './json.js'

/** The positional arguments of an event. */
export interface Arguments {
  /** The schema of each argument. */
  readonly items: readonly unknown[]
  /** The number of required arguments. */
  readonly required: number
  /** The schema of further arguments. */
  readonly rest: unknown
}

/** The metadata of an event, besides its schemas. */
export interface Said {
  readonly summary: string | undefined
  readonly description: string | undefined
  readonly deprecated: boolean
  readonly tags: readonly Json[]
  readonly externalDocs: Json | undefined
  readonly examples: readonly Json[]
}

/** A way to gain access: the required schemes, with the scopes of each. */
export type Requirement = Readonly<Record<string, readonly string[]>>

/** An event of a document. */
export interface ApiEvent {
  readonly name: string
  /** The direction from the server's point of view, as in a contract. */
  readonly direction: 'input' | 'output'
  /** The arguments; `undefined` if the document does not describe them. */
  readonly args: Arguments | undefined
  /** True if the caller's trace context may follow the arguments. */
  readonly hasTraceContext: boolean
  /** The acknowledgement: absent if there is none, without a schema if it has no value. */
  readonly ack: { readonly schema: unknown } | undefined
  /** True if the server refuses the event without a request for its acknowledgement. */
  readonly isAckRequired: boolean
  /** The schema of the items, if the event opens a stream; its ack is then the final value. */
  readonly stream: { readonly item: unknown } | undefined
  /** The schema of each declared error's `data`, by code; `undefined` for an error without data. */
  readonly errors: ReadonlyMap<string, unknown>
  /** The limit of the event, if any. */
  readonly limit: Json | undefined
  readonly said: Said
  /** The requirements, any of which grants access; `undefined` if there are none. */
  readonly security: readonly Requirement[] | undefined
  /** The properties that a contract can't express, such as bindings, and extensions. */
  readonly other: Json
}

/** A namespace of a document. */
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
  /** The limit on all inputs together, if any. */
  readonly limit: Json | undefined
  /** The limits on groups of inputs, by the prefix of their names. */
  readonly groupLimits: Json
  readonly events: readonly ApiEvent[]
  readonly other: Json
}

/** The Socket.IO model of an AsyncAPI document, independent of its version and author. */
export interface Api {
  /** The document that references refer to. */
  readonly document: Json
  readonly isOurs: boolean
  readonly info: Json
  readonly servers: ReadonlyMap<string, Json>
  readonly securitySchemes: ReadonlyMap<string, Json>
  readonly namespaces: readonly ApiNamespace[]
  /** The parts that could not be read, with their places. */
  readonly notes: readonly string[]
}
