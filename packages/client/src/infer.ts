import type {
  AnyEvent,
  Call,
  EventTypes,
  GroupOf,
  IsAnswered,
  MemberKeys,
  NamespaceKeys,
  NamespaceParams,
  TypesOf,
  ValueOf,
} from '@ackwire/core'
import type { ManagerOptions, Socket, SocketOptions } from 'socket.io-client'
import type { IterateOptions } from './iterate.js'
import type { ListenOptions } from './listen.js'
import type { ConnectError } from './connect-error.js'
import type { OpenStream } from './stream-infer.js'
import type { View, Wire } from './view.js'

/** The inputs as functions; groups as objects of them. */
export type Emit<Entries, As extends View = Wire, Keys extends keyof Entries = MemberKeys<Entries, 'input'>> = {
  readonly [Key in Keys]: EmitMember<Entries[Key], As>
}

type EmitMember<Entry, As extends View> = Entry extends AnyEvent
  ? (...args: Args<TypesOf<Entry>, As>) => Called<TypesOf<Entry>, As>
  : Emit<GroupOf<Entry>, As>

type Args<Types extends EventTypes, As extends View> = Types[As['args']]

type Called<Types extends EventTypes, As extends View> =
  IsAnswered<Types> extends true ? Call<Types[As['ack']], Types[As['errors']]> : void

/** The inputs as functions that await no answer. */
export type EmitVolatile<Entries, As extends View = Wire, Keys extends keyof Entries = MemberKeys<Entries, 'input'>> = {
  readonly [Key in Keys]: EmitVolatileMember<Entries[Key], As>
}

type EmitVolatileMember<Entry, As extends View> = Entry extends AnyEvent
  ? (...args: Args<TypesOf<Entry>, As>) => void
  : EmitVolatile<GroupOf<Entry>, As>

/** Listens to the outputs. The function returned removes the listener. */
export type On<Entries, As extends View = Wire> = Listeners<Entries, As> & Lifecycle

type Listeners<Entries, As extends View, Keys extends keyof Entries = MemberKeys<Entries, 'output'>> = {
  readonly [Key in Keys]: ListenMember<Entries[Key], As>
}

type ListenMember<Entry, As extends View> = Entry extends AnyEvent
  ? (listener: Listener<TypesOf<Entry>, As>) => () => void
  : Listeners<GroupOf<Entry>, As>

/** What it returns, or resolves to, is the ack of an output that has one. */
export type Listener<Types extends EventTypes, As extends View = Wire> = (
  ...args: Types[As['args']]
) => Answer<Types[As['ack']]>

type Answer<Reply> = [Reply] extends [void] ? unknown : Reply | Promise<Reply>

/** Socket.IO's reserved names. */
export interface Lifecycle {
  readonly connect: (listener: () => void) => () => void
  readonly connect_error: (listener: (error: ConnectError) => void) => () => void
  readonly disconnect: (listener: (reason: Socket.DisconnectReason) => void) => () => void
}

/** Awaits the next output: its argument, several as a tuple. */
export type Once<Entries, As extends View = Wire> = Next<Entries, As> & NextLifecycle

type Next<Entries, As extends View, Keys extends keyof Entries = MemberKeys<Entries, 'output'>> = {
  readonly [Key in Keys]: NextMember<Entries[Key], As>
}

type NextMember<Entry, As extends View> = Entry extends AnyEvent
  ? () => Call<Came<Args<TypesOf<Entry>, As>>, { readonly INVALID_OUTPUT: undefined }>
  : Next<GroupOf<Entry>, As>

/** The next of Socket.IO's own events; a connection that is there already is not awaited. */
export interface NextLifecycle {
  readonly connect: () => Call<undefined, {}>
  readonly connect_error: () => Call<ConnectError, {}>
  readonly disconnect: () => Call<[reason: Socket.DisconnectReason, details: unknown], {}>
}

/** Iterates over an output from now on: its argument, several as a tuple. An output with an ack is answered by `on`. */
export type Iterate<Entries, As extends View = Wire, Keys extends keyof Entries = MemberKeys<Entries, 'output'>> = {
  readonly [Key in Keys]: IterateMember<Entries[Key], TypesOf<Entries[Key]>, As>
}

type IterateMember<Entry, Types extends EventTypes, As extends View> = [Types] extends [never]
  ? Iterate<GroupOf<Entry>, As>
  : IsAnswered<Types> extends true
    ? never
    : (options?: IterateOptions) => AsyncIterableIterator<Came<Types[As['args']]>, undefined, unknown>

/** What came: where there may be one argument or more, the types alone can't tell how many, and it is either. */
type Came<Args extends readonly unknown[]> = Args['length'] extends 0 | 1
  ? ValueOf<Args>
  : 1 extends Args['length']
    ? Args[0] | Args | ([] extends Args ? undefined : never)
    : Args

/** `auth` of the handshake, or a function that gives it for each attempt to connect. */
export interface AuthOptions<Auth> {
  readonly auth?: Auth | ((send: (auth: Auth) => void) => void)
}

/** socket.io-client's own options; `ackTimeout` is 20,000 ms by default. */
export type ClientOptions<Auth> = Partial<Omit<ManagerOptions & SocketOptions, 'auth'>> &
  AuthOptions<Auth> &
  ListenOptions

/**
 * A client that speaks the contract: Socket.IO's verbs, with the events as functions. A call rejects with an `EventError`;
 * it never hangs, and one that nobody awaits never ends the process.
 */
export interface Client<in out Entries, in out As extends View = Wire> {
  /** Calls an input; where it has an ack, resolves to the answer. */
  readonly emit: Emit<Entries, As>
  /** Listens to an output. */
  readonly on: On<Entries, As>
  /** Awaits one output, or the next `connect`, `connect_error` or `disconnect`. Without `timeout` it waits as long as the client is open. */
  readonly once: Once<Entries, As>
  /**
   * Iterates over an output: `for await (const user of client.iterate.user_joined())`. It listens from the call on, and ends
   * with `break`. It throws `INVALID_OUTPUT` where the contract is given and what came does not match it, `OVERFLOW` where more than `limit` (1,000 by default) came that the loop has not asked for, and,
   * as `once` does, `DISCONNECTED` after `close`, `TIMEOUT` where the next takes too long, `ABORTED`.
   */
  readonly iterate: Iterate<Entries, As>
  /**
   * Opens a stream: `for await (const line of client.stream.tail_log('app.log'))`. It ends with `break`; `timeout` is that of
   * each item, without it a stream may be quiet for as long as the connection is there.
   */
  readonly stream: OpenStream<Entries, As>
  /** Emits that may be lost where the connection is not ready, and that ask for no answer. */
  readonly volatile: { readonly emit: EmitVolatile<Entries, As> }
  /** The same client with another time limit, in milliseconds, for calls, `once` and each step of `iterate` and `stream`. */
  timeout(ms: number): Client<Entries, As>
  /** The same client with a signal that aborts calls, `once`, `iterate` and `stream`. */
  signal(signal: AbortSignal): Client<Entries, As>
  /**
   * The client of another namespace, over the same connection; it has this one's `auth` unless it is given its own. The
   * parameters of a pattern come first: `of('/game-{id}', { id: '42' })`.
   */
  of<Name extends NamespaceKeys<Entries>>(
    name: Name,
    ...rest: OfArguments<Entries[Name], Name, As>
  ): Client<GroupOf<Entries[Name]>, As>
  /** Socket.IO's own socket. */
  readonly socket: Socket
  /** Connects again after `close`, or for the first time with `autoConnect: false`. */
  connect(): this
  /** Disconnects from this namespace; the others stay. Calls in flight reject with `DISCONNECTED`. */
  close(): this
}

type NamespaceAuth<Entry> = Entry extends { readonly '~types'?: { readonly auth: infer Auth } } ? Auth : never

type OfArguments<Entry, Name, As extends View> = Name extends `${string}{${string}`
  ? [params: NamespaceParams<Entry, Name, As['params']>, options?: AuthOptions<NamespaceAuth<Entry>>]
  : [options?: AuthOptions<NamespaceAuth<Entry>>]
