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
  CloseOptions,
  Layer,
  Middleware,
  NamespaceBinding,
  ServerBinding,
  ServerOf,
  SocketData,
  Visitor,
} from './signatures/server.js'

// What handlers and listeners are given
export type {
  Departure,
  Emit,
  Fail,
  Handler,
  HandlerCall,
  Handlers,
  Selection,
  SocketVisit,
  StreamHandlerCall,
} from './signatures/handlers.js'
export type { Plain, Surroundings } from './signatures/context.js'

// What streams give
export { tracked, type Tracked } from '../tracked.js'

// What is too large
export { guard, type GuardOptions, type Parser } from './guard.js'
export type { Caps } from './limits/caps.js'

// Limits
export type { WaitingLimits } from './limits/pending-handshakes.js'
export type { RefusalLimit } from './limits/refusals.js'
export type { LimitOptions, RateLimiter, RateLimiterOptions } from './limits/options.js'

// Who looks on
export type {
  Answer,
  ObservedCall,
  ObservedDeparture,
  ObservedOutput,
  ObservedSocket,
  Observer,
  Outcome,
} from './observe/observer.js'

// Errors
export type { ErrorHandler, ErrorReport, Phase } from './observe/error-handler.js'

// What the compiler writes into the declarations of a server
export type { Authenticated, Enriched } from './signatures/server.js'
export type { NamespaceAround, On } from './signatures/handlers.js'
export type { RootOf } from './signatures/context.js'
