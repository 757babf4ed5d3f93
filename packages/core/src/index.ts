// The contract
export { event, type Event, type EventTypes } from './event.js'
export { router, type Router, type RouterEntries, type RouterOptions, type RouterTypes } from './router.js'
export type { Describe, EventDescription, Example, ExternalDocs, Security, Tag } from './description.js'

// The contract as data
export type { Direction, EventData } from './event.js'
export type { EventEntry, NamespaceData, RouterData } from './router.js'

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
  TypesOf,
  ValueOf,
} from './infer.js'

// Errors
export { EventError, type Issue, type StandardErrors } from './wire.js'
