import type { Extensions, ExternalDocs, Limit } from '@ackwire/core'
import type { RootExtension } from './asyncapi-document.js'
import type {
  ChannelBindings,
  Components,
  Info,
  MessageExtension,
  MessageObject,
  NamespaceExtension,
  Reference,
  Schema,
  ServerExtension,
  ServerVariable,
  StreamExtension,
  TagObject,
} from './asyncapi-types.js'

/** A way to gain access: a scheme's name with the scopes that it needs. */
export type Requirement = Readonly<Record<string, readonly string[]>>

/** A server of AsyncAPI 2. */
export interface Server2Object extends Extensions {
  /** The host and path, without a scheme. */
  readonly url: string
  readonly protocol: string
  readonly description?: string | undefined
  readonly variables?: Readonly<Record<string, ServerVariable>> | undefined
  readonly tags?: readonly TagObject[] | undefined
  readonly security?: readonly Requirement[] | undefined
  readonly 'x-socketio': ServerExtension
}

/** The parts of an AsyncAPI 3 operation that 2.6 has no field for. */
export interface Message2Extension extends MessageExtension {
  readonly ack?: true | undefined
  /** True if the server refuses the event without a request for its acknowledgement. */
  readonly ackRequired?: true | undefined
  readonly stream?: StreamExtension | undefined
  readonly limit?: Limit | undefined
  /** True if the acknowledgement has no value. */
  readonly receipt?: true | undefined
  /** The event's security, if the events of the namespace and direction differ in it. */
  readonly security?: readonly Requirement[] | undefined
}

/** An event, as a message of AsyncAPI 2. */
export interface Message2Object extends Extensions {
  readonly messageId: string
  readonly name?: string | undefined
  readonly title: string
  readonly summary?: string | undefined
  readonly description?: string | undefined
  readonly contentType: string
  readonly tags?: readonly TagObject[] | undefined
  readonly externalDocs?: ExternalDocs | undefined
  readonly payload?: Schema | undefined
  readonly examples?: MessageObject['examples'] | undefined
  /** The answer to the event: its value or its errors. */
  readonly 'x-ack'?: Schema | undefined
  readonly 'x-socketio'?: Message2Extension | undefined
}

/** All events of one direction, as an operation of AsyncAPI 2. */
export interface Operation2Object extends Extensions {
  readonly operationId: string
  readonly summary: string
  readonly tags?: readonly TagObject[] | undefined
  readonly security?: readonly Requirement[] | undefined
  readonly message: Reference | { readonly oneOf: readonly Reference[] }
}

/** A parameter of a namespace's name, of AsyncAPI 2. */
export interface Parameter2Object {
  readonly description?: string | undefined
  readonly schema: Schema
}

/** A namespace, as a channel of AsyncAPI 2. */
export interface Channel2Object extends Extensions {
  readonly description?: string | undefined
  readonly parameters?: Readonly<Record<string, Parameter2Object>> | undefined
  /** The events that clients send. */
  readonly publish?: Operation2Object | undefined
  /** The events that the server sends. */
  readonly subscribe?: Operation2Object | undefined
  readonly bindings?: ChannelBindings | undefined
  readonly 'x-socketio': NamespaceExtension
}

/** An AsyncAPI 2.6.0 document as plain JSON. */
export interface AsyncApi2Document extends Extensions {
  readonly asyncapi: '2.6.0'
  readonly id: string
  readonly info: Omit<Info, 'tags' | 'externalDocs'>
  readonly tags?: readonly TagObject[] | undefined
  readonly externalDocs?: ExternalDocs | undefined
  readonly defaultContentType: string
  readonly servers?: Readonly<Record<string, Server2Object>> | undefined
  readonly channels: Readonly<Record<string, Channel2Object>>
  readonly components: {
    readonly messages?: Readonly<Record<string, Message2Object>> | undefined
    readonly securitySchemes?: Readonly<Record<string, object>> | undefined
    readonly schemas?: Components['schemas']
  }
  readonly 'x-socketio'?: RootExtension | undefined
}
