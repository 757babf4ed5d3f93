import type { Namespace, Server, Socket } from 'socket.io'
import type { EventTypes } from '../types.js'
import type { Call, Calls, GroupOf, IsAnswered, MemberKeys, NamespaceKeys, TypesOf, ValueOf } from '../infer.js'
import type { ErrorHandler } from './report.js'

/** Whether an emit reaches one socket, and returns its answer, or many, and returns an array. */
export type Reach = 'one' | 'many'

/** The outputs of a namespace as functions; groups as objects of them. */
export type Emit<Entries, To extends Reach> = EmitMembers<Entries, MemberKeys<Entries, 'output'>, To>

type EmitMembers<Entries, Keys extends keyof Entries, To extends Reach> = {
  readonly [Key in Keys]: EmitMember<Entries[Key], TypesOf<Entries[Key]>, To>
}

type EmitMember<Entry, Types extends EventTypes, To extends Reach> = [Types] extends [never]
  ? Emit<GroupOf<Entry>, To>
  : (...args: Types['decodedArgs']) => IsAnswered<Types> extends true ? Answers<Types, To> : void

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
  /** How long to wait for acks, in milliseconds. */
  timeout(ms: number): Selection<Entries>
  /** Whether to compress the packet. */
  compress(compress: boolean): Selection<Entries>
  /** Only those on this node. */
  readonly local: Selection<Entries>
  /** The packet may be lost where the connection is not ready. */
  readonly volatile: Selection<Entries>
}

/** What a lifecycle listener is given. */
export interface SocketVisit<Entries> {
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
export interface Departure<Entries> extends SocketVisit<Entries> {
  /** Socket.IO's reason, such as `transport close`. */
  readonly reason: string
}

/** What a handler is given. */
export interface HandlerCall<Types extends EventTypes, Entries> extends SocketVisit<Entries> {
  /** The event's name on the wire. */
  readonly event: string
  /** The argument where one is declared, a tuple where there are several, `undefined` where none. */
  readonly input: ValueOf<Types['decodedArgs']>
  /** Throws an error that the event declares, which the client gets with its data. */
  readonly fail: Fail<Types['decodedErrors']>
}

/** Throws one of the declared errors. */
export type Fail<Errors> = <Code extends keyof Errors & string>(code: Code, data: Errors[Code]) => never

/** Handles one event: what it returns, or resolves to, is the answer. */
export type Handler<Types extends EventTypes, Entries> = (call: HandlerCall<Types, Entries>) => Result<Types>

// Where no value is answered, what a handler happens to return is of no interest.
type Result<Types extends EventTypes> = [Types['ack']] extends [void]
  ? unknown
  : Types['decodedAck'] | Promise<Types['decodedAck']>

/** Registers handlers by their event's name, and lifecycle listeners by Socket.IO's names. */
export type On<Entries> = Registrars<Entries, Entries, MemberKeys<Entries, 'input'>> & Lifecycle<Entries>

type Registrars<Namespace, Entries, Keys extends keyof Entries> = {
  readonly [Key in Keys]: Registrar<Namespace, Entries[Key], TypesOf<Entries[Key]>>
}

type Registrar<Namespace, Entry, Types extends EventTypes> = [Types] extends [never]
  ? Registrars<Namespace, GroupOf<Entry>, MemberKeys<GroupOf<Entry>, 'input'>>
  : (handler: Handler<Types, Namespace>) => () => void

/** Socket.IO's reserved names. Any number of listeners each; the function returned removes the listener. */
export interface Lifecycle<Entries> {
  readonly connection: (listener: (visit: SocketVisit<Entries>) => unknown) => () => void
  readonly disconnecting: (listener: (departure: Departure<Entries>) => unknown) => () => void
  readonly disconnect: (listener: (departure: Departure<Entries>) => unknown) => () => void
}

/** A handler for every input, groups and namespaces nested as in the contract. */
export type Handlers<Entries> = HandlersIn<Entries, Entries, MemberKeys<Entries, 'input'>> & {
  readonly [Name in NamespacesWithInputs<Entries>]: Handlers<GroupOf<Entries[Name]>>
}

type NamespacesWithInputs<Entries> = {
  [Name in NamespaceKeys<Entries>]: [MemberKeys<GroupOf<Entries[Name]>, 'input'>] extends [never] ? never : Name
}[NamespaceKeys<Entries>]

type HandlersIn<Namespace, Entries, Keys extends keyof Entries> = {
  readonly [Key in Keys]: HandlerMember<Namespace, Entries[Key], TypesOf<Entries[Key]>>
}

type HandlerMember<Namespace, Entry, Types extends EventTypes> = [Types] extends [never]
  ? HandlersIn<Namespace, GroupOf<Entry>, MemberKeys<GroupOf<Entry>, 'input'>>
  : Handler<Types, Namespace>

/** A namespace that speaks the contract. */
export interface NamespaceBinding<Entries> extends Selection<Entries> {
  /** Registers a handler, one for each event; the function returned removes it. */
  readonly on: On<Entries>
  /** Registers a handler for every input at once. */
  handle(handlers: Handlers<Entries>): void
  /** Socket.IO's own namespace. */
  readonly namespace: Namespace
}

/** A server that speaks the contract: its verbs are those of the root namespace. */
export interface ServerBinding<Entries> extends NamespaceBinding<Entries> {
  /** The same for another namespace of the contract. */
  of<Name extends NamespaceKeys<Entries>>(name: Name): NamespaceBinding<GroupOf<Entries[Name]>>
  /** Sets who is told of errors, in all namespaces, instead of the console. */
  onError(handler: ErrorHandler): void
  /** Socket.IO's own server. */
  readonly io: Server
}
