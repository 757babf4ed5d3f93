import type { AckForm } from './ack.js'
import type { Listener } from './ack-callback.js'
import type { BothEvents } from './entry.js'
import type { Router, RouterTypes } from './contract.js'
import type { Direction, EventKind, EventTypes, EventValues, View } from './types.js'
import type { AcksIn, EntriesOf, NamespaceKeys, TypesOf, ValueOf, EventKindOf } from './infer.js'

/**
 * The inputs of a contract's root, or of another namespace, as an event map for Socket.IO's own types. The values have their
 * wire form, and the keys are the names on the wire, such as `todo:create`. An ack is the last argument, can't be left out,
 * and is called with the reply or with a `FailureReply`; that of a receipt with nothing or a `FailureReply`. The plain
 * listeners of a server with `attach` are typed by `GuardedEvents` instead.
 *
 * Limitations of Socket.IO's types remain: a client's `timeout(…).emitWithAck` returns `any`, or `Error` for a receipt, and
 * accepts events without an ack.
 *
 * @example
 * const socket: Socket<ServerToClientEvents<typeof api>, ClientToServerEvents<typeof api>> = io(url)
 */
export type ClientToServerEvents<
  Contract extends Router<RouterTypes>,
  Namespace extends NamespaceName<Contract> = '/',
> = EventMap<RowsOf<Contract, Namespace, 'input'>>

/**
 * The inputs of a contract's root, or of another namespace, as an event map for the plain listeners of a server with
 * `attach`: the values are decoded by `Type.Transform`, and the ack encodes its value. Without transforms the map equals
 * `ClientToServerEvents`.
 *
 * @example
 * const io = new Server<GuardedEvents<typeof api>, ServerToClientEvents<typeof api>>()
 */
export type GuardedEvents<
  Contract extends Router<RouterTypes>,
  Namespace extends NamespaceName<Contract> = '/',
> = GuardedMap<RowsOf<Contract, Namespace, 'input'>>

/**
 * The outputs of a contract's root, or of another namespace, as an event map for Socket.IO's own types. A plain `emit` does
 * not encode its arguments, so they have their wire form.
 */
export type ServerToClientEvents<
  Contract extends Router<RouterTypes>,
  Namespace extends NamespaceName<Contract> = '/',
> = EventMap<RowsOf<Contract, Namespace, 'output'>>

/** The arguments of an input, by its name on the wire: a single one itself, several as a tuple, none as `undefined`. */
export type Input<
  Contract extends Router<RouterTypes>,
  Event extends NameIn<RowsOf<Contract, Namespace, 'input'>>,
  Namespace extends NamespaceName<Contract> = '/',
> = ValueOfRow<RowNamed<RowsOf<Contract, Namespace, 'input'>, Event>>

/** The arguments of an output, by its name on the wire: a single one itself, several as a tuple, none as `undefined`. */
export type Output<
  Contract extends Router<RouterTypes>,
  Event extends NameIn<RowsOf<Contract, Namespace, 'output'>>,
  Namespace extends NamespaceName<Contract> = '/',
> = ValueOfRow<RowNamed<RowsOf<Contract, Namespace, 'output'>, Event>>

/** The answer to an event, by its name on the wire: `void` for a receipt, `never` for an event without an ack. */
export type Ack<
  Contract extends Router<RouterTypes>,
  Event extends NameIn<RowsOf<Contract, Namespace>>,
  Namespace extends NamespaceName<Contract> = '/',
> = PartOfRow<RowNamed<RowsOf<Contract, Namespace>, Event>, 'ack'>

/** The `data` of an event's own errors by their code. `CallError<…>` of it is the union of the errors that a call can reject with. */
export type Errors<
  Contract extends Router<RouterTypes>,
  Event extends NameIn<RowsOf<Contract, Namespace>>,
  Namespace extends NamespaceName<Contract> = '/',
> = PartOfRow<RowNamed<RowsOf<Contract, Namespace>, Event>, 'errors'>

/** The names of a contract's namespaces. */
export type NamespaceName<Contract extends Router<RouterTypes>> = '/' | NamespaceKeys<EntriesOf<Contract>>

/** An event with its name on the wire. */
interface Row<Event extends string, Types extends EventTypes, Acks extends AckForm | undefined = AckForm | undefined> {
  readonly event: Event
  readonly types: Types
  /** The form of the acks of its router. */
  readonly acks: Acks
}

type RowsOf<Contract extends Router<RouterTypes>, Name, Sender extends Direction = Direction> = Name extends '/'
  ? Rows<EntriesOf<Contract>, Sender, '', AcksOf<Contract>>
  : Name extends keyof EntriesOf<Contract>
    ? RowsOfGroup<EntriesOf<Contract>[Name], Sender, '', AcksOf<Contract>>
    : never

type AcksOf<Contract extends Router<RouterTypes>> = AcksIn<NonNullable<Contract['~types']>, undefined>

type RowsOfGroup<Group, Sender extends Direction, Name extends string, Acks extends AckForm | undefined> =
  Group extends Router<infer Types> ? Rows<Types['entries'], Sender, Name, AcksIn<Types, Acks>> : never

type Rows<Entries, Sender extends Direction, Group extends string, Acks extends AckForm | undefined> = {
  [Key in keyof Entries & string]: RowsIn<Entries[Key], TypesOf<Entries[Key]>, Sender, `${Group}${Key}`, Acks>
}[keyof Entries & string]

type RowsIn<
  Entry,
  Types extends EventTypes,
  Sender extends Direction,
  Name extends string,
  Acks extends AckForm | undefined,
> = [Types] extends [never]
  ? Name extends `/${string}`
    ? never
    : Entry extends BothEvents<infer Kind, infer In, infer Out>
      ? BothRows<Kind, In, Out, Sender, Name, Acks>
      : RowsOfGroup<Entry, Sender, `${Name}:`, Acks>
  : EventKindOf<Entry> extends Sender
    ? Row<Name, Types, Acks>
    : never

type BothRows<
  Kind extends EventKind,
  In extends EventTypes,
  Out extends EventTypes,
  Sender extends Direction,
  Name extends string,
  Acks extends AckForm | undefined,
> = (Kind extends Sender ? Row<Name, In, Acks> : never) | ('output' extends Sender ? Row<Name, Out, Acks> : never)

// Conditionals, because in order to prove that a constraint holds the compiler would follow the recursion of `Rows`.
type NameIn<Rows> = Rows extends Row<infer Name, EventTypes> ? Name : never

type RowNamed<Rows, Name> = Rows extends { readonly event: Name } ? Rows : never

type PartOfRow<One, Part extends keyof EventValues> = One extends Row<string, infer Types> ? Types['wire'][Part] : never

type ValueOfRow<One> = One extends Row<string, infer Types> ? ValueOf<Types['wire']['args']> : never

type EventMap<Rows extends Row<string, EventTypes>> = {
  [One in Rows as One['event']]: Listener<
    One['types']['wire']['args'],
    One['types']['wire']['ack'],
    One['types']['wire']['errors'],
    OwnErrorOf<One, 'wire'>,
    'wire'
  >
}

// A plain listener may also call its ack with an `Error`, of which the message is sent.
type GuardedMap<Rows extends Row<string, EventTypes>> = {
  [One in Rows as One['event']]: Listener<
    One['types']['decoded']['args'],
    One['types']['decoded']['ack'],
    One['types']['decoded']['errors'],
    OwnErrorOf<One, 'decoded'> extends infer Own ? ([Own] extends [never] ? never : Own | Error) : never,
    'decoded'
  >
}

/** The application's own errors of an event's ack; `never` if the ack is not error-first. */
type OwnErrorOf<One extends Row<string, EventTypes>, Side extends View> = One['types']['errorFirst'] extends {
  readonly wire: infer Wire
  readonly decoded: infer Decoded
}
  ? Side extends 'wire'
    ? Wire
    : Decoded
  : One['types']['errorFirst'] extends false
    ? never
    : One['acks'] extends 'error-first'
      ? string
      : never
