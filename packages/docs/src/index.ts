/**
 * The AsyncAPI document of a contract, and the page that shows it.
 *
 * @module
 */

// The document
export { document, type Document2Options, type DocumentOptions } from './document.js'
export { catalog, type CatalogEvent } from './catalog.js'
export { extensionSchema } from './extension-schema.js'
export { render, type Format, type RenderOptions } from './render.js'
export type { ServerOptions } from './server.js'
export type { Handshake } from './options.js'
export type { Perspective } from './perspective.js'
export type { SecuritySchemes } from './security.js'
export type {
  ApiKeyScheme,
  HttpApiKeyScheme,
  HttpScheme,
  OAuth2Flow,
  OAuth2Scheme,
  OpenIdConnectScheme,
  OtherScheme,
  SecurityScheme,
} from './scheme.js'

// The page
export { serve, type SocketServer } from './serve.js'
export { handler, type Handler } from './handler.js'
export { html, type HtmlOptions } from './html.js'
export type { ServeOptions } from './resource.js'
export type { Allow } from './allow.js'
export type { ConsoleOptions, PageOptions } from './page-options.js'

// The document as data
export type {
  AsyncApiDocument,
  ChannelBindings,
  ChannelObject,
  Components,
  Info,
  MessageExample,
  MessageExtension,
  MessageObject,
  NamespaceExtension,
  OperationObject,
  ParameterObject,
  Reference,
  Schema,
  SchemaObject,
  RootExtension,
  ServerExtension,
  ServerObject,
  ServerVariable,
  TagObject,
  Transport,
} from './asyncapi.js'
export type {
  AsyncApi2Document,
  Channel2Object,
  Message2Extension,
  Message2Object,
  Operation2Object,
  Parameter2Object,
  Requirement,
  Server2Object,
} from './v2/asyncapi.js'
