import type { Extensions } from '@ackwire/core'
import type { TSchema } from '@sinclair/typebox'
import type { AsyncApiDocument } from '../asyncapi/asyncapi-document.js'
import type { Info } from '../asyncapi/asyncapi-types.js'
import { throwDefinitionError } from '../definition/definition-error.js'
import type { Perspective } from './perspective.js'
import type { SecuritySchemes } from '../asyncapi/security-types.js'
import type { ServerOptions } from './server-options.js'
import type { AsyncApi2Document } from '../asyncapi/asyncapi-2-types.js'

/** The versions of AsyncAPI that a document can be written in. */
type AsyncApiVersion = AsyncApiDocument['asyncapi'] | AsyncApi2Document['asyncapi']

/** The contents of the request that opens a connection, besides `auth`. They are documented, not checked. */
export interface Handshake {
  /** An object with a property for each query parameter. */
  readonly query?: TSchema
  /** An object with a property for each header, in lower case. */
  readonly headers?: TSchema
}

/**
 * The parts of an AsyncAPI 3 document that the contract does not contain. Keys that begin with `x-` are copied to the document.
 */
export interface DocumentOptions extends CommonOptions<AsyncApiDocument> {
  /** The version of AsyncAPI. `3.1.0` and `3.0.0` have the same content. @default '3.0.0' */
  readonly version?: AsyncApiDocument['asyncapi']
}

/** The parts of an AsyncAPI 2.6 document that the contract does not contain. Its acknowledgements are `x-ack`. */
export interface Document2Options extends CommonOptions<AsyncApi2Document> {
  /** The version of AsyncAPI. */
  readonly version: AsyncApi2Document['asyncapi']
}

/** The options of any version. */
export type AnyOptions = DocumentOptions | Document2Options

interface CommonOptions<Content> extends Extensions {
  /** The side that the document describes; for the client, each event is reversed. @default 'server' */
  readonly perspective?: Perspective
  /**
   * The URI of the application: `urn:example:chat`. By default there is none, except in 2.6.0, where it is derived from the
   * title.
   */
  readonly id?: string
  /**
   * The document's `info`. Defaults to the title `Socket.IO API`, the version `1.0.0`, and the contract's description, tags and
   * links.
   */
  readonly info?: Partial<Info>
  /** The servers of the application, by a name such as `production`. */
  readonly servers?: Readonly<Record<string, ServerOptions>>
  /** The schemes for the names in the contract's `security`: AsyncAPI's Security Scheme Objects. */
  readonly securitySchemes?: SecuritySchemes
  /** The data that clients send when they connect, by namespace: `{ '/': { query: Type.Object({ … }) } }`. */
  readonly handshake?: Readonly<Record<string, Handshake>>
  /** Receives a copy of the finished document as plain JSON and returns the document to use. */
  readonly transform?: (document: Content) => Content
}

const VERSIONS: readonly unknown[] = ['3.0.0', '3.1.0', '2.6.0'] satisfies AsyncApiVersion[]
const PERSPECTIVES: readonly unknown[] = ['server', 'client'] satisfies Perspective[]

/** Throws for invalid options. The rest is checked where it is written. */
export const checkOptions = ({ version, perspective, id }: AnyOptions): void => {
  checkWord(version, VERSIONS, 'options.version')
  checkWord(perspective, PERSPECTIVES, 'options.perspective')
  if (id !== undefined && !/^[a-z][a-z\d+.-]*:\S+$/i.test(id))
    throwDefinitionError('options.id', `expected a URI such as "urn:example:chat", got ${JSON.stringify(id)}`)
}

const checkWord = (word: unknown, words: readonly unknown[], path: string): void => {
  if (word === undefined || words.includes(word)) return
  throwDefinitionError(
    path,
    `expected one of ${words.map(each => JSON.stringify(each)).join(', ')}, got ${JSON.stringify(word)}`,
  )
}
