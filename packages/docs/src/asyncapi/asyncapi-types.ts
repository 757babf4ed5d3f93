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

/** The document's information about the application. `title` and `version` have defaults. */
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

/** A variable part of a server's host or path. */
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

/** The protocol versions that a client needs to reach a server. */
export interface ServerExtension {
  readonly protocol: 5
  readonly engineio: 4
  readonly transports: readonly Transport[]
}

/** A transport of Engine.IO. */
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

/** The properties of a payload that JSON Schema can't express. */
export interface MessageExtension {
  /** The names of the positional arguments, if the payload is a list of them. */
  readonly args?: readonly string[] | undefined
  /** True if the caller's trace context, `{ traceparent, tracestate? }`, may follow as an argument that is not in the payload. */
  readonly traceContext?: true | undefined
  /** True if the payload contains bytes, which are sent as attachments. */
  readonly binary?: true | undefined
}

/** The limits of groups, by the prefix of their events' wire names: `todo`, `todo:list`. */
export type GroupLimits = Readonly<Record<string, Limit>>

/** The Socket.IO properties of a namespace: its name, and its handshake's input and error. */
export interface NamespaceExtension {
  readonly namespace: string
  readonly auth?: Schema | undefined
  readonly connectError?: Reference | undefined
  /** The limit on all inputs of the namespace together. */
  readonly limit?: Limit | undefined
  /** The limits on groups of inputs. */
  readonly groupLimits?: GroupLimits | undefined
}

/** A parameter of a namespace's name. AsyncAPI 3 has no schema for it, so the full schema is in the extension. */
export interface ParameterObject {
  readonly description?: string | undefined
  readonly enum?: readonly string[] | undefined
  readonly default?: string | undefined
  readonly examples?: readonly string[] | undefined
  readonly 'x-socketio'?: { readonly schema: Schema } | undefined
}

/** The contents of the request that opens the connection. */
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

/** The properties of an event that are not in its messages. */
export interface OperationExtension {
  /** True if the event is acknowledged. */
  readonly ack?: true | undefined
  /** True if the server refuses the event without a request for its acknowledgement. */
  readonly ackRequired?: true | undefined
  readonly stream?: StreamExtension | undefined
  /** The limit on the event. */
  readonly limit?: Limit | undefined
}

/** The action of the described application for an event. */
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

/** The events that read the next page of a stream, stop it, and resume it. The answer of the opening event is the first page. */
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
