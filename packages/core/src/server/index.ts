/**
 * The server that keeps a contract.
 *
 * @module
 */

// The binding
export { attach } from './attach.js'
export type { AttachOptions } from './options.js'
export type {
  Authenticate,
  AuthenticateOptions,
  CloseOptions,
  MiddlewareContext,
  Middleware,
  NamespaceBinding,
  ServerBinding,
  ServerOf,
  SocketData,
  HandshakeContext,
} from './signatures/server.js'

// What handlers and listeners are given
export type { Selection } from './signatures/emit.js'
export type {
  DisconnectContext,
  Fail,
  Handler,
  HandlerCall,
  Handlers,
  SocketContext,
  StreamHandlerCall,
} from './signatures/handlers.js'

// What streams give
export { tracked, type Tracked } from '../tracked.js'

// What is too large
export { guard, type GuardOptions, type Parser } from './guard.js'
export type { Caps } from './validation/caps.js'

// Limits
export type { WaitingLimits } from './limits/pending-handshakes.js'
export type { RefusalLimit } from './limits/refusals.js'
export type { LimitOptions, RateLimiter, RateLimiterOptions } from './limits/options.js'

// Who looks on
export type {
  Answer,
  ObservedCall,
  ObservedDisconnect,
  ObservedOutput,
  ObservedSocket,
  Observer,
  Outcome,
} from './observe/observer.js'

// Errors
export type { ErrorHandler, ErrorReport, Phase } from './observe/error-handler.js'

// Makes the compiler find the names that it writes into declarations.
// oxlint-disable-next-line unicorn/require-module-specifiers
export type {} from './declarations.js'
