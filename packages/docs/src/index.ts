/**
 * The AsyncAPI document of a contract, and the page that shows it.
 *
 * @module
 */

// The document
export { document, type Document2Options, type DocumentOptions } from './document/document.js'
export { catalog, type CatalogEvent } from './catalog.js'
export { extensionSchema } from './asyncapi/extension-schema.js'
export { render, type RenderOptions } from './render.js'
export type { Format } from './document/write.js'
export type { ServerOptions } from './options/server-options.js'
export type { Handshake } from './options/options.js'
export type { Perspective } from './options/perspective.js'
export type {
  ApiKeyScheme,
  HttpApiKeyScheme,
  HttpScheme,
  OAuth2Flow,
  OAuth2Scheme,
  OpenIdConnectScheme,
  OtherScheme,
  SecurityScheme,
  SecuritySchemes,
} from './asyncapi/security-types.js'

// The page
export { serve, type SocketServer } from './site/serve.js'
export { handler, type Handler } from './site/handler.js'
export { html, type HtmlOptions } from './site/html.js'
export type { ServeOptions } from './site/resources.js'
export type { Allow } from './site/allow.js'
export type { ConsoleOptions, PageOptions } from './options/page-options.js'

// The document as data
export type { AsyncApiDocument } from './asyncapi/asyncapi-document.js'
export type { AsyncApi2Document } from './asyncapi/asyncapi-2-types.js'

// Makes the compiler find the names that it writes into declarations.
// oxlint-disable-next-line unicorn/require-module-specifiers
export type {} from './declarations.js'
