import type { Extensions, ExternalDocs } from '@ackwire/core'

/** A pointer to another part of the document. */
export interface Reference {
  /** A JSON pointer into this document: `#/components/schemas/User`. */
  readonly $ref: string
}

/** AsyncAPI's Schema Object: JSON Schema draft-07. */
export interface SchemaObject {
  /**
   * The type, or the types, of the values: `string`, `number`, `integer`, `boolean`, `object`, `array` or `null`. By default
   * any.
   */
  readonly type?: string | readonly string[] | undefined
  /** A name for readers and generators. */
  readonly title?: string | undefined
  /** The description of the values, in Markdown. */
  readonly description?: string | undefined
  /** The names of the required properties. By default none. */
  readonly required?: readonly string[] | undefined
  /** The schema of each declared property, by its name. */
  readonly properties?: Readonly<Record<string, Schema>> | undefined
  readonly [keyword: string]: unknown
}

/** A schema, or a pointer to one. */
export type Schema = SchemaObject | Reference

/** A tag. */
export interface TagObject {
  /** The name, unique among the document's tags. */
  readonly name: string
  /** The description of what has the tag, in Markdown. */
  readonly description?: string
  /** A link to further documentation. */
  readonly externalDocs?: ExternalDocs
}

/** The document's information about the application. `title` and `version` have defaults. */
export interface Info extends Extensions {
  /** The name of the application. @default 'Socket.IO API' */
  readonly title: string
  /** The version of the application, not of AsyncAPI. @default '1.0.0' */
  readonly version: string
  /**
   * The description of the application, in Markdown. By default the contract's, or a sentence on how to read the document.
   */
  readonly description?: string | undefined
  /** The URL of the terms of service. */
  readonly termsOfService?: string | undefined
  /** The contact for questions about the application: a name, a URL and an email address. */
  readonly contact?: { readonly name?: string; readonly url?: string; readonly email?: string } | undefined
  /** The license: its name, and the URL of its text. */
  readonly license?: { readonly name: string; readonly url?: string } | undefined
  /** By default, the tags of all namespaces, groups and events, without duplicates. */
  readonly tags?: readonly TagObject[] | undefined
  /** A link to further documentation. By default the contract's. */
  readonly externalDocs?: ExternalDocs | undefined
}

/** A variable part of a server's host or path. */
export interface ServerVariable extends Extensions {
  /** The allowed values. By default any string. */
  readonly enum?: readonly string[] | undefined
  /** The value that applies if none is chosen. */
  readonly default?: string | undefined
  /** The description of the variable. */
  readonly description?: string | undefined
  /** Examples of values. */
  readonly examples?: readonly string[] | undefined
}

/** A server that a client connects to. */
export interface ServerObject extends Extensions {
  /** The host, with its port unless it is the default: `chat.example.org`, `localhost:3000`. */
  readonly host: string
  /** Socket.IO's option `path`: `/socket.io/`. */
  readonly pathname: string
  /** `ws`, or `wss` for TLS. */
  readonly protocol: string
  /** A name for readers. */
  readonly title?: string | undefined
  /** The description of the server, in Markdown. */
  readonly description?: string | undefined
  /** The variables in braces in the host or the path, by their names. */
  readonly variables?: Readonly<Record<string, ServerVariable>> | undefined
  /** The server's tags. */
  readonly tags?: readonly TagObject[] | undefined
  /** A link to further documentation. */
  readonly externalDocs?: ExternalDocs | undefined
  /** Pointers to security schemes, any of which grants access; absent if there are none. */
  readonly security?: readonly Reference[] | undefined
  /** The protocol versions and transports that a client needs. */
  readonly 'x-socketio': ServerExtension
}

/** The protocol versions that a client needs to reach a server. */
export interface ServerExtension {
  /** The version of the Socket.IO protocol. */
  readonly protocol: 5
  /** The version of the Engine.IO protocol. */
  readonly engineio: 4
  /** The transports that the server allows. */
  readonly transports: readonly Transport[]
}

/** A transport of Engine.IO. */
export type Transport = 'polling' | 'websocket' | 'webtransport'

/** An example of a message. */
export interface MessageExample {
  /** A short name for the example. */
  readonly name?: string | undefined
  /** A sentence about the example. */
  readonly summary?: string | undefined
  /** The value, as JSON. Bytes are base64. */
  readonly payload: unknown
}

/** An event, as a message. */
export interface MessageObject {
  /** The event's name on the wire; absent for an answer. */
  readonly name?: string | undefined
  /** The name for readers. */
  readonly title: string
  /** A sentence about the message. */
  readonly summary?: string | undefined
  /** The event's tags. */
  readonly tags?: readonly TagObject[] | undefined
  /** The schema of the argument, of the array of arguments, or of the answer; absent if there is no value. */
  readonly payload?: Schema | undefined
  /** Examples of the payload. */
  readonly examples?: readonly MessageExample[] | undefined
  /** The properties that JSON Schema can't express; absent if there is nothing. */
  readonly 'x-socketio'?: MessageExtension | undefined
  /** True if the event is deprecated. */
  readonly 'x-deprecated'?: true | undefined
}

/** The properties of a payload that JSON Schema can't express. */
export interface MessageExtension {
  /** The names of the positional arguments, if the payload is a list of them. */
  readonly args?: readonly string[] | undefined
  /** True if the caller's trace context, `{ traceparent, tracestate? }`, may follow as an argument that is not in the payload. */
  readonly traceContext?: true | undefined
  /** True if the payload contains bytes, which are sent as attachments. */
  readonly binary?: true | undefined
}
