/**
 * The contract, and the types that follow from it: for the server, the browser and the tests alike.
 *
 * @module
 */

// The contract
export { event, type Event } from './contract/event.js'
export type { EventTypes, StreamTypes, EventKind } from './contract/types.js'
export { router } from './define/router.js'
export type { Router, RouterEntries, RouterOptions, RouterTypes } from './contract/contract.js'
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
export type { AnyEvent, EventData } from './contract/event.js'
export type { Direction } from './contract/types.js'
export type { EventEntry, NamespaceData, RouterData } from './contract/contract.js'
export type { Incoming, Outgoing, Peer } from './contract/client-contract.js'

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
  EventKindOf,
  ValueOf,
} from './contract/infer.js'

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
} from './contract/socket-events.js'

// Errors
export { EventError, type Issue, type StandardErrors } from './wire.js'

// What the compiler writes into the declarations of a contract
export type {
  AckTypes,
  TransformedAckTypes,
  RestTypes,
  ErrorTypes,
  ArgumentTypes,
  TransformedArgumentTypes,
  ItemTypes,
} from './contract/types.js'
