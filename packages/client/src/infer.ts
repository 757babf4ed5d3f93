import type {
  Call,
  EventTypes,
  GroupOf,
  IsAnswered,
  MemberKeys,
  NamespaceKeys,
  ParamsOf,
  TypesOf,
  ValueOf,
} from '@ackwire/core'
import type { ManagerOptions, Socket, SocketOptions } from 'socket.io-client'

/** The inputs as functions; groups as objects of them. */
export type Emit<Entries, Keys extends keyof Entries = MemberKeys<Entries, 'input'>> = {
  readonly [Key in Keys]: EmitMember<Entries[Key], TypesOf<Entries[Key]>>
}

type EmitMember<Entry, Types extends EventTypes> = [Types] extends [never]
  ? Emit<GroupOf<Entry>>
  : (...args: Types['args']) => IsAnswered<Types> extends true ? Call<Types['ack'], Types['errors']> : void

/** The inputs as functions that await no answer. */
export type EmitVolatile<Entries, Keys extends keyof Entries = MemberKeys<Entries, 'input'>> = {
  readonly [Key in Keys]: EmitVolatileMember<Entries[Key], TypesOf<Entries[Key]>>
}

type EmitVolatileMember<Entry, Types extends EventTypes> = [Types] extends [never]
  ? EmitVolatile<GroupOf<Entry>>
  : (...args: Types['args']) => void

/** Listens to the outputs. The function returned removes the listener. */
export type On<Entries> = Listeners<Entries> & Lifecycle

type Listeners<Entries, Keys extends keyof Entries = MemberKeys<Entries, 'output'>> = {
  readonly [Key in Keys]: ListenMember<Entries[Key], TypesOf<Entries[Key]>>
}

type ListenMember<Entry, Types extends EventTypes> = [Types] extends [never]
  ? Listeners<GroupOf<Entry>>
  : (listener: Listener<Types>) => () => void

/** What it returns, or resolves to, is the ack of an output that has one. */
export type Listener<Types extends EventTypes> = (...args: Types['args']) => Answer<Types>

type Answer<Types extends EventTypes> = [Types['ack']] extends [void] ? unknown : Types['ack'] | Promise<Types['ack']>

/** Socket.IO's reserved names. */
export interface Lifecycle {
  readonly connect: (listener: () => void) => () => void
  readonly connect_error: (listener: (error: ConnectError) => void) => () => void
  readonly disconnect: (listener: (reason: Socket.DisconnectReason) => void) => () => void
}

/** Why the connection failed; `data` is there if the server refused it. */
export interface ConnectError extends Error {
  readonly data?: { readonly code: string; readonly message: string }
}

/** Awaits the next output: its argument, several as a tuple. */
export type Once<Entries, Keys extends keyof Entries = MemberKeys<Entries, 'output'>> = {
  readonly [Key in Keys]: OnceMember<Entries[Key], TypesOf<Entries[Key]>>
}

type OnceMember<Entry, Types extends EventTypes> = [Types] extends [never]
  ? Once<GroupOf<Entry>>
  : () => Call<Came<Types['args']>, unknown>

/** What came: where there may be one argument or more, the types alone can't tell how many, and it is either. */
type Came<Args extends readonly unknown[]> = Args['length'] extends 0 | 1
  ? ValueOf<Args>
  : 1 extends Args['length']
    ? Args[0] | Args
    : Args

/** `auth` of the handshake, or a function that gives it for each attempt to connect. */
export interface AuthOptions<Auth> {
  readonly auth?: Auth | ((send: (auth: Auth) => void) => void)
}

/** socket.io-client's own options; `ackTimeout` is 20,000 ms by default. */
export type ClientOptions<Auth> = Partial<Omit<ManagerOptions & SocketOptions, 'auth'>> & AuthOptions<Auth>

/**
 * A client that speaks the contract: Socket.IO's verbs, with the events as functions. A call rejects with an `EventError`;
 * it never hangs, and one that nobody awaits never ends the process.
 */
export interface Client<Entries> {
  /** Calls an input; where it has an ack, resolves to the answer. */
  readonly emit: Emit<Entries>
  /** Listens to an output. */
  readonly on: On<Entries>
  /** Awaits one output. Without `timeout` it waits as long as the client is open. */
  readonly once: Once<Entries>
  /** Emits that may be lost where the connection is not ready, and that ask for no answer. */
  readonly volatile: { readonly emit: EmitVolatile<Entries> }
  /** The same client with another time limit, in milliseconds, for calls and `once`. */
  timeout(ms: number): Client<Entries>
  /** The same client with a signal that aborts calls and `once`. */
  signal(signal: AbortSignal): Client<Entries>
  /**
   * The client of another namespace, over the same connection; it has this one's `auth` unless it is given its own. The
   * parameters of a pattern come first: `of('/game-{id}', { id: '42' })`.
   */
  of<Name extends NamespaceKeys<Entries>>(
    name: Name,
    ...rest: OfArguments<Entries[Name], Name>
  ): Client<GroupOf<Entries[Name]>>
  /** Socket.IO's own socket. */
  readonly socket: Socket
  /** Connects again after `close`, or for the first time with `autoConnect: false`. */
  connect(): this
  /** Disconnects from this namespace; the others stay. Calls in flight reject with `DISCONNECTED`. */
  close(): this
}

type NamespaceAuth<Entry> = Entry extends { readonly '~types'?: { readonly auth: infer Auth } } ? Auth : never

type OfArguments<Entry, Name> = Name extends `${string}{${string}`
  ? [params: ParamsOf<Name>, options?: AuthOptions<NamespaceAuth<Entry>>]
  : [options?: AuthOptions<NamespaceAuth<Entry>>]
