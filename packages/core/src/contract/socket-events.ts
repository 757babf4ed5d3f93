import type { Router, RouterTypes } from './contract.js'
import type { Direction, EventTypes, EventValues } from './types.js'
import type { EntriesOf, GroupOf, NamespaceKeys, TypesOf, ValueOf, EventKindOf } from './infer.js'
import type { ENVELOPE, Failure, StandardErrors } from '../wire.js'

/**
 * The inputs of a contract's root, or of another namespace, as the event map that Socket.IO's own types take: as they
 * travel, by their names on the wire, such as `todo:create`. For a server that `attach` guards there are `GuardedEvents`. Where there is an ack, it is the last argument, can't be left out, and is
 * called with the reply or with a `FailureReply`; that of a receipt with nothing or a `FailureReply`.
 *
 * What Socket.IO makes of a map stays its own matter: a client's `timeout(…).emitWithAck` is `any`, or `Error` for a
 * receipt, and an event without ack is not kept from it.
 *
 * @example
 * const socket: Socket<ServerToClientEvents<typeof api>, ClientToServerEvents<typeof api>> = io(url)
 */
export type ClientToServerEvents<
  Contract extends Router<RouterTypes>,
  Namespace extends NamespaceName<Contract> = '/',
> = EventMap<RowsOf<Contract, Namespace, 'input'>>

/**
 * The same inputs as the plain listeners of a server have them that `attach` guards: what a `Type.Transform` has decoded,
 * and an ack that encodes. Without transforms these are `ClientToServerEvents`.
 *
 * @example
 * const io = new Server<GuardedEvents<typeof api>, ServerToClientEvents<typeof api>>()
 */
export type GuardedEvents<
  Contract extends Router<RouterTypes>,
  Namespace extends NamespaceName<Contract> = '/',
> = GuardedMap<RowsOf<Contract, Namespace, 'input'>>

/**
 * The outputs of a contract's root, or of another namespace, as the event map that Socket.IO's own types take. A plain
 * `emit` is not encoded: it takes what travels.
 */
export type ServerToClientEvents<
  Contract extends Router<RouterTypes>,
  Namespace extends NamespaceName<Contract> = '/',
> = EventMap<RowsOf<Contract, Namespace, 'output'>>

/** What an input brings, by its name on the wire: one argument itself, several as a tuple, none as `undefined`. */
export type Input<
  Contract extends Router<RouterTypes>,
  Event extends NameIn<RowsOf<Contract, Namespace, 'input'>>,
  Namespace extends NamespaceName<Contract> = '/',
> = ValueOfRow<RowNamed<RowsOf<Contract, Namespace, 'input'>, Event>>

/** What an output brings, by its name on the wire: one argument itself, several as a tuple, none as `undefined`. */
export type Output<
  Contract extends Router<RouterTypes>,
  Event extends NameIn<RowsOf<Contract, Namespace, 'output'>>,
  Namespace extends NamespaceName<Contract> = '/',
> = ValueOfRow<RowNamed<RowsOf<Contract, Namespace, 'output'>, Event>>

/** What an event is answered, by its name on the wire: `void` for a receipt, `never` where nothing is answered. */
export type Ack<
  Contract extends Router<RouterTypes>,
  Event extends NameIn<RowsOf<Contract, Namespace>>,
  Namespace extends NamespaceName<Contract> = '/',
> = PartOfRow<RowNamed<RowsOf<Contract, Namespace>, Event>, 'ack'>

/** The `data` of an event's own errors by their code; `CallError<…>` of it is all that a call can reject with. */
export type Errors<
  Contract extends Router<RouterTypes>,
  Event extends NameIn<RowsOf<Contract, Namespace>>,
  Namespace extends NamespaceName<Contract> = '/',
> = PartOfRow<RowNamed<RowsOf<Contract, Namespace>, Event>, 'errors'>

/** What an ack carries instead of a reply. The `code` tells which failure it is, and narrows `data`. */
export type FailureReply<Own> = { readonly [Key in typeof ENVELOPE]: FailureIn<Own & Omit<StandardErrors, UnsentCode>> }

// A side finds these out by itself; nobody answers with them.
type UnsentCode = 'DISCONNECTED' | 'ABORTED' | 'INVALID_REPLY'

type FailureIn<Data> = {
  [Code in keyof Data & string]: [Checked<Data[Code]>] extends [undefined]
    ? BareFailure<Code>
    : FailureWith<Code, Checked<Data[Code]>>
}[keyof Data & string]

interface BareFailure<Code extends string> extends Failure {
  readonly code: Code
  readonly data?: undefined
}

interface FailureWith<Code extends string, Data> extends Failure {
  readonly code: Code
  readonly data: Data
}

/** The names of a contract's namespaces. */
export type NamespaceName<Contract extends Router<RouterTypes>> = '/' | NamespaceKeys<EntriesOf<Contract>>

/** One event with its name on the wire. */
interface Row<Event extends string, Types extends EventTypes> {
  readonly event: Event
  readonly types: Types
}

type RowsOf<Contract extends Router<RouterTypes>, Name, Sender extends Direction = Direction> = Name extends '/'
  ? Rows<EntriesOf<Contract>, Sender, ''>
  : Name extends keyof EntriesOf<Contract>
    ? Rows<GroupOf<EntriesOf<Contract>[Name]>, Sender, ''>
    : never

type Rows<Entries, Sender extends Direction, Group extends string> = {
  [Key in keyof Entries & string]: RowsIn<Entries[Key], TypesOf<Entries[Key]>, Sender, `${Group}${Key}`>
}[keyof Entries & string]

type RowsIn<Entry, Types extends EventTypes, Sender extends Direction, Name extends string> = [Types] extends [never]
  ? Name extends `/${string}`
    ? never
    : Rows<GroupOf<Entry>, Sender, `${Name}:`>
  : EventKindOf<Entry> extends Sender
    ? Row<Name, Types>
    : never

// Conditionals, because in order to prove that a constraint holds the compiler would follow the recursion of `Rows`.
type NameIn<Rows> = Rows extends Row<infer Name, EventTypes> ? Name : never

type RowNamed<Rows, Name> = Rows extends { readonly event: Name } ? Rows : never

type PartOfRow<One, Part extends keyof EventValues> = One extends Row<string, infer Types> ? Types['wire'][Part] : never

type ValueOfRow<One> = One extends Row<string, infer Types> ? ValueOf<Types['wire']['args']> : never

type EventMap<Rows extends Row<string, EventTypes>> = {
  [One in Rows as One['event']]: Listener<
    One['types']['wire']['args'],
    One['types']['wire']['ack'],
    One['types']['wire']['errors']
  >
}

type GuardedMap<Rows extends Row<string, EventTypes>> = {
  [One in Rows as One['event']]: Listener<
    One['types']['decoded']['args'],
    One['types']['decoded']['ack'],
    One['types']['decoded']['errors']
  >
}

type Listener<Args extends readonly unknown[], Reply, Own> = [Reply] extends [never]
  ? (...args: CheckedArgs<Args>) => void
  : (...args: Acknowledged<CheckedArgs<Args>, AckCallback<Checked<Reply>, Own>>) => void

// Where arguments can be left out, the ack moves up: once for each number of arguments. An optional argument before it
// would have to be given as undefined, which JSON makes null.
type Acknowledged<
  Args extends readonly unknown[],
  Callback,
  Passed extends readonly unknown[] = Required<Args>,
> = Passed extends Args
  ? | [...Passed, ack: Callback]
    | (Passed extends readonly [...infer Fewer, unknown] ? Acknowledged<Args, Callback, Fewer> : never)
  : never

type AckCallback<Reply, Own> = [Reply] extends [void]
  ? (failure?: FailureReply<Own>) => void
  : (reply: Reply | FailureReply<Own>) => void

type CheckedArgs<Args extends readonly unknown[]> = { -readonly [Index in keyof Args]: Checked<Args[Index]> }

// An `any` would hide the failure beside it, and make Socket.IO's types take every event for one with an ack.
type Checked<Value> = 0 extends 1 & Value ? unknown : Value
