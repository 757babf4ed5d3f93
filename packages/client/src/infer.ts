import type { Call, ValueOf } from '@ackwire/core'
import type {
  AnyEvent,
  AuthOf,
  EntriesOf,
  EventTypes,
  HandshakeErrorsOf,
  InputTypesOf,
  IsAnswered,
  MemberKeys,
  NamespaceKeys,
  OutputTypesAt,
  OutputTypesOf,
  PartOf,
  TypedContract,
  View,
} from '@ackwire/core/declarations'
import type { Socket } from 'socket.io-client'
import type { IterateOptions } from './iterate.js'
import type { OfArguments } from './client-options.js'
import type { Lifecycle, NextLifecycle } from './lifecycle.js'
import type { OpenStream } from './stream-infer.js'

/** The type of `client.emit`: a function for each input, and an object of them for each group. */
export type Emit<Contract extends TypedContract, Side extends View = 'wire'> = EmitMembers<
  Contract,
  EntriesOf<Contract>,
  MemberKeys<EntriesOf<Contract>, 'input'>,
  Side
>

type EmitMembers<Contract extends TypedContract, Entries, Keys extends keyof Entries, Side extends View> = {
  readonly [Key in Keys]: Entries[Key] extends AnyEvent
    ? (...args: InputTypesOf<Entries[Key]>[Side]['args']) => EmitResult<InputTypesOf<Entries[Key]>, Side>
    : Emit<PartOf<Contract, Key>, Side>
}

// Without `IsAnswered`, since the compiler evaluates this type for each call.
type EmitResult<Types extends EventTypes, Side extends View> = [Types['wire']['ack']] extends [never]
  ? void
  : Call<Types[Side]['ack'], Types[Side]['errors']>

/** The type of `client.volatile.emit`: functions that ask for no answer. */
export type EmitVolatile<Contract extends TypedContract, Side extends View = 'wire'> = VolatileMembers<
  Contract,
  EntriesOf<Contract>,
  MemberKeys<EntriesOf<Contract>, 'input'>,
  Side
>

type VolatileMembers<Contract extends TypedContract, Entries, Keys extends keyof Entries, Side extends View> = {
  readonly [Key in Keys]: Entries[Key] extends AnyEvent
    ? (...args: InputTypesOf<Entries[Key]>[Side]['args']) => void
    : EmitVolatile<PartOf<Contract, Key>, Side>
}

/** The type of `client.on`: each function adds a listener, and returns a function that removes it. */
export type On<Contract extends TypedContract, Side extends View = 'wire'> = Listeners<Contract, Side> &
  Lifecycle<HandshakeErrorsOf<Contract, Side>>

type Listeners<Contract extends TypedContract, Side extends View> = ListenerMembers<
  Contract,
  MemberKeys<EntriesOf<Contract>, 'output'>,
  Side
>

type ListenerMembers<Contract extends TypedContract, Keys extends keyof EntriesOf<Contract>, Side extends View> = {
  readonly [Key in Keys]: EntriesOf<Contract>[Key] extends AnyEvent
    ? (listener: Listener<OutputTypesAt<Contract, Key>, Side>) => () => void
    : Listeners<PartOf<Contract, Key>, Side>
}

/** Listens to an output. If the output has an ack, the return value, or what it resolves to, is the answer. */
export type Listener<Types extends EventTypes, Side extends View = 'wire'> = (
  ...args: Types[Side]['args']
) => ListenerResult<Types[Side]['ack']>

type ListenerResult<Ack> = [Ack] extends [void] ? unknown : Ack | Promise<Ack>

/** The type of `client.once`: each function resolves to the next output's argument, or to a tuple of several. */
export type Once<Contract extends TypedContract, Side extends View = 'wire'> = NextOutput<Contract, Side> &
  NextLifecycle<HandshakeErrorsOf<Contract, Side>>

type NextOutput<Contract extends TypedContract, Side extends View> = NextMembers<
  Contract,
  EntriesOf<Contract>,
  MemberKeys<EntriesOf<Contract>, 'output'>,
  Side
>

type NextMembers<Contract extends TypedContract, Entries, Keys extends keyof Entries, Side extends View> = {
  readonly [Key in Keys]: Entries[Key] extends AnyEvent
    ? () => Call<ReceivedValue<OutputTypesOf<Entries[Key]>[Side]['args']>, { readonly INVALID_OUTPUT: undefined }>
    : NextOutput<PartOf<Contract, Key>, Side>
}

/**
 * The type of `client.iterate`: each function iterates over an output from now on, and yields its argument, or a tuple of several.
 * An output with an ack has no such function, since only a listener of `on` can answer it.
 */
export type Iterate<Contract extends TypedContract, Side extends View = 'wire'> = IterateMembers<
  Contract,
  EntriesOf<Contract>,
  MemberKeys<EntriesOf<Contract>, 'output'>,
  Side
>

type IterateMembers<Contract extends TypedContract, Entries, Keys extends keyof Entries, Side extends View> = {
  readonly [Key in Keys]: Entries[Key] extends AnyEvent
    ? IterateMember<OutputTypesOf<Entries[Key]>, Side>
    : Iterate<PartOf<Contract, Key>, Side>
}

type IterateMember<Types extends EventTypes, Side extends View> =
  IsAnswered<Types> extends true
    ? never
    : (options?: IterateOptions) => AsyncIterableIterator<ReceivedValue<Types[Side]['args']>, undefined, unknown>

/** The value of an output. If it may have one argument or more, the types don't say how many were sent, so it is a union. */
type ReceivedValue<Args extends readonly unknown[]> = Args['length'] extends 0 | 1
  ? ValueOf<Args>
  : 1 extends Args['length']
    ? Args[0] | Args | ([] extends Args ? undefined : never)
    : Args

/**
 * A client of a contract: Socket.IO's verbs, with the events as functions. A call rejects with an `EventError`; it always
 * settles, and an unawaited rejection does not end the process.
 */
export interface Client<in out Contract extends TypedContract, in out Side extends View = 'wire'> {
  /** Calls an input; if it has an ack, resolves to the answer. */
  readonly emit: Emit<Contract, Side>
  /** Listens to an output. */
  readonly on: On<Contract, Side>
  /** Waits for one output, or for the next `connect`, `connect_error` or `disconnect`. `timeout`, `signal` and `close` end the wait. */
  readonly once: Once<Contract, Side>
  /**
   * Iterates over an output: `for await (const user of client.iterate.user_joined())`. It listens from the call on, until
   * `break`. It throws `INVALID_OUTPUT` for an output that does not match the contract, if the contract is given; `OVERFLOW` if
   * more than `limit` outputs (1,000 by default) are waiting to be read; and, like `once`, `DISCONNECTED` after `close`,
   * `TIMEOUT` if the next output takes too long, and `ABORTED`.
   */
  readonly iterate: Iterate<Contract, Side>
  /**
   * Opens a stream: `for await (const line of client.stream.tail_log('app.log'))`. It ends with `break`. `timeout`
   * limits the wait for each item; without it, a stream may be idle as long as the connection lasts.
   */
  readonly stream: OpenStream<Contract, Side>
  /** Emits that may be lost if the connection is not ready, and that request no answer. */
  readonly volatile: { readonly emit: EmitVolatile<Contract, Side> }
  /** Returns a client with another time limit, in milliseconds, for calls, `once` and each step of `iterate` and `stream`. */
  timeout(ms: number): Client<Contract, Side>
  /** Returns a client with a signal that aborts calls, `once`, `iterate` and `stream`. */
  signal(signal: AbortSignal): Client<Contract, Side>
  /**
   * Returns the client of another namespace over the same connection, with this client's `auth` unless it is given its own. The
   * parameters of a pattern come first: `of('/game-{id}', { id: '42' })`.
   */
  of<Name extends NamespaceKeys<EntriesOf<Contract>>>(
    name: Name,
    ...rest: OfArguments<EntriesOf<Contract>[Name], Name, Side, AuthOf<Contract>>
  ): Client<PartOf<Contract, Name>, Side>
  /** Socket.IO's own socket. */
  readonly socket: Socket
  /** Connects again after `close` or a refusal, or for the first time with `autoConnect: false`. */
  connect(): this
  /** Disconnects from this namespace; other namespaces stay connected. Waiting calls reject with `DISCONNECTED`. */
  close(): this
}
