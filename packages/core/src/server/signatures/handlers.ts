import type { Socket } from 'socket.io'
import type { TypedContract } from '../../contract/contract.js'
import type { AnyEvent } from '../../contract/event.js'
import type { EventKind, EventTypes, EventValues, StreamTypes } from '../../contract/types.js'
import type {
  Call,
  Calls,
  EntriesOf,
  GroupOf,
  IsAnswered,
  MemberKeys,
  NamespaceKeys,
  PartOf,
  TypesAt,
  TypesOf,
  ValueOf,
} from '../../contract/infer.js'
import type { ContextOf, DefaultContext, NamespaceContext } from './context.js'
import type { InputKind, StreamSource } from './stream.js'

/** The number of sockets that an emit reaches: one, whose answer it returns, or many, whose answers it returns as an array. */
export type Reach = 'one' | 'many'

/** The outputs of a namespace as functions; groups as objects of them. */
export type Emit<Contract extends TypedContract, Audience extends Reach> = EmitMembers<
  Contract,
  EntriesOf<Contract>,
  MemberKeys<EntriesOf<Contract>, 'output'>,
  Audience
>

type EmitMembers<Contract extends TypedContract, Entries, Keys extends keyof Entries, Audience extends Reach> = {
  readonly [Key in Keys]: Entries[Key] extends AnyEvent
    ? (...args: TypesOf<Entries[Key]>['decoded']['args']) => EmitResult<TypesOf<Entries[Key]>, Audience>
    : Emit<PartOf<Contract, Key>, Audience>
}

type EmitResult<Types extends EventTypes, Audience extends Reach> =
  IsAnswered<Types> extends true ? Answers<Types['decoded'], Audience> : void

type Answers<Values extends EventValues, Audience extends Reach> = Audience extends 'one'
  ? Call<Values['ack'], Values['errors']>
  : Calls<Values['ack'], Values['errors']>

/**
 * Socket.IO's verbs over a set of sockets. Each returns a new selection and leaves this one as it was.
 *
 * An emit checks its arguments once and throws an `EventError` with the code `INVALID_OUTPUT` where it is called. Where
 * the event has an ack, it returns the answers of all; if some did not come in time, the error's `data.replies` has
 * those that did.
 */
export interface Selection<Contract extends TypedContract> {
  readonly emit: Emit<Contract, 'many'>
  /** Those in the room, or in any of the rooms. */
  to(room: string | string[]): Selection<Contract>
  /** The same as `to`. */
  in(room: string | string[]): Selection<Contract>
  /** All but those in the room, or in any of the rooms. */
  except(room: string | string[]): Selection<Contract>
  /** The time that an emit waits for acks, in milliseconds. */
  timeout(ms: number): Selection<Contract>
  /** Whether to compress the packet. */
  compress(compress: boolean): Selection<Contract>
  /** Only those on this node. */
  readonly local: Selection<Contract>
  /** The packet may be lost where the connection is not ready. */
  readonly volatile: Selection<Contract>
}

/** What a lifecycle listener is given. */
export interface SocketContext<Contract extends TypedContract, Context extends NamespaceContext = DefaultContext> {
  /** The socket's `data`: what `authenticate` returned. */
  readonly data: Context['data']
  /** The parameters of the namespace: `{ id: '42' }` in `/game-42`, if the contract says `/game-{id}`; decoded by their schema. */
  readonly params: Context['params']
  /** Socket.IO's own socket. */
  readonly socket: Socket
  /** Emits to this client. */
  readonly emit: Emit<Contract, 'one'>
  /** The others in a room. */
  readonly to: (room: string | string[]) => Selection<Contract>
  /** All others of the namespace. */
  readonly broadcast: Selection<Contract>
  /** Aborted when the client leaves. */
  readonly signal: AbortSignal
}

/** What a lifecycle listener is given when a client leaves. */
export interface DisconnectContext<
  Contract extends TypedContract,
  Context extends NamespaceContext = DefaultContext,
> extends SocketContext<Contract, Context> {
  /** Socket.IO's reason, such as `transport close`. */
  readonly reason: string
}

/** What a handler is given. */
export interface HandlerCall<
  Types extends EventTypes,
  Contract extends TypedContract,
  Context extends NamespaceContext = DefaultContext,
> extends SocketContext<Contract, Context> {
  /** What middleware added. */
  readonly ctx: Context['ctx']
  /** The event's name on the wire. */
  readonly event: string
  /** The argument where one is declared, a tuple where there are several, `undefined` where none. */
  readonly input: ValueOf<Types['decoded']['args']>
  /** Throws an error that the event declares, which the client gets with its data. */
  readonly fail: Fail<Types['decoded']['errors']>
}

/** Throws one of the declared errors. */
export type Fail<Errors> = <Code extends keyof Errors & string>(code: Code, data: Errors[Code]) => never

/** Handles one event: what it returns, or resolves to, is the answer. */
export type Handler<
  Types extends EventTypes,
  Contract extends TypedContract,
  Context extends NamespaceContext = DefaultContext,
> = (call: HandlerCall<Types, Contract, Context>) => HandlerResult<Types>

/** What the handler of a stream is given. Its `signal` is aborted when nobody reads any more. */
export interface StreamHandlerCall<
  Types extends EventTypes,
  Contract extends TypedContract,
  Context extends NamespaceContext = DefaultContext,
> extends HandlerCall<Types, Contract, Context> {
  /** The id of the last item that the client has, if it goes on with a stream that it lost; else `undefined`. */
  readonly lastEventId: string | undefined
}

// Where no value is answered, what a handler happens to return is of no interest.
type HandlerResult<Types extends EventTypes> = [Types['wire']['ack']] extends [void]
  ? unknown
  : ValueOrPromise<Types['decoded']['ack']>

type ValueOrPromise<Value> = Value | Promise<Value>

/** The handler of an event of this kind; that of a stream is an async generator. */
type HandlerOf<
  Kind extends EventKind,
  Types extends EventTypes,
  Target extends HandlerTarget,
> = Kind extends StreamTypes
  ? (call: StreamHandlerCall<Types, Target['contract'], Target['context']>) => StreamSource<Types, Kind['decoded']>
  : Handler<Types, Target['contract'], Target['context']>

/** The namespace that a handler belongs to. */
interface HandlerTarget {
  readonly contract: TypedContract
  readonly context: NamespaceContext
}

/** Registers handlers by their event's name, and lifecycle listeners by Socket.IO's names. */
export type On<Contract extends TypedContract, Context extends NamespaceContext = DefaultContext> = Registrars<
  { readonly contract: Contract; readonly context: Context },
  Contract,
  MemberKeys<EntriesOf<Contract>, InputKind>
> &
  Lifecycle<Contract, Context>

type Registrars<Target extends HandlerTarget, Group extends TypedContract, Keys extends keyof EntriesOf<Group>> = {
  readonly [Key in Keys]: EntriesOf<Group>[Key] extends AnyEvent<infer Kind>
    ? Kind extends StreamTypes
      ? (handler: HandlerOf<Kind, TypesAt<Group, Key>, Target>) => () => void
      : (handler: Handler<TypesAt<Group, Key>, Target['contract'], Target['context']>) => () => void
    : RegistrarsInPart<Target, PartOf<Group, Key>>
}

type RegistrarsInPart<Target extends HandlerTarget, Part extends TypedContract> = Registrars<
  Target,
  Part,
  MemberKeys<EntriesOf<Part>, InputKind>
>

/** Socket.IO's reserved names. Any number of listeners each; the function returned removes the listener. */
export interface Lifecycle<Contract extends TypedContract, Context extends NamespaceContext = DefaultContext> {
  /** Registers a listener of new connections. */
  readonly connection: (listener: (context: SocketContext<Contract, Context>) => unknown) => () => void
  /** Registers a listener of clients that are about to leave, and are still in their rooms. */
  readonly disconnecting: (listener: (context: DisconnectContext<Contract, Context>) => unknown) => () => void
  /** Registers a listener of clients that have left. */
  readonly disconnect: (listener: (context: DisconnectContext<Contract, Context>) => unknown) => () => void
}

/** A handler for every input of a namespace, groups nested as in the contract. */
export type NamespaceHandlers<
  Contract extends TypedContract,
  Context extends NamespaceContext = DefaultContext,
> = HandlersIn<
  { readonly contract: Contract; readonly context: Context },
  Contract,
  MemberKeys<EntriesOf<Contract>, InputKind>
>

/** A handler for every input, groups and namespaces nested as in the contract. */
export type Handlers<
  Contract extends TypedContract,
  Context extends NamespaceContext = DefaultContext,
> = NamespaceHandlers<Contract, Context> & {
  readonly [Name in NamespacesWithInputs<EntriesOf<Contract>>]: NamespaceHandlers<
    PartOf<Contract, Name>,
    ContextOf<Contract, Name>
  >
}

type NamespacesWithInputs<Entries> = {
  [Name in NamespaceKeys<Entries>]: [MemberKeys<GroupOf<Entries[Name]>, InputKind>] extends [never] ? never : Name
}[NamespaceKeys<Entries>]

type HandlersIn<Target extends HandlerTarget, Group extends TypedContract, Keys extends keyof EntriesOf<Group>> = {
  readonly [Key in Keys]: EntriesOf<Group>[Key] extends AnyEvent<infer Kind>
    ? HandlerOf<Kind, TypesAt<Group, Key>, Target>
    : HandlersInPart<Target, PartOf<Group, Key>>
}

type HandlersInPart<Target extends HandlerTarget, Part extends TypedContract> = HandlersIn<
  Target,
  Part,
  MemberKeys<EntriesOf<Part>, InputKind>
>
