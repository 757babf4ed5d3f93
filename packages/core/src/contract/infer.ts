import type { AckForm } from './ack.js'
import type { BothEvents } from './entry.js'
import type { AnyEvent, Event } from './event.js'
import type { EventTypes, EventKind, View } from './types.js'
import type { Router, RouterTypes, TypedContract } from './contract.js'
import type { EventError, StandardErrors } from '../wire.js'

/** The entries of a contract, as written. */
export type EntriesOf<Contract extends TypedContract> = NonNullable<Contract['~types']>['entries']

/** The type of the handshake's `auth` of a contract, or of one of its namespaces. */
export type AuthOf<Contract extends TypedContract> = NonNullable<Contract['~types']>['wire']['auth']

/** The `data` of the errors with which a handshake can be refused, by code. */
export type HandshakeErrorsOf<Contract extends TypedContract, Side extends View> = NonNullable<
  Contract['~types']
>[Side]['errors']

/** A group or a namespace of a contract, by its key. */
export interface PartOf<Contract extends TypedContract, Key> extends TypedContract<
  Extract<RouterTypesAt<EntriesOf<Contract>, Key>, RouterTypes>
> {}

type RouterTypesAt<Entries, Key> = Key extends keyof Entries ? RouterTypesOf<Entries[Key]> : never

/** The types of an input of a contract, or of one of its parts, by the event's key. */
export interface TypesAt<Contract extends TypedContract, Key extends keyof EntriesOf<Contract>> extends EventTypes {
  readonly wire: InputTypesOf<EntriesOf<Contract>[Key]>['wire']
  readonly decoded: InputTypesOf<EntriesOf<Contract>[Key]>['decoded']
}

/** The types of an output of a contract, or of one of its parts, by the event's key. */
export interface OutputTypesAt<
  Contract extends TypedContract,
  Key extends keyof EntriesOf<Contract>,
> extends EventTypes {
  readonly wire: OutputTypesOf<EntriesOf<Contract>[Key]>['wire']
  readonly decoded: OutputTypesOf<EntriesOf<Contract>[Key]>['decoded']
}

/** The keys of the namespaces. */
export type NamespaceKeys<Entries> = Extract<keyof Entries, `/${string}`>

/** The parameters of a namespace by its key: `{ id: string }` of `/game-{id}`. */
export type ParamsOf<Name> = { readonly [Parameter in ParameterOf<Name>]: string }

/** The parameters of a namespace in their wire form or decoded: typed by their schema, or by the key without one. */
export type NamespaceParams<Entry, Name, Side extends View = 'wire'> = ParamsBy<
  RouterTypesOf<Entry>[Side]['params'],
  Name
>

/** The parameters typed by their schema or, without one, as strings named by the key. */
export type ParamsBy<Params, Name> = unknown extends Params ? ParamsOf<Name> : Readonly<Params>

/** The form of the acks of a router's events, within a router with the form `Outer`. */
export type AcksIn<Types extends RouterTypes, Outer extends AckForm | undefined> = Types['acks'] extends AckForm
  ? Types['acks']
  : Outer

/** The types of an entry that is a group or a namespace. */
export type RouterTypesOf<Entry> = Entry extends TypedContract<infer Types> ? Types : RouterTypes

type ParameterOf<Name> = Name extends `${string}{${infer Parameter}}${infer Rest}`
  ? Parameter | ParameterOf<Rest>
  : never

/** The keys of the events of one kind, and of groups with such events. Namespaces are reached with `of`. */
export type MemberKeys<Entries, Kind extends EventKind> = {
  [Key in keyof Entries]: MemberKey<Key, Entries[Key], Kind>
}[keyof Entries]

type MemberKey<Key, Entry, Kind extends EventKind> =
  Entry extends AnyEvent<infer EntryKind>
    ? EntryKind extends Kind
      ? Key
      : never
    : Key extends `/${string}`
      ? never
      : [MemberKeys<GroupOf<Entry>, Kind>] extends [never]
        ? never
        : Key

/** The types of an entry that is an event; `never` for a group, and for an entry of both directions. */
export type TypesOf<Entry> = Entry extends Event<EventKind, infer Types> ? Types : never

/** The types of an entry that is an input, or has one. */
export type InputTypesOf<Entry> =
  Entry extends Event<EventKind, infer Types>
    ? Types
    : Entry extends BothEvents<EventKind, infer Input, EventTypes>
      ? Input
      : never

/** The types of an entry that is an output, or has one. */
export type OutputTypesOf<Entry> =
  Entry extends Event<EventKind, infer Types>
    ? Types
    : Entry extends BothEvents<EventKind, EventTypes, infer Output>
      ? Output
      : never

/** The kind of an entry that is an event: its sender or, for a stream, the types of the stream's items. */
export type EventKindOf<Entry> = Entry extends AnyEvent<infer Kind> ? Kind : never

/** The entries of an entry that is a group or a namespace; `never` for an event. */
export type GroupOf<Entry> = Entry extends Router<infer Types> ? Types['entries'] : never

/** `true` for the types of an event that has an ack, else `false`. */
export type IsAnswered<Types extends EventTypes> = [Types['wire']['ack']] extends [never] ? false : true

/** The `input` of a handler: a single argument itself, several (or a rest) as a tuple, none as `undefined`. */
export type ValueOf<Args extends readonly unknown[]> = Args['length'] extends 1
  ? Args[0]
  : Args['length'] extends 0
    ? undefined
    : Args['length'] extends 0 | 1
      ? Args[0]
      : Args

/** The union of the errors that a call with these own errors can reject with, discriminated by `code`. */
export type CallError<Errors> = ErrorOf<Errors & StandardErrors>

/** A union with an error for each code and its data; any `EventError` if the codes are not known. */
export type ErrorOf<Data> = [keyof Data] extends [never]
  ? EventError
  : { [Code in keyof Data & string]: EventError<Code, Data[Code]> }[keyof Data & string]

/** A promise of the answer to a call, whose type includes the errors that it can reject with. */
export interface Call<Reply, Errors> extends Promise<Reply> {
  /** Types only, never a value. */
  readonly '~errors'?: Errors & StandardErrors
}

/** A promise of the answers of many sockets. If some answers are missing or invalid, the error's data has the valid ones. */
export interface Calls<Reply, Errors> extends Promise<Reply[]> {
  /** Types only, never a value. */
  readonly '~errors'?: Readonly<Record<keyof (Errors & StandardErrors), { readonly replies: readonly Reply[] }>>
}
