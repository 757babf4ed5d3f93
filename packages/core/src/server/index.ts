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
} from './binding.js'

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
} from './infer.js'
export type { Plain, Surroundings } from './surroundings.js'

// What streams give
export { tracked, type Tracked } from '../tracked.js'

// What is too large
export { guard, type GuardOptions, type Parser } from './guard.js'
export type { Caps } from './caps.js'

// Limits
export type { WaitingLimits } from './limits/crowd.js'
export type { RefusalLimit } from './limits/patience.js'
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
} from './observer.js'

// Errors
export type { ErrorHandler, ErrorReport, Phase } from './report.js'

// What the compiler writes into the declarations of a server
export type { Authenticated, Enriched } from './binding.js'
export type { NamespaceAround, On } from './infer.js'
export type { RootOf } from './surroundings.js'
