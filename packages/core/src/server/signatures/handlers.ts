import type { DefaultEventsMap, Socket } from 'socket.io'
import type { TypedContract } from '../../contract/contract.js'
import type { AnyEvent } from '../../contract/event.js'
import type { EventTypes, StreamTypes } from '../../contract/types.js'
import type { EntriesOf, GroupOf, MemberKeys, NamespaceKeys, PartOf, TypesAt, ValueOf } from '../../contract/infer.js'
import type { ContextOf, DefaultContext, NamespaceContext } from './context.js'
import type { Emit, Selection } from './emit.js'
import type { InputKind, StreamSource } from './stream.js'

/**
 * Socket.IO's socket with the `data` that `authenticate` returned, of which a handler may set properties. Without `authenticate`,
 * what the application put there, whose type is not known: Socket.IO's own.
 */
type SocketWith<Data> = string extends keyof Data
  ? Socket
  : Socket<DefaultEventsMap, DefaultEventsMap, DefaultEventsMap, { -readonly [Key in keyof Data]: Data[Key] }>

/** The argument of a lifecycle listener. */
export interface SocketContext<Contract extends TypedContract, Context extends NamespaceContext = DefaultContext> {
  /** The socket's `data`, which `authenticate` returned. */
  readonly data: Context['data']
  /** The parameters of the namespace, decoded by their schema: `{ id: '42' }` in `/game-42` for the pattern `/game-{id}`. */
  readonly params: Context['params']
  /** Socket.IO's own socket, whose `data` is what `authenticate` returned. */
  readonly socket: SocketWith<Context['data']>
  /** Emits to this client. */
  readonly emit: Emit<Contract, 'one'>
  /** Selects the other sockets in a room. */
  readonly to: (room: string | string[]) => Selection<Contract>
  /** All other sockets of the namespace. */
  readonly broadcast: Selection<Contract>
  /** The signal that is aborted when the client disconnects. What its listeners throw or reject with goes to `server.onError`. */
  readonly signal: AbortSignal
}

/** The argument of a lifecycle listener for a disconnect. */
export interface DisconnectContext<
  Contract extends TypedContract,
  Context extends NamespaceContext = DefaultContext,
> extends SocketContext<Contract, Context> {
  /** Socket.IO's reason, such as `transport close`. */
  readonly reason: string
}

/** The argument of a handler. */
export interface HandlerCall<
  Types extends EventTypes,
  Contract extends TypedContract,
  Context extends NamespaceContext = DefaultContext,
> extends SocketContext<Contract, Context> {
  /** The values that middleware added. */
  readonly ctx: Context['ctx']
  /** The event's name on the wire. */
  readonly event: string
  /** A single argument itself, several as a tuple, none as `undefined`. */
  readonly input: ValueOf<Types['decoded']['args']>
  /**
   * Throws an error that the event declares; the client gets it with its data. Write `return fail(…)` or `throw fail(…)`: TypeScript
   * only knows that the code after a call is not reached if the function is declared with a type, and a destructured one is not.
   */
  readonly fail: Fail<Types['decoded']['errors']>
}

/** Throws one of the declared errors. */
export type Fail<Errors> = <Code extends keyof Errors & string>(code: Code, data: Errors[Code]) => never

/** Handles an event. Its result, awaited, is the answer. */
export type Handler<
  Types extends EventTypes,
  Contract extends TypedContract,
  Context extends NamespaceContext = DefaultContext,
> = (call: HandlerCall<Types, Contract, Context>) => HandlerResult<Types>

/** The argument of a stream's handler. Its `signal` is aborted when the client stops reading. */
export interface StreamHandlerCall<
  Types extends EventTypes,
  Contract extends TypedContract,
  Context extends NamespaceContext = DefaultContext,
> extends HandlerCall<Types, Contract, Context> {
  /** The id of the last item that the client received, if it resumes a stream; else `undefined`. */
  readonly lastEventId: string | undefined
}

// The result of a handler is ignored if the event is not answered with a value.
type HandlerResult<Types extends EventTypes> = [Types['wire']['ack']] extends [void]
  ? unknown
  : ValueOrPromise<Types['decoded']['ack']>

type ValueOrPromise<Value> = Value | Promise<Value>

/** The handler of a stream, an async generator of its items. */
export type StreamHandler<
  Types extends EventTypes,
  Item,
  Contract extends TypedContract,
  Context extends NamespaceContext,
> = (call: StreamHandlerCall<Types, Contract, Context>) => StreamSource<Types, Item>

/** A handler for every input of a namespace, groups nested as in the contract. */
export type NamespaceHandlers<
  Contract extends TypedContract,
  Context extends NamespaceContext = DefaultContext,
> = GroupHandlers<Contract, Context, Contract>

/**
 * A handler for every input of a contract, groups and namespaces nested as in it; or what `handle` of a binding takes, with the
 * `data` and the `ctx` of the binding.
 *
 * @example
 * type Chat = Handlers<typeof server>
 * type AddCall = Parameters<Chat['add']>[0] // the argument of a method
 */
export type Handlers<
  Subject extends TypedContract | HandlerTaker,
  Context extends NamespaceContext = DefaultContext,
> = Subject extends { handle(handlers: infer All): void }
  ? All
  : Subject extends TypedContract
    ? ContractHandlers<Subject, Context>
    : never

/** A binding of a contract, or of one of its namespaces. */
interface HandlerTaker {
  handle(handlers: never): void
}

/** A handler for every input, groups and namespaces nested as in the contract. */
export type ContractHandlers<
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

type GroupHandlers<
  Contract extends TypedContract,
  Context extends NamespaceContext,
  Group extends TypedContract,
> = HandlersByKey<Contract, Context, Group, MemberKeys<EntriesOf<Group>, InputKind>>

type HandlersByKey<
  Contract extends TypedContract,
  Context extends NamespaceContext,
  Group extends TypedContract,
  Keys extends keyof EntriesOf<Group>,
> = {
  readonly [Key in Keys]: HandlerOf<Contract, Context, Group, Key, EntriesOf<Group>[Key]>
}

// Distributes over a union of an event and a group, as the entries of an arbitrary `Router` are.
type HandlerOf<
  Contract extends TypedContract,
  Context extends NamespaceContext,
  Group extends TypedContract,
  Key extends keyof EntriesOf<Group>,
  Entry,
> =
  Entry extends AnyEvent<infer Kind>
    ? Kind extends StreamTypes
      ? StreamHandler<TypesAt<Group, Key>, Kind['decoded'], Contract, Context>
      : Kind extends 'output'
        ? never
        : Handler<TypesAt<Group, Key>, Contract, Context>
    : GroupHandlers<Contract, Context, PartOf<Group, Key>>
