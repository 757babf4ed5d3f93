import type { BothEvents } from './entry.js'
import type { Router, RouterTypes } from './contract.js'
import type { Direction, EventKind, EventTypes, EventValues } from './types.js'
import type { EntriesOf, GroupOf, NamespaceKeys, TypesOf, ValueOf, EventKindOf } from './infer.js'
import type { ENVELOPE, Failure, StandardErrors } from '../wire.js'

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

/** The value of an ack that reports a failure instead of a reply. Its `code` discriminates the failures and narrows `data`. */
export type FailureReply<Own> = { readonly [Key in typeof ENVELOPE]: FailureIn<Own & Omit<StandardErrors, UnsentCode>> }

// The waiting side raises these errors itself; they are never sent as an answer.
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

/** An event with its name on the wire. */
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
    : Entry extends BothEvents<infer Kind, infer In, infer Out>
      ? BothRows<Kind, In, Out, Sender, Name>
      : Rows<GroupOf<Entry>, Sender, `${Name}:`>
  : EventKindOf<Entry> extends Sender
    ? Row<Name, Types>
    : never

type BothRows<
  Kind extends EventKind,
  In extends EventTypes,
  Out extends EventTypes,
  Sender extends Direction,
  Name extends string,
> = (Kind extends Sender ? Row<Name, In> : never) | ('output' extends Sender ? Row<Name, Out> : never)

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
