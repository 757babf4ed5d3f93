import type { Call, ValueOf } from '@ackwire/core'
import type {
  AnyEvent,
  AuthOf,
  EntriesOf,
  EventTypes,
  IsAnswered,
  MemberKeys,
  NamespaceKeys,
  NamespaceParams,
  PartOf,
  TypedContract,
  TypesAt,
  TypesOf,
  View,
} from '@ackwire/core/declarations'
import type { ManagerOptions, Socket, SocketOptions } from 'socket.io-client'
import type { IterateOptions } from './iterate.js'
import type { ListenOptions } from './listen.js'
import type { ConnectError } from './connect-error.js'
import type { OpenStream } from './stream-infer.js'

/** The inputs as functions; groups as objects of them. */
export type Emit<Contract extends TypedContract, Side extends View = 'wire'> = EmitMembers<
  Contract,
  EntriesOf<Contract>,
  MemberKeys<EntriesOf<Contract>, 'input'>,
  Side
>

type EmitMembers<Contract extends TypedContract, Entries, Keys extends keyof Entries, Side extends View> = {
  readonly [Key in Keys]: Entries[Key] extends AnyEvent
    ? (...args: TypesOf<Entries[Key]>[Side]['args']) => EmitResult<TypesOf<Entries[Key]>, Side>
    : Emit<PartOf<Contract, Key>, Side>
}

// Not by `IsAnswered`: the compiler works this out for every call.
type EmitResult<Types extends EventTypes, Side extends View> = [Types['wire']['ack']] extends [never]
  ? void
  : Call<Types[Side]['ack'], Types[Side]['errors']>

/** The inputs as functions that await no answer. */
export type EmitVolatile<Contract extends TypedContract, Side extends View = 'wire'> = VolatileMembers<
  Contract,
  EntriesOf<Contract>,
  MemberKeys<EntriesOf<Contract>, 'input'>,
  Side
>

type VolatileMembers<Contract extends TypedContract, Entries, Keys extends keyof Entries, Side extends View> = {
  readonly [Key in Keys]: Entries[Key] extends AnyEvent
    ? (...args: TypesOf<Entries[Key]>[Side]['args']) => void
    : EmitVolatile<PartOf<Contract, Key>, Side>
}

/** Listens to the outputs. The function returned removes the listener. */
export type On<Contract extends TypedContract, Side extends View = 'wire'> = Listeners<Contract, Side> & Lifecycle

type Listeners<Contract extends TypedContract, Side extends View> = ListenerMembers<
  Contract,
  MemberKeys<EntriesOf<Contract>, 'output'>,
  Side
>

type ListenerMembers<Contract extends TypedContract, Keys extends keyof EntriesOf<Contract>, Side extends View> = {
  readonly [Key in Keys]: EntriesOf<Contract>[Key] extends AnyEvent
    ? (listener: Listener<TypesAt<Contract, Key>, Side>) => () => void
    : Listeners<PartOf<Contract, Key>, Side>
}

/** Listens to an output. What it returns, or resolves to, is the ack of an output that has one. */
export type Listener<Types extends EventTypes, Side extends View = 'wire'> = (
  ...args: Types[Side]['args']
) => ListenerResult<Types[Side]['ack']>

type ListenerResult<Ack> = [Ack] extends [void] ? unknown : Ack | Promise<Ack>

/** Socket.IO's reserved names. */
export interface Lifecycle {
  readonly connect: (listener: () => void) => () => void
  readonly connect_error: (listener: (error: ConnectError) => void) => () => void
  readonly disconnect: (listener: (reason: Socket.DisconnectReason) => void) => () => void
}

/** Awaits the next output: its argument, several as a tuple. */
export type Once<Contract extends TypedContract, Side extends View = 'wire'> = NextOutput<Contract, Side> &
  NextLifecycle

type NextOutput<Contract extends TypedContract, Side extends View> = NextMembers<
  Contract,
  EntriesOf<Contract>,
  MemberKeys<EntriesOf<Contract>, 'output'>,
  Side
>

type NextMembers<Contract extends TypedContract, Entries, Keys extends keyof Entries, Side extends View> = {
  readonly [Key in Keys]: Entries[Key] extends AnyEvent
    ? () => Call<ReceivedValue<TypesOf<Entries[Key]>[Side]['args']>, { readonly INVALID_OUTPUT: undefined }>
    : NextOutput<PartOf<Contract, Key>, Side>
}

/** The next of Socket.IO's own events; a connection that is there already is not awaited. */
export interface NextLifecycle {
  readonly connect: () => Call<undefined, {}>
  readonly connect_error: () => Call<ConnectError, {}>
  readonly disconnect: () => Call<[reason: Socket.DisconnectReason, details: unknown], {}>
}

/** Iterates over an output from now on: its argument, several as a tuple. An output with an ack is answered by `on`. */
export type Iterate<Contract extends TypedContract, Side extends View = 'wire'> = IterateMembers<
  Contract,
  EntriesOf<Contract>,
  MemberKeys<EntriesOf<Contract>, 'output'>,
  Side
>

type IterateMembers<Contract extends TypedContract, Entries, Keys extends keyof Entries, Side extends View> = {
  readonly [Key in Keys]: Entries[Key] extends AnyEvent
    ? IterateMember<TypesOf<Entries[Key]>, Side>
    : Iterate<PartOf<Contract, Key>, Side>
}

type IterateMember<Types extends EventTypes, Side extends View> =
  IsAnswered<Types> extends true
    ? never
    : (options?: IterateOptions) => AsyncIterableIterator<ReceivedValue<Types[Side]['args']>, undefined, unknown>

/** The value of an output: where there may be one argument or more, the types alone can't tell how many, and it is either. */
type ReceivedValue<Args extends readonly unknown[]> = Args['length'] extends 0 | 1
  ? ValueOf<Args>
  : 1 extends Args['length']
    ? Args[0] | Args | ([] extends Args ? undefined : never)
    : Args

/** `auth` of the handshake, or a function that gives it for each attempt to connect. */
export interface AuthOptions<Auth> {
  /** The handshake's `auth`. */
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
export interface Client<in out Contract extends TypedContract, in out Side extends View = 'wire'> {
  /** Calls an input; where it has an ack, resolves to the answer. */
  readonly emit: Emit<Contract, Side>
  /** Listens to an output. */
  readonly on: On<Contract, Side>
  /** Awaits one output, or the next `connect`, `connect_error` or `disconnect`. Without `timeout` it waits as long as the client is open. */
  readonly once: Once<Contract, Side>
  /**
   * Iterates over an output: `for await (const user of client.iterate.user_joined())`. It listens from the call on, and ends
   * with `break`. It throws `INVALID_OUTPUT` where the contract is given and what came does not match it, `OVERFLOW` where more than `limit` (1,000 by default) came that the loop has not asked for, and,
   * as `once` does, `DISCONNECTED` after `close`, `TIMEOUT` where the next takes too long, `ABORTED`.
   */
  readonly iterate: Iterate<Contract, Side>
  /**
   * Opens a stream: `for await (const line of client.stream.tail_log('app.log'))`. It ends with `break`; `timeout` is that of
   * each item, without it a stream may be quiet for as long as the connection is there.
   */
  readonly stream: OpenStream<Contract, Side>
  /** Emits that may be lost where the connection is not ready, and that ask for no answer. */
  readonly volatile: { readonly emit: EmitVolatile<Contract, Side> }
  /** The same client with another time limit, in milliseconds, for calls, `once` and each step of `iterate` and `stream`. */
  timeout(ms: number): Client<Contract, Side>
  /** The same client with a signal that aborts calls, `once`, `iterate` and `stream`. */
  signal(signal: AbortSignal): Client<Contract, Side>
  /**
   * The client of another namespace, over the same connection; it has this one's `auth` unless it is given its own. The
   * parameters of a pattern come first: `of('/game-{id}', { id: '42' })`.
   */
  of<Name extends NamespaceKeys<EntriesOf<Contract>>>(
    name: Name,
    ...rest: OfArguments<EntriesOf<Contract>[Name], Name, Side>
  ): Client<PartOf<Contract, Name>, Side>
  /** Socket.IO's own socket. */
  readonly socket: Socket
  /** Connects again after `close`, or for the first time with `autoConnect: false`. */
  connect(): this
  /** Disconnects from this namespace; the others stay. Calls in flight reject with `DISCONNECTED`. */
  close(): this
}

type OfArguments<Entry, Name, Side extends View> = Name extends `${string}{${string}`
  ? [params: NamespaceParams<Entry, Name, Side>, options?: AuthOptions<NamespaceAuth<Entry>>]
  : [options?: AuthOptions<NamespaceAuth<Entry>>]

type NamespaceAuth<Entry> = Entry extends TypedContract ? AuthOf<Entry> : never
