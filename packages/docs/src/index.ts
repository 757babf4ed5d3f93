// The document
export { document, type DocumentOptions } from './document.js'
export { render, type Format, type RenderOptions } from './render.js'
export type { ServerOptions } from './server.js'
export type { SecuritySchemes } from './security.js'

// The page
export { serve, type SocketServer } from './serve.js'
export { handler, type Handler } from './handler.js'
export { html, type HtmlOptions } from './html.js'
export type { ServeOptions } from './resource.js'
export type { ConsoleOptions, PageOptions } from './page-options.js'

// The document as data
export type {
  AsyncApiDocument,
  ChannelObject,
  Components,
  Info,
  MessageExample,
  MessageObject,
  NamespaceExtension,
  OperationObject,
  Reference,
  Schema,
  SchemaObject,
  SecurityScheme,
  ServerObject,
  TagObject,
} from './asyncapi.js'
