import type { Namespace, Server, Socket } from 'socket.io'
import type { Router, RouterTypes, TypedContract } from '../../contract/contract.js'
import type { EntriesOf, NamespaceKeys, PartOf } from '../../contract/infer.js'
import type { Selection } from './emit.js'
import type { ContractHandlers, NamespaceHandlers, SocketContext } from './handlers.js'
import type { On } from './on.js'
import type { Observer } from '../observe/observer.js'
import type { ErrorHandler } from '../observe/error-handler.js'
import type { Refuse } from './refuse.js'
import type { ContextOf, DefaultContext, NamespaceContext, RootContext } from './context.js'

/** The argument of `authenticate`. */
export interface HandshakeContext<Context extends NamespaceContext = DefaultContext> {
  /** The handshake's `auth`, validated and decoded if the contract has a schema for it. */
  readonly auth: Context['auth']
  /** The parameters of the namespace. */
  readonly params: Context['params']
  /** Socket.IO's own socket, which is not connected yet. */
  readonly socket: Socket
  /**
   * Refuses the client with an error that the router declares; it is the `data` of the client's `connect_error`. Write
   * `return fail(…)` or `throw fail(…)`, as in a handler.
   */
  readonly fail: Refuse<Context['errors']>
}

/** The argument of a middleware, for a call of any event of the namespace. */
export interface MiddlewareContext<
  Contract extends TypedContract,
  Context extends NamespaceContext = DefaultContext,
> extends SocketContext<Contract, Context> {
  /** The event's name on the wire. */
  readonly event: string
  /** The arguments, in the form in which the handler gets them. */
  readonly input: unknown
  /** The values that outer middleware added. */
  readonly ctx: Context['ctx']
  /** Throws an error with a code that the event declares. Write `return fail(…)` or `throw fail(…)`, as in a handler. */
  readonly fail: (code: string, data?: unknown) => never
  /**
   * Calls the next middleware or the handler, and resolves to the reply or rejects with the handler's error. Its argument is
   * merged into `ctx`. A second call rejects.
   */
  readonly next: <More extends object = {}>(more?: More) => Promise<MiddlewareResult<More>>
}

/** The reply that `next` returned, whose type includes the argument of `next`. */
export interface MiddlewareResult<More> {
  /** Types only, never a value. */
  readonly '~ctx'?: More
}

/** The context of a namespace after `authenticate`. */
export interface WithData<Context extends NamespaceContext, Data> extends NamespaceContext {
  readonly auth: Context['auth']
  readonly data: Data
  readonly ctx: Context['ctx']
  readonly params: Context['params']
  readonly errors: Context['errors']
}

/** The context of a namespace inside a middleware. */
export interface WithContext<Context extends NamespaceContext, More> extends NamespaceContext {
  readonly auth: Context['auth']
  readonly data: Context['data']
  readonly ctx: Context['ctx'] & More
  readonly params: Context['params']
  readonly errors: Context['errors']
}

/** Authenticates a socket. Its result, awaited, becomes the socket's `data`; if it throws, the client is refused. */
export type Authenticate<Context extends NamespaceContext, Data> = (
  context: HandshakeContext<Context>,
) => Data | Promise<Data>

/** Options of `authenticate`. */
export interface AuthenticateOptions {
  /**
   * Calls the function for a client that Socket.IO's connection state recovery lets in as well, before its session's packets
   * are sent to it and before any of its packets is handled; if it throws, the client is refused. By its default
   * `skipMiddlewares: true`, Socket.IO lets such a client in unasked, so that a user whose access was revoked comes back.
   *
   * @default false
   */
  readonly onRecovery?: boolean
}

/** Wraps each call. It returns the result of `next`. */
export type Middleware<Contract extends TypedContract, Context extends NamespaceContext, More> = (
  context: MiddlewareContext<Contract, Context>,
) => Promise<MiddlewareResult<More>>

/** The members that the bindings of the root and of other namespaces share. */
interface BoundNamespace<Contract extends TypedContract, Context extends NamespaceContext> extends Selection<Contract> {
  /** Registers a handler, one for each event. The returned function removes it. */
  readonly on: On<Contract, Context>
  /** Socket.IO's own namespace. */
  readonly namespace: Namespace
}

/**
 * A namespace that is bound to the contract. Its type parameters are declared invariant, because the compiler would not
 * finish comparing them by the result types of `use`, each of which has another `use`.
 */
export interface NamespaceBinding<
  in out Contract extends TypedContract,
  in out Context extends NamespaceContext = DefaultContext,
> extends BoundNamespace<Contract, Context> {
  /** Registers a handler for every input at once. */
  handle(handlers: NamespaceHandlers<Contract, Context>): void
  /**
   * Sets the function that accepts or refuses sockets before they connect. The returned binding has the type of its `data`.
   * Unless `onRecovery` is set, a client that Socket.IO's connection state recovery lets in again is not asked.
   */
  authenticate<Data extends object>(
    check: Authenticate<Context, Data>,
    options?: AuthenticateOptions,
  ): NamespaceBinding<Contract, WithData<Context, Data>>
  /** Adds middleware around the handlers that are registered through the returned binding. */
  use<More extends object>(
    middleware: Middleware<Contract, Context, More>,
  ): NamespaceBinding<Contract, WithContext<Context, More>>
}

/** A server that is bound to the contract. Its own methods are those of the root namespace. */
export interface ServerBinding<
  in out Contract extends TypedContract,
  in out Context extends NamespaceContext = DefaultContext,
> extends BoundNamespace<Contract, Context> {
  /** Registers a handler for every input of all namespaces at once. */
  handle(handlers: ContractHandlers<Contract, Context>): void
  /**
   * Sets the function that accepts or refuses sockets before they connect. The returned binding has the type of its `data`.
   * Unless `onRecovery` is set, a client that Socket.IO's connection state recovery lets in again is not asked.
   */
  authenticate<Data extends object>(
    check: Authenticate<Context, Data>,
    options?: AuthenticateOptions,
  ): ServerBinding<Contract, WithData<Context, Data>>
  /** Adds middleware around the root's handlers that are registered through the returned binding. */
  use<More extends object>(
    middleware: Middleware<Contract, Context, More>,
  ): ServerBinding<Contract, WithContext<Context, More>>
  /** Returns the binding of another namespace of the contract; for a pattern, that of all namespaces that match it. */
  of<Name extends NamespaceKeys<EntriesOf<Contract>>>(
    name: Name,
  ): NamespaceBinding<PartOf<Contract, Name>, ContextOf<Contract, Name>>
  /** Selects one of the namespaces that match a pattern, to emit to it. @throws TypeError for invalid parameters. */
  of<Name extends NamespaceKeys<EntriesOf<Contract>>>(
    name: Name,
    params: ContextOf<Contract, Name>['params'],
  ): Selection<PartOf<Contract, Name>> & { readonly namespace: Namespace }
  /** Sets the handler of errors in all namespaces, which replaces the console. */
  onError(handler: ErrorHandler): void
  /**
   * Adds an observer of each phase of each message in all namespaces, for logs, metrics and traces. The returned function
   * removes it. Without observers, a message costs one comparison only.
   */
  observe(observer: Observer): () => void
  /**
   * Answers new calls `OVERLOADED`, waits for the running ones, aborts the signals of those that have not settled in time, and
   * detaches. The Socket.IO server keeps running.
   */
  close(options?: CloseOptions): Promise<void>
  /** Detaches the binding from the Socket.IO server, whose sockets are plain from then on. */
  detach(): void
  /** Socket.IO's own server. */
  readonly io: Server
}

/** The type of a socket's `data` in a binding, which its `authenticate` returns. */
export type SocketData<Binding> =
  Binding extends ServerBinding<infer _, infer Context>
    ? Context['data']
    : Binding extends NamespaceBinding<infer _, infer Context>
      ? Context['data']
      : never

/** Options of `close`. */
export interface CloseOptions {
  /**
   * The maximum time to wait for running calls, in milliseconds.
   *
   * @default 5_000
   */
  readonly drain?: number
}

/** The result of `attach` for a contract. */
export type ServerOf<Contract extends Router<RouterTypes>> = ServerBinding<Contract, RootContext<Contract>>
