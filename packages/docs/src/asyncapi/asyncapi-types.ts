import type { Extensions, ExternalDocs, Limit } from '@ackwire/core'
import type { SecuritySchemes } from './security-types.js'

/** A pointer to another part of the document. */
export interface Reference {
  readonly $ref: string
}

/** AsyncAPI's Schema Object: JSON Schema draft-07. */
export interface SchemaObject {
  readonly type?: string | readonly string[] | undefined
  readonly title?: string | undefined
  readonly description?: string | undefined
  readonly required?: readonly string[] | undefined
  readonly properties?: Readonly<Record<string, Schema>> | undefined
  readonly [keyword: string]: unknown
}

/** A schema, or a pointer to one. */
export type Schema = SchemaObject | Reference

/** A tag. */
export interface TagObject {
  readonly name: string
  readonly description?: string
  readonly externalDocs?: ExternalDocs
}

/** What the document says about the application. `title` and `version` have defaults. */
export interface Info extends Extensions {
  readonly title: string
  readonly version: string
  readonly description?: string | undefined
  readonly termsOfService?: string | undefined
  readonly contact?: { readonly name?: string; readonly url?: string; readonly email?: string } | undefined
  readonly license?: { readonly name: string; readonly url?: string } | undefined
  readonly tags?: readonly TagObject[] | undefined
  readonly externalDocs?: ExternalDocs | undefined
}

/** A part of a server's host or path that differs from one installation to another. */
export interface ServerVariable extends Extensions {
  readonly enum?: readonly string[] | undefined
  readonly default?: string | undefined
  readonly description?: string | undefined
  readonly examples?: readonly string[] | undefined
}

/** A server that a client connects to. */
export interface ServerObject extends Extensions {
  readonly host: string
  readonly pathname: string
  readonly protocol: string
  readonly title?: string | undefined
  readonly description?: string | undefined
  readonly variables?: Readonly<Record<string, ServerVariable>> | undefined
  readonly tags?: readonly TagObject[] | undefined
  readonly externalDocs?: ExternalDocs | undefined
  readonly security?: readonly Reference[] | undefined
  readonly 'x-socketio': ServerExtension
}

/** What a client must speak to reach a server. */
export interface ServerExtension {
  readonly protocol: 5
  readonly engineio: 4
  readonly transports: readonly Transport[]
}

/** A way in which Engine.IO carries packets. */
export type Transport = 'polling' | 'websocket' | 'webtransport'

/** An example of a message. */
export interface MessageExample {
  readonly name?: string | undefined
  readonly summary?: string | undefined
  readonly payload: unknown
}

/** An event, as a message. */
export interface MessageObject {
  readonly name?: string | undefined
  readonly title: string
  readonly summary?: string | undefined
  readonly tags?: readonly TagObject[] | undefined
  readonly payload?: Schema | undefined
  readonly examples?: readonly MessageExample[] | undefined
  readonly 'x-socketio'?: MessageExtension | undefined
  readonly 'x-deprecated'?: true | undefined
}

/** What JSON Schema does not say about a payload. */
export interface MessageExtension {
  /** The payload is the list of the positional arguments, and these are their names. */
  readonly args?: readonly string[] | undefined
  /** One more argument may follow, which is not in the payload: the caller's trace context, `{ traceparent, tracestate? }`. */
  readonly traceContext?: true | undefined
  /** Bytes are in it, so that it travels with attachments. */
  readonly binary?: true | undefined
}

/** Groups that have a limit, by what their events' names begin with on the wire: `todo`, `todo:list`. */
export type GroupLimits = Readonly<Record<string, Limit>>

/** What an extension says about a namespace: its name, and what the handshake takes and answers. */
export interface NamespaceExtension {
  readonly namespace: string
  readonly auth?: Schema | undefined
  readonly connectError?: Reference | undefined
  /** What the server takes of its inputs together. */
  readonly limit?: Limit | undefined
  /** The same of groups of them. */
  readonly groupLimits?: GroupLimits | undefined
}

/** A part of a namespace's name. AsyncAPI 3 gives it no schema, so that the whole of it stands in the extension. */
export interface ParameterObject {
  readonly description?: string | undefined
  readonly enum?: readonly string[] | undefined
  readonly default?: string | undefined
  readonly examples?: readonly string[] | undefined
  readonly 'x-socketio'?: { readonly schema: Schema } | undefined
}

/** What the request that opens the connection carries. */
export interface ChannelBindings {
  readonly ws: {
    readonly method: 'GET'
    readonly query?: Schema | undefined
    readonly headers?: Schema | undefined
    readonly bindingVersion: '0.1.0'
  }
}

/** A namespace, as a channel. */
export interface ChannelObject extends Extensions {
  readonly address: string
  readonly title: string
  readonly description?: string | undefined
  readonly tags?: readonly TagObject[] | undefined
  readonly externalDocs?: ExternalDocs | undefined
  readonly parameters?: Readonly<Record<string, ParameterObject>> | undefined
  readonly messages: Readonly<Record<string, MessageObject | Reference>>
  readonly bindings?: ChannelBindings | undefined
  readonly 'x-socketio': NamespaceExtension
}

/** What an operation says about an event that is not in its messages. */
export interface OperationExtension {
  /** It is acknowledged. */
  readonly ack?: true | undefined
  readonly stream?: StreamExtension | undefined
  /** What the server takes of it. */
  readonly limit?: Limit | undefined
}

/** What the application that a document describes does with an event. */
export type Action = 'receive' | 'send'

/** The sending or receiving of an event, as an operation. */
export interface OperationObject extends Extensions {
  readonly action: Action
  readonly channel: Reference
  readonly title: string
  readonly summary?: string | undefined
  readonly description?: string | undefined
  readonly tags?: readonly TagObject[] | undefined
  readonly externalDocs?: ExternalDocs | undefined
  readonly security?: readonly Reference[] | undefined
  readonly messages: readonly Reference[]
  readonly reply?: { readonly messages: readonly Reference[] } | undefined
  readonly 'x-socketio'?: OperationExtension | undefined
  readonly 'x-deprecated'?: true | undefined
}

/** The answer is the first page of a stream, and these are the events to read on with, to end it, and to go on after a reconnect. */
export interface StreamExtension {
  readonly next: string
  readonly stop: string
  readonly resume: string
}

/** The parts that the document refers to. */
export interface Components {
  readonly messages?: Readonly<Record<string, MessageObject>> | undefined
  readonly securitySchemes?: SecuritySchemes | undefined
  readonly schemas?: Readonly<Record<string, SchemaObject>> | undefined
}

/** An AsyncAPI 3 document as plain JSON. */
export interface AsyncApiDocument extends Extensions {
  readonly asyncapi: '3.0.0' | '3.1.0'
  readonly id?: string | undefined
  readonly info: Info
  readonly defaultContentType: string
  readonly servers?: Readonly<Record<string, ServerObject>> | undefined
  readonly channels: Readonly<Record<string, ChannelObject>>
  readonly operations: Readonly<Record<string, OperationObject>>
  readonly components: Components
  readonly 'x-socketio'?: RootExtension | undefined
}

/** Whose application the document describes, where that is not the server. */
export interface RootExtension {
  readonly perspective: 'client'
}
