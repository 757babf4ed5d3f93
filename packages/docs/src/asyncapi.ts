import type { ExternalDocs } from '@ackwire/core'

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

export interface TagObject {
  readonly name: string
  readonly description?: string
  readonly externalDocs?: ExternalDocs
}

/** What the document says about the application. `title` and `version` have defaults. */
export interface Info {
  readonly title: string
  readonly version: string
  readonly description?: string | undefined
  readonly termsOfService?: string | undefined
  readonly contact?: { readonly name?: string; readonly url?: string; readonly email?: string } | undefined
  readonly license?: { readonly name: string; readonly url?: string } | undefined
  readonly tags?: readonly TagObject[] | undefined
  readonly externalDocs?: ExternalDocs | undefined
}

export interface ServerObject {
  readonly host: string
  readonly pathname: string
  readonly protocol: string
  readonly title?: string | undefined
  readonly description?: string | undefined
  readonly tags?: readonly TagObject[] | undefined
  readonly security?: readonly Reference[] | undefined
  readonly 'x-socketio': Readonly<Record<string, unknown>>
}

export interface MessageExample {
  readonly name?: string | undefined
  readonly summary?: string | undefined
  readonly payload: unknown
}

export interface MessageObject {
  readonly name?: string | undefined
  readonly title: string
  readonly summary?: string | undefined
  readonly tags?: readonly TagObject[] | undefined
  readonly payload?: Schema | undefined
  readonly examples?: readonly MessageExample[] | undefined
  readonly 'x-socketio'?: Readonly<Record<string, unknown>> | undefined
  readonly 'x-deprecated'?: true | undefined
}

/** What an extension says about a namespace: its name, and what the handshake takes and answers. */
export interface NamespaceExtension {
  readonly namespace: string
  readonly auth?: Schema | undefined
  readonly connectError?: Reference | undefined
}

export interface ChannelObject {
  readonly address: string
  readonly title: string
  readonly description?: string | undefined
  readonly tags?: readonly TagObject[] | undefined
  readonly externalDocs?: ExternalDocs | undefined
  readonly parameters?: Readonly<Record<string, { readonly description?: string }>> | undefined
  readonly messages: Readonly<Record<string, MessageObject | Reference>>
  readonly 'x-socketio': NamespaceExtension
}

export interface OperationObject {
  readonly action: 'receive' | 'send'
  readonly channel: Reference
  readonly title: string
  readonly summary?: string | undefined
  readonly description?: string | undefined
  readonly tags?: readonly TagObject[] | undefined
  readonly externalDocs?: ExternalDocs | undefined
  readonly security?: readonly Reference[] | undefined
  readonly messages: readonly Reference[]
  readonly reply?: { readonly messages: readonly Reference[] } | undefined
  readonly 'x-socketio'?: { readonly ack: true } | undefined
  readonly 'x-deprecated'?: true | undefined
}

/** A Security Scheme Object: how a client shows who it is. */
export interface SecurityScheme {
  readonly type: string
  readonly description?: string
  readonly [keyword: string]: unknown
}

export interface Components {
  readonly messages?: Readonly<Record<string, MessageObject>> | undefined
  readonly securitySchemes?: Readonly<Record<string, SecurityScheme>> | undefined
  readonly schemas?: Readonly<Record<string, SchemaObject>> | undefined
}

/** An AsyncAPI 3.0.0 document as plain JSON. */
export interface AsyncApiDocument {
  readonly asyncapi: '3.0.0'
  readonly info: Info
  readonly defaultContentType: string
  readonly servers?: Readonly<Record<string, ServerObject>> | undefined
  readonly channels: Readonly<Record<string, ChannelObject>>
  readonly operations: Readonly<Record<string, OperationObject>>
  readonly components: Components
}
