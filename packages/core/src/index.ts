/**
 * The contract, and the types that follow from it: for the server, the browser and the tests alike.
 *
 * @module
 */

// The contract
export { event, type Event } from './event.js'
export type { EventTypes, StreamTypes, Way } from './types.js'
export { router } from './router.js'
export type { Router, RouterEntries, RouterOptions, RouterTypes } from './contract.js'
export type { InFlight, Limit, Rate, Rates } from './limit.js'
export type { Describe, EventDescription, Example, Extensions, ExternalDocs, Security, Tag } from './description.js'

// The contract as data
export type { AnyEvent, EventData } from './event.js'
export type { Direction } from './types.js'
export type { EventEntry, NamespaceData, RouterData } from './contract.js'
export type { Incoming, Outgoing, Peer } from './peer.js'

// Types of a contract
export type {
  AuthOf,
  Call,
  Calls,
  ErrorOf,
  CallError,
  EntriesOf,
  GroupOf,
  IsAnswered,
  MemberKeys,
  NamespaceKeys,
  NamespaceParams,
  ParamsOf,
  TypesOf,
  WayOf,
  ValueOf,
} from './infer.js'

// Types for plain sockets
export type {
  Ack,
  ClientToServerEvents,
  Errors,
  FailureReply,
  GuardedEvents,
  Input,
  NamespaceName,
  Output,
  ServerToClientEvents,
} from './socket-events.js'

// Errors
export { EventError, type Issue, type StandardErrors } from './wire.js'

// What the compiler writes into the declarations of a contract
export type { Answered, AnsweredCoded, Continued, Failing, Sent, SentCoded, Items } from './types.js'
