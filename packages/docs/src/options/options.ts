import type { Extensions } from '@ackwire/core'
import type { TSchema } from '@sinclair/typebox'
import type { AsyncApiDocument, Info } from '../asyncapi/asyncapi-types.js'
import { throwDefinitionError } from '../definition/definition-error.js'
import type { Perspective } from './perspective.js'
import type { SecuritySchemes } from '../asyncapi/security-types.js'
import type { ServerOptions } from './server-options.js'
import type { AsyncApi2Document } from '../asyncapi/asyncapi-2-types.js'

/** The versions of AsyncAPI that a document can be written in. */
type AsyncApiVersion = AsyncApiDocument['asyncapi'] | AsyncApi2Document['asyncapi']

/** What the request that opens a connection carries, besides `auth`. It is documented, not checked. */
export interface Handshake {
  /** An object with a property for each parameter of the query. */
  readonly query?: TSchema
  /** An object with a property for each header, in lower case. */
  readonly headers?: TSchema
}

/** What the contract does not say. Keys that begin with `x-` stand in the document as they are. */
export interface DocumentOptions extends CommonOptions<AsyncApiDocument> {
  /** The version of AsyncAPI. `3.1.0` says the same as `3.0.0`. Default: `3.0.0`. */
  readonly version?: AsyncApiDocument['asyncapi']
}

/** The same for AsyncAPI 2.6, where the acknowledgements are `x-ack`. */
export interface Document2Options extends CommonOptions<AsyncApi2Document> {
  readonly version: AsyncApi2Document['asyncapi']
}

/** The options of any version. */
export type AnyOptions = DocumentOptions | Document2Options

interface CommonOptions<Content> extends Extensions {
  /** Whose application it describes; the client's has each event the other way round. Default: `server`. */
  readonly perspective?: Perspective
  /** A URI that names the application: `urn:example:chat`. Default: none, but in 2.6.0 one from the title. */
  readonly id?: string
  /** Defaults: the title `Socket.IO API`, the version `1.0.0`, and the contract's own description, tags and links. */
  readonly info?: Partial<Info>
  /** Where the application can be reached, by a name such as `production`. */
  readonly servers?: Readonly<Record<string, ServerOptions>>
  /** What the names in the contract's `security` stand for: AsyncAPI's Security Scheme Objects. */
  readonly securitySchemes?: SecuritySchemes
  /** What clients send when they connect to a namespace, by its name: `{ '/': { query: Type.Object({ … }) } }`. */
  readonly handshake?: Readonly<Record<string, Handshake>>
  /** Gets the finished document, as plain JSON of its own, and returns the one that is meant. */
  readonly transform?: (document: Content) => Content
}

const VERSIONS: readonly unknown[] = ['3.0.0', '3.1.0', '2.6.0'] satisfies AsyncApiVersion[]
const PERSPECTIVES: readonly unknown[] = ['server', 'client'] satisfies Perspective[]

/** Refuses options that mean nothing. What else is in them is checked where it is written. */
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
