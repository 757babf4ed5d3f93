/**
 * The types that the compiler writes into the declarations of a server. An application imports none of them by itself.
 *
 * @module
 */

// The context of a namespace
export type { ContextOf, DefaultContext, NamespaceContext, RootContext } from './signatures/context.js'
export type { AuthenticateOptions, MiddlewareResult, WithContext, WithData } from './signatures/server.js'

// The members of a binding
export type { Emit } from './signatures/emit.js'
export type { ContractHandlers, NamespaceHandlers } from './signatures/handlers.js'
export type { Lifecycle, On } from './signatures/on.js'
export type { Refuse, RefuseOptions } from './signatures/refuse.js'
export type { StreamSource } from './signatures/stream.js'
