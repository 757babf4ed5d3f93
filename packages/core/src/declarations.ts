/**
 * The types that the compiler writes into the declarations of a contract, and those that the packages share. An application
 * imports none of them by itself.
 *
 * @module
 */

// The types of a contract
export type {
  ConventionTypes,
  DeclaredTypes,
  WithConventions,
  HandshakeValues,
  RouterTypes,
  TypedContract,
  UncheckedEntries,
} from './contract/contract.js'
export type {
  AuthOf,
  EntriesOf,
  ErrorOf,
  EventKindOf,
  GroupOf,
  HandshakeErrorsOf,
  InputTypesOf,
  IsAnswered,
  MemberKeys,
  NamespaceKeys,
  NamespaceParams,
  OutputTypesAt,
  OutputTypesOf,
  ParamsOf,
  PartOf,
  TypesAt,
  TypesOf,
} from './contract/infer.js'

// The types of an event
export type { AckForm, AckOptions } from './contract/ack.js'
export type { FormTypes } from './contract/form-types.js'
export type { BothEvents, BothFactory } from './contract/entry.js'
export type { AnyEvent } from './contract/event.js'
export type {
  AckTypes,
  ArgumentTypes,
  ErrorTypes,
  EventKind,
  EventTypes,
  EventValues,
  ItemTypes,
  OwnErrorTypes,
  RestTypes,
  StreamTypes,
  TransformedAckTypes,
  TransformedArgumentTypes,
  View,
} from './contract/types.js'

// The contract at run time
export type { ClientContract, ClientInput, ClientOutput } from './contract/client-contract.js'
