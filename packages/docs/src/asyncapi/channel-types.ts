import type { Extensions, ExternalDocs, Limit } from '@ackwire/core'
import type { MessageObject, Reference, Schema, SchemaObject, TagObject } from './asyncapi-types.js'
import type { SecuritySchemes } from './security-types.js'

/** The limits of groups, by the prefix of their events' wire names: `todo`, `todo:list`. */
export type GroupLimits = Readonly<Record<string, Limit>>

/** The Socket.IO properties of a namespace: its name, and its handshake's input and error. */
export interface NamespaceExtension {
  /** The name in Socket.IO: `/`, `/admin`, `/game-{id}`. */
  readonly namespace: string
  /** The schema of the handshake's `auth`; absent if any is accepted. */
  readonly auth?: Schema | undefined
  /** A pointer to the schema of the error with which a handshake is refused; absent without `auth` and `errors`. */
  readonly connectError?: Reference | undefined
  /** The schema of the `data` of each error that the contract declares for a refused handshake, by its code; empty for one without data. */
  readonly errors?: Readonly<Record<string, Schema>> | undefined
  /** The limit on all inputs of the namespace together. */
  readonly limit?: Limit | undefined
  /** The limits on groups of inputs. */
  readonly groupLimits?: GroupLimits | undefined
}

/** A parameter of a namespace's name. AsyncAPI 3 has no schema for it, so the full schema is in the extension. */
export interface ParameterObject {
  /** The description of the parameter. */
  readonly description?: string | undefined
  /** The allowed values. By default any string. */
  readonly enum?: readonly string[] | undefined
  /** The value that applies if none is given. */
  readonly default?: string | undefined
  /** Examples of values. */
  readonly examples?: readonly string[] | undefined
  /** The full schema. Without it, the parameter is any string that the other fields allow. */
  readonly 'x-socketio'?: { readonly schema: Schema } | undefined
}

/** The contents of the request that opens the connection. */
export interface ChannelBindings {
  /** The WebSocket binding: the schemas of the query and of the headers, each an object. */
  readonly ws: {
    readonly method: 'GET'
    readonly query?: Schema | undefined
    readonly headers?: Schema | undefined
    readonly bindingVersion: '0.1.0'
  }
}

/** A namespace, as a channel. */
export interface ChannelObject extends Extensions {
  /** The namespace's name: `/`, `/admin`, `/game-{id}`. */
  readonly address: string
  /** The name for readers: `Namespace /admin`. */
  readonly title: string
  /** The description of the namespace, in Markdown. */
  readonly description?: string | undefined
  /** The namespace's tags. */
  readonly tags?: readonly TagObject[] | undefined
  /** A link to further documentation. */
  readonly externalDocs?: ExternalDocs | undefined
  /** The parameters in the namespace's name, by their names; absent if there are none. */
  readonly parameters?: Readonly<Record<string, ParameterObject>> | undefined
  /** The messages of its events and of their answers, by their keys. */
  readonly messages: Readonly<Record<string, MessageObject | Reference>>
  /** The query and the headers of the handshake, if they are documented. */
  readonly bindings?: ChannelBindings | undefined
  /** The namespace's name, its `auth` and its limits. */
  readonly 'x-socketio': NamespaceExtension
}

/** The properties of an event that are not in its messages. */
export interface OperationExtension {
  /** True if the event is acknowledged. */
  readonly ack?: true | undefined
  /**
   * True if the acknowledgement takes an error first: `null` before the value or, as its only argument, one of the errors, of which
   * the second message of the reply is the application's own.
   */
  readonly errorFirst?: true | undefined
  /** True if the server refuses the event without a request for its acknowledgement. */
  readonly ackRequired?: true | undefined
  /** The events that read the stream that this event opens; absent if it opens none. */
  readonly stream?: StreamExtension | undefined
  /** The limit on the event. */
  readonly limit?: Limit | undefined
}

/** The action of the described application for an event. */
export type Action = 'receive' | 'send'

/** The sending or receiving of an event, as an operation. */
export interface OperationObject extends Extensions {
  /** The action of the described side: the server, unless `perspective` is `client`. */
  readonly action: Action
  /** A pointer to the namespace's channel. */
  readonly channel: Reference
  /** The event's name for readers, which says whether it is deprecated. */
  readonly title: string
  /** A sentence about the event. */
  readonly summary?: string | undefined
  /** The description of the event, in Markdown. */
  readonly description?: string | undefined
  /** The event's tags, with `deprecated` first if it is. */
  readonly tags?: readonly TagObject[] | undefined
  /** A link to further documentation. */
  readonly externalDocs?: ExternalDocs | undefined
  /** Pointers to security schemes, any of which grants access; absent if there are none. */
  readonly security?: readonly Reference[] | undefined
  /** A pointer to the event's message in its channel. */
  readonly messages: readonly Reference[]
  /**
   * Pointers to the messages that can answer the event: the acknowledgement or a page first, then the errors. Absent if the
   * event is not acknowledged.
   */
  readonly reply?: { readonly messages: readonly Reference[] } | undefined
  /** The properties that the other fields can't express; absent if there is nothing. */
  readonly 'x-socketio'?: OperationExtension | undefined
  /** True if the event is deprecated. */
  readonly 'x-deprecated'?: true | undefined
}

/** The events that read the next page of a stream, stop it, and resume it. The answer of the opening event is the first page. */
export interface StreamExtension {
  /** The name of the event that asks for the next page, with the page's cursor as its argument. */
  readonly next: string
  /** The name of the event that stops the stream, with the cursor as its argument. */
  readonly stop: string
  /** The name of the event that continues the stream, with the id of the last item and then the arguments. */
  readonly resume: string
}

/** The parts that the document refers to. */
export interface Components {
  /** The message of the standard errors; absent if no input is acknowledged. */
  readonly messages?: Readonly<Record<string, MessageObject>> | undefined
  /** The security schemes, by their names; absent if there are none. */
  readonly securitySchemes?: SecuritySchemes | undefined
  /** The schemas that others refer to, by their keys; absent if there are none. */
  readonly schemas?: Readonly<Record<string, SchemaObject>> | undefined
}
