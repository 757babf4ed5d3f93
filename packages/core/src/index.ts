/**
 * The contract and the types that follow from it, for the server, the browser and tests.
 *
 * @module
 */

// The contract
export { event } from './contract/entry.js'
export type { Event } from './contract/event.js'
export { router } from './define/router.js'
export type { ContractOf, Router, RouterEntries, RouterOptions } from './contract/contract.js'
export type { InFlight, Limit, Rate, Rates } from './contract/limit.js'
export type {
  Describe,
  EventDescription,
  Example,
  Extensions,
  ExternalDocs,
  Security,
  Tag,
} from './contract/description.js'

// The contract as data
export type { AckData } from './contract/ack.js'
export type { EventData } from './contract/event.js'
export type { Direction } from './contract/types.js'
export type { EventEntry, NamespaceData, RouterData } from './contract/contract.js'

// Types of a call
export type { Call, CallError, Calls, ValueOf } from './contract/infer.js'

// Types for plain sockets
export type { FailureReply } from './contract/ack-callback.js'
export type {
  Ack,
  ClientToServerEvents,
  Errors,
  GuardedEvents,
  Input,
  NamespaceName,
  Output,
  ServerToClientEvents,
} from './contract/socket-events.js'

// Errors
export { EventError, type Issue, type StandardErrors } from './wire.js'

// Makes the compiler find the names that it writes into declarations.
// oxlint-disable-next-line unicorn/require-module-specifiers
export type {} from './declarations.js'
