import type { Socket } from 'socket.io'
import type { AnyEvent } from '../../contract/event.js'
import type { EventTypes, StreamTypes, EventKind } from '../../contract/types.js'
import type { Produced, Taken } from './stream.js'
import type { DefaultContext, NamespaceContext } from './context.js'
import type {
  Call,
  Calls,
  ParamsBy,
  RouterTypesOf,
  GroupOf,
  IsAnswered,
  MemberKeys,
  NamespaceKeys,
  TypesOf,
  ValueOf,
} from '../../contract/infer.js'

/** Whether an emit reaches one socket, and returns its answer, or many, and returns an array. */
export type Reach = 'one' | 'many'

/** The outputs of a namespace as functions; groups as objects of them. */
export type Emit<Entries, To extends Reach> = EmitMembers<Entries, MemberKeys<Entries, 'output'>, To>

type EmitMembers<Entries, Keys extends keyof Entries, To extends Reach> = {
  readonly [Key in Keys]: EmitMember<Entries[Key], To>
}

type EmitMember<Entry, To extends Reach> = Entry extends AnyEvent
  ? (...args: TypesOf<Entry>['decodedArgs']) => Emitted<TypesOf<Entry>, To>
  : Emit<GroupOf<Entry>, To>

type Emitted<Types extends EventTypes, To extends Reach> = IsAnswered<Types> extends true ? Answers<Types, To> : void

type Answers<Types extends EventTypes, To extends Reach> = To extends 'one'
  ? Call<Types['decodedAck'], Types['decodedErrors']>
  : Calls<Types['decodedAck'], Types['decodedErrors']>

/**
 * Socket.IO's verbs over a set of sockets. Each returns a new selection and leaves this one as it was.
 *
 * An emit checks its arguments once and throws an `EventError` with the code `INVALID_OUTPUT` where it is called. Where
 * the event has an ack, it returns the answers of all; if some did not come in time, the error's `data.replies` has
 * those that did.
 */
export interface Selection<Entries> {
  readonly emit: Emit<Entries, 'many'>
  /** Those in the room, or in any of the rooms. */
  to(room: string | string[]): Selection<Entries>
  /** The same as `to`. */
  in(room: string | string[]): Selection<Entries>
  /** All but those in the room, or in any of the rooms. */
  except(room: string | string[]): Selection<Entries>
  /** The time that an emit waits for acks, in milliseconds. */
  timeout(ms: number): Selection<Entries>
  /** Whether to compress the packet. */
  compress(compress: boolean): Selection<Entries>
  /** Only those on this node. */
  readonly local: Selection<Entries>
  /** The packet may be lost where the connection is not ready. */
  readonly volatile: Selection<Entries>
}

/** What a lifecycle listener is given. */
export interface SocketContext<Entries, Context extends NamespaceContext = DefaultContext> {
  /** The socket's `data`: what `authenticate` returned. */
  readonly data: Context['data']
  /** The parameters of the namespace: `{ id: '42' }` in `/game-42`, if the contract says `/game-{id}`; decoded by their schema. */
  readonly params: Context['params']
  /** Socket.IO's own socket. */
  readonly socket: Socket
  /** Emits to this client. */
  readonly emit: Emit<Entries, 'one'>
  /** The others in a room. */
  readonly to: (room: string | string[]) => Selection<Entries>
  /** All others of the namespace. */
  readonly broadcast: Selection<Entries>
  /** Aborted when the client leaves. */
  readonly signal: AbortSignal
}

/** What a lifecycle listener is given when a client leaves. */
export interface DisconnectContext<Entries, Context extends NamespaceContext = DefaultContext> extends SocketContext<
  Entries,
  Context
> {
  /** Socket.IO's reason, such as `transport close`. */
  readonly reason: string
}

/** What a handler is given. */
export interface HandlerCall<
  Types extends EventTypes,
  Entries,
  Context extends NamespaceContext = DefaultContext,
> extends SocketContext<Entries, Context> {
  /** What middleware added. */
  readonly ctx: Context['ctx']
  /** The event's name on the wire. */
  readonly event: string
  /** The argument where one is declared, a tuple where there are several, `undefined` where none. */
  readonly input: ValueOf<Types['decodedArgs']>
  /** Throws an error that the event declares, which the client gets with its data. */
  readonly fail: Fail<Types['decodedErrors']>
}

/** Throws one of the declared errors. */
export type Fail<Errors> = <Code extends keyof Errors & string>(code: Code, data: Errors[Code]) => never

/** Handles one event: what it returns, or resolves to, is the answer; that of a stream is an async generator. */
export type Handler<
  Is extends EventKind,
  Types extends EventTypes,
  Entries,
  Context extends NamespaceContext = DefaultContext,
> = Is extends StreamTypes
  ? (call: StreamHandlerCall<Types, Entries, Context>) => Produced<Types, Is['decodedItem']>
  : (call: HandlerCall<Types, Entries, Context>) => Result<Types>

/** What the handler of a stream is given. Its `signal` is aborted when nobody reads any more. */
export interface StreamHandlerCall<
  Types extends EventTypes,
  Entries,
  Context extends NamespaceContext = DefaultContext,
> extends HandlerCall<Types, Entries, Context> {
  /** The id of the last item that the client has, if it goes on with a stream that it lost; else `undefined`. */
  readonly lastEventId: string | undefined
}

// Where no value is answered, what a handler happens to return is of no interest.
type Result<Types extends EventTypes> = [Types['ack']] extends [void]
  ? unknown
  : Types['decodedAck'] | Promise<Types['decodedAck']>

/** A namespace's entries and what surrounds them: what each handler in it is given besides its own event. */
interface Home {
  readonly entries: unknown
  readonly around: NamespaceContext
}

/** Registers handlers by their event's name, and lifecycle listeners by Socket.IO's names. */
export type On<Entries, Context extends NamespaceContext = DefaultContext> = Registrars<
  { readonly entries: Entries; readonly around: Context },
  Entries,
  MemberKeys<Entries, Taken>
> &
  Lifecycle<Entries, Context>

type Registrars<In extends Home, Entries, Keys extends keyof Entries> = {
  readonly [Key in Keys]: Registrar<In, Entries[Key]>
}

type Registrar<In extends Home, Entry> =
  Entry extends AnyEvent<infer Is>
    ? (handler: Handler<Is, TypesOf<Entry>, In['entries'], In['around']>) => () => void
    : Registrars<In, GroupOf<Entry>, MemberKeys<GroupOf<Entry>, Taken>>

/** Socket.IO's reserved names. Any number of listeners each; the function returned removes the listener. */
export interface Lifecycle<Entries, Context extends NamespaceContext = DefaultContext> {
  readonly connection: (listener: (visit: SocketContext<Entries, Context>) => unknown) => () => void
  readonly disconnecting: (listener: (departure: DisconnectContext<Entries, Context>) => unknown) => () => void
  readonly disconnect: (listener: (departure: DisconnectContext<Entries, Context>) => unknown) => () => void
}

/** A handler for every input of a namespace, groups nested as in the contract. */
export type NamespaceHandlers<Entries, Context extends NamespaceContext = DefaultContext> = HandlersIn<
  { readonly entries: Entries; readonly around: Context },
  Entries,
  MemberKeys<Entries, Taken>
>

/** A handler for every input, groups and namespaces nested as in the contract. */
export type Handlers<Entries, Context extends NamespaceContext = DefaultContext> = NamespaceHandlers<
  Entries,
  Context
> & {
  readonly [Name in NamespacesWithInputs<Entries>]: NamespaceHandlers<GroupOf<Entries[Name]>, ContextOf<Entries, Name>>
}

type NamespacesWithInputs<Entries> = {
  [Name in NamespaceKeys<Entries>]: [MemberKeys<GroupOf<Entries[Name]>, Taken>] extends [never] ? never : Name
}[NamespaceKeys<Entries>]

type HandlersIn<In extends Home, Entries, Keys extends keyof Entries> = {
  readonly [Key in Keys]: HandlerMember<In, Entries[Key]>
}

type HandlerMember<In extends Home, Entry> =
  Entry extends AnyEvent<infer Is>
    ? Handler<Is, TypesOf<Entry>, In['entries'], In['around']>
    : HandlersIn<In, GroupOf<Entry>, MemberKeys<GroupOf<Entry>, Taken>>

/** What surrounds the events of a namespace in the contract. */
export type ContextOf<Entries, Name extends keyof Entries> = DefaultContext<
  RouterTypesOf<Entries[Name]>['decodedAuth'],
  ParamsBy<RouterTypesOf<Entries[Name]>['decodedParams'], Name>
>
