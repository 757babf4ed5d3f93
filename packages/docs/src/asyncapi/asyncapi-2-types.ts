import type { Extensions, ExternalDocs, Limit } from '@ackwire/core'
import type { RootExtension } from './asyncapi-document.js'
import type {
  Info,
  MessageExtension,
  MessageObject,
  Reference,
  Schema,
  ServerExtension,
  ServerVariable,
  TagObject,
} from './asyncapi-types.js'
import type { ChannelBindings, Components, NamespaceExtension, StreamExtension } from './channel-types.js'

/** A way to gain access: a scheme's name with the scopes that it needs. */
export type Requirement = Readonly<Record<string, readonly string[]>>

/** A server of AsyncAPI 2. */
export interface Server2Object extends Extensions {
  /** The host and path, without a scheme. */
  readonly url: string
  /** `ws`, or `wss` for TLS. */
  readonly protocol: string
  /** The description, or the title of a server without one. */
  readonly description?: string | undefined
  /** The variables in braces in `url`, by their names. */
  readonly variables?: Readonly<Record<string, ServerVariable>> | undefined
  /** The server's tags. */
  readonly tags?: readonly TagObject[] | undefined
  /** The requirements, any of which grants access; absent if there are none. */
  readonly security?: readonly Requirement[] | undefined
  /** The protocol versions that a client needs. */
  readonly 'x-socketio': ServerExtension
}

/** The parts of an AsyncAPI 3 operation that 2.6 has no field for. */
export interface Message2Extension extends MessageExtension {
  /** True if the event is acknowledged. */
  readonly ack?: true | undefined
  /** The events that read the stream that this event opens. */
  readonly stream?: StreamExtension | undefined
  /** The limit on the event. */
  readonly limit?: Limit | undefined
  /** True if the acknowledgement has no value. */
  readonly receipt?: true | undefined
  /** The event's security, if the events of the namespace and direction differ in it. */
  readonly security?: readonly Requirement[] | undefined
}

/** An event, as a message of AsyncAPI 2. */
export interface Message2Object extends Extensions {
  /** The key of the message, unique in the document: `receive_user_sign_up`. */
  readonly messageId: string
  /** The event's name on the wire. */
  readonly name?: string | undefined
  /** The event's name for readers, which says whether it is deprecated. */
  readonly title: string
  /** A sentence about the event. */
  readonly summary?: string | undefined
  /** The description of the event, in Markdown. */
  readonly description?: string | undefined
  /** Always `application/json`. */
  readonly contentType: string
  /** The event's tags. */
  readonly tags?: readonly TagObject[] | undefined
  /** A link to further documentation. */
  readonly externalDocs?: ExternalDocs | undefined
  /** The schema of the argument, or of the array of arguments; absent if the event has none. */
  readonly payload?: Schema | undefined
  /** Examples of the payload. */
  readonly examples?: MessageObject['examples'] | undefined
  /** The answer to the event: its value or its errors. */
  readonly 'x-ack'?: Schema | undefined
  /** The properties that the other fields can't express; absent if there is nothing. */
  readonly 'x-socketio'?: Message2Extension | undefined
}

/** All events of one direction, as an operation of AsyncAPI 2. */
export interface Operation2Object extends Extensions {
  /** The channel's key and the action of the application, unique in the document: `root_receive`. */
  readonly operationId: string
  /** A sentence about the events together. */
  readonly summary: string
  /** The tags of all the events, without duplicates. */
  readonly tags?: readonly TagObject[] | undefined
  /** The requirements, any of which grants access to at least one event; absent if there are none. */
  readonly security?: readonly Requirement[] | undefined
  /** The event's message, or the messages of several events. */
  readonly message: Reference | { readonly oneOf: readonly Reference[] }
}

/** A parameter of a namespace's name, of AsyncAPI 2. */
export interface Parameter2Object {
  /** The description of the parameter. */
  readonly description?: string | undefined
  /** The schema of the parameter, whose values are strings. Without one of its own it is `{ type: 'string' }`. */
  readonly schema: Schema
}

/** A namespace, as a channel of AsyncAPI 2. */
export interface Channel2Object extends Extensions {
  /** The description of the namespace, in Markdown. */
  readonly description?: string | undefined
  /** The parameters in the namespace's name, by their names; absent if there are none. */
  readonly parameters?: Readonly<Record<string, Parameter2Object>> | undefined
  /** The events that clients send. */
  readonly publish?: Operation2Object | undefined
  /** The events that the server sends. */
  readonly subscribe?: Operation2Object | undefined
  /** The query and the headers of the handshake, if they are documented. */
  readonly bindings?: ChannelBindings | undefined
  /** The namespace's name, its `auth` and its limits. */
  readonly 'x-socketio': NamespaceExtension
}

/** An AsyncAPI 2.6.0 document as plain JSON. */
export interface AsyncApi2Document extends Extensions {
  /** The version of AsyncAPI. */
  readonly asyncapi: '2.6.0'
  /**
   * The URI of the application: `urn:example:chat`. By default it is derived from the title: `urn:socketio:ChatAPI`.
   */
  readonly id: string
  /** The information about the application. */
  readonly info: Omit<Info, 'tags' | 'externalDocs'>
  /** The tags of all namespaces, groups and events, without duplicates. */
  readonly tags?: readonly TagObject[] | undefined
  /** A link to further documentation of the application. */
  readonly externalDocs?: ExternalDocs | undefined
  /** Always `application/json`. */
  readonly defaultContentType: string
  /** The servers, by their names; absent if there are none. */
  readonly servers?: Readonly<Record<string, Server2Object>> | undefined
  /** The namespaces, by their names: `/`, `/admin`, `/game-{id}`. */
  readonly channels: Readonly<Record<string, Channel2Object>>
  /** The messages, security schemes and schemas that the document refers to, by their keys. */
  readonly components: {
    readonly messages?: Readonly<Record<string, Message2Object>> | undefined
    readonly securitySchemes?: Readonly<Record<string, object>> | undefined
    readonly schemas?: Components['schemas']
  }
  /** The perspective, if the document describes the client. */
  readonly 'x-socketio'?: RootExtension | undefined
}
