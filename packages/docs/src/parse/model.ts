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
  /** The first summary that is not empty, without white space around it. */
  readonly summary: string | undefined
  /** The first description that is not empty, in Markdown. */
  readonly description: string | undefined
  /** True if the event is deprecated. */
  readonly deprecated: boolean
  /** Tag Objects without duplicate names. */
  readonly tags: readonly Json[]
  /** An External Documentation Object. */
  readonly externalDocs: Json | undefined
  /** Message Example Objects. */
  readonly examples: readonly Json[]
}

/** A way to gain access: the required schemes, with the scopes of each. */
export type Requirement = Readonly<Record<string, readonly string[]>>

/** An event of a document. */
export interface ApiEvent {
  /** The name on the wire. */
  readonly name: string
  /** The direction from the server's point of view, as in a contract. */
  readonly direction: 'input' | 'output'
  /** The arguments; `undefined` if the document does not describe them. */
  readonly args: Arguments | undefined
  /** True if the caller's trace context may follow the arguments. */
  readonly hasTraceContext: boolean
  /** The acknowledgement: absent if there is none, without a schema if it has no value. */
  readonly ack: { readonly schema: unknown } | undefined
  /** The schema of the application's own errors, if the acknowledgement takes an error first. */
  readonly errorFirst: { readonly schema: unknown } | undefined
  /** True if the server refuses the event without a request for its acknowledgement. */
  readonly isAckRequired: boolean
  /** The schema of the items, if the event opens a stream; its ack is then the final value. */
  readonly stream: { readonly item: unknown } | undefined
  /** The schema of each declared error's `data`, by code; `undefined` for an error without data. */
  readonly errors: ReadonlyMap<string, unknown>
  /** The limit of the event, if any. */
  readonly limit: Json | undefined
  /** The event's metadata, from its operation and its message. */
  readonly said: Said
  /** The requirements, any of which grants access; `undefined` if there are none. */
  readonly security: readonly Requirement[] | undefined
  /** The properties that a contract can't express, such as bindings, and extensions. */
  readonly other: Json
}

/** A namespace of a document. */
export interface ApiNamespace {
  /** The name in Socket.IO: `/`, `/admin`, `/game-{id}`. */
  readonly name: string
  /** The description, in Markdown. */
  readonly description: string | undefined
  /** Tag Objects. */
  readonly tags: readonly Json[]
  /** An External Documentation Object. */
  readonly externalDocs: Json | undefined
  /** The schema of the handshake's `auth` payload. */
  readonly auth: unknown
  /** The schema of each error with which a handshake can be refused, by code; `undefined` for an error without data. */
  readonly errors: ReadonlyMap<string, unknown>
  /** The schemas of the handshake's query and headers. */
  readonly query: unknown
  /** The schema of the handshake's headers. */
  readonly headers: unknown
  /** The Parameter Objects of the parameters in the name, by their names. */
  readonly parameters: ReadonlyMap<string, Json>
  /** The limit on all inputs together, if any. */
  readonly limit: Json | undefined
  /** The limits on groups of inputs, by the prefix of their names. */
  readonly groupLimits: Json
  /** The events in the order of the document. */
  readonly events: readonly ApiEvent[]
  /** The properties that a contract can't express, such as bindings, and extensions. */
  readonly other: Json
}

/** The Socket.IO model of an AsyncAPI document, independent of its version and author. */
export interface Api {
  /** The document that references refer to. */
  readonly document: Json
  /** True if ackwire wrote the document. */
  readonly isOurs: boolean
  /** The Info Object, in AsyncAPI 3's form. */
  readonly info: Json
  /** The Server Objects in AsyncAPI 3's form, by their names. */
  readonly servers: ReadonlyMap<string, Json>
  /** The Security Scheme Objects in AsyncAPI 3's form, by their names. */
  readonly securitySchemes: ReadonlyMap<string, Json>
  /** The namespaces in the order of the document; channels of the same name are one. */
  readonly namespaces: readonly ApiNamespace[]
  /** The parts that could not be read, with their places. */
  readonly notes: readonly string[]
  /** The choices, additions and omissions of the reader, which make no difference between two documents. */
  readonly remarks: readonly string[]
}
