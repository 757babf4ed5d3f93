import type { Namespace, Server, Socket } from 'socket.io'
import type { Router, RouterTypes, TypedContract } from '../../contract/contract.js'
import type { EntriesOf, NamespaceKeys, PartOf } from '../../contract/infer.js'
import type { Selection } from './emit.js'
import type { Handlers, NamespaceHandlers, On, SocketContext } from './handlers.js'
import type { Observer } from '../observe/observer.js'
import type { ErrorHandler } from '../observe/error-handler.js'
import type { ContextOf, DefaultContext, NamespaceContext, RootContext } from './context.js'

/** What `authenticate` is given. */
export interface HandshakeContext<Context extends NamespaceContext = DefaultContext> {
  /** The handshake's `auth`; it matches its schema, if the contract has one, and is decoded. */
  readonly auth: Context['auth']
  /** The parameters of the namespace. */
  readonly params: Context['params']
  /** Socket.IO's own socket, which is not connected yet. */
  readonly socket: Socket
}

/** What middleware is given: any call of the namespace. */
export interface MiddlewareContext<
  Contract extends TypedContract,
  Context extends NamespaceContext = DefaultContext,
> extends SocketContext<Contract, Context> {
  /** The event's name on the wire. */
  readonly event: string
  /** The arguments as the handler is given them. */
  readonly input: unknown
  /** What middleware outside of this one added. */
  readonly ctx: Context['ctx']
  /** Throws an error of the event, if it declares one with this code. */
  readonly fail: (code: string, data?: unknown) => never
  /**
   * Goes on to what is inside, and resolves to the reply or rejects with what the handler threw. What it is given becomes
   * part of `ctx`. A second call rejects.
   */
  readonly next: <More extends object = {}>(more?: More) => Promise<MiddlewareResult<More>>
}

/** The reply that came from inside; it remembers what was given to `next`. */
export interface MiddlewareResult<More> {
  /** Types only, never a value. */
  readonly '~ctx'?: More
}

/** What surrounds the events after `authenticate`. */
export interface WithData<Context extends NamespaceContext, Data> extends NamespaceContext {
  readonly auth: Context['auth']
  readonly data: Data
  readonly ctx: Context['ctx']
  readonly params: Context['params']
}

/** What surrounds the events inside a middleware. */
export interface WithContext<Context extends NamespaceContext, More> extends NamespaceContext {
  readonly auth: Context['auth']
  readonly data: Context['data']
  readonly ctx: Context['ctx'] & More
  readonly params: Context['params']
}

/** Lets a socket in: what it returns, or resolves to, becomes the socket's `data`. If it throws, the client is refused. */
export type Authenticate<Context extends NamespaceContext, Data> = (
  context: HandshakeContext<Context>,
) => Data | Promise<Data>

/** Stands around each call. It returns what `next` returned. */
export type Middleware<Contract extends TypedContract, Context extends NamespaceContext, More> = (
  context: MiddlewareContext<Contract, Context>,
) => Promise<MiddlewareResult<More>>

/** What a namespace can do, however it is reached. */
interface BoundNamespace<Contract extends TypedContract, Context extends NamespaceContext> extends Selection<Contract> {
  /** Registers a handler, one for each event; the function returned removes it. */
  readonly on: On<Contract, Context>
  /** Socket.IO's own namespace. */
  readonly namespace: Namespace
}

/**
 * A namespace that speaks the contract. Its parameters are declared invariant, because each `use` has another type, and to
 * compare them one by one has no end.
 */
export interface NamespaceBinding<
  in out Contract extends TypedContract,
  in out Context extends NamespaceContext = DefaultContext,
> extends BoundNamespace<Contract, Context> {
  /** Registers a handler for every input at once. */
  handle(handlers: NamespaceHandlers<Contract, Context>): void
  /** Lets sockets in, or not: awaited before the connection exists. The binding returned knows the type of `data`. */
  authenticate<Data extends object>(
    check: Authenticate<Context, Data>,
  ): NamespaceBinding<Contract, WithData<Context, Data>>
  /** Puts middleware around the handlers that are registered through the binding returned. */
  use<More extends object>(
    middleware: Middleware<Contract, Context, More>,
  ): NamespaceBinding<Contract, WithContext<Context, More>>
}

/** A server that speaks the contract: its verbs are those of the root namespace. */
export interface ServerBinding<
  in out Contract extends TypedContract,
  in out Context extends NamespaceContext = DefaultContext,
> extends BoundNamespace<Contract, Context> {
  /** Registers a handler for every input of all namespaces at once. */
  handle(handlers: Handlers<Contract, Context>): void
  /** Lets sockets in, or not: awaited before the connection exists. The binding returned knows the type of `data`. */
  authenticate<Data extends object>(
    check: Authenticate<Context, Data>,
  ): ServerBinding<Contract, WithData<Context, Data>>
  /** Puts middleware around the root's handlers that are registered through the binding returned. */
  use<More extends object>(
    middleware: Middleware<Contract, Context, More>,
  ): ServerBinding<Contract, WithContext<Context, More>>
  /** The same for another namespace of the contract; with parameters, for all that its pattern stands for. */
  of<Name extends NamespaceKeys<EntriesOf<Contract>>>(
    name: Name,
  ): NamespaceBinding<PartOf<Contract, Name>, ContextOf<Contract, Name>>
  /** One of the namespaces that a pattern stands for, to emit to. @throws TypeError for parameters that name none. */
  of<Name extends NamespaceKeys<EntriesOf<Contract>>>(
    name: Name,
    params: ContextOf<Contract, Name>['params'],
  ): Selection<PartOf<Contract, Name>> & { readonly namespace: Namespace }
  /** Sets who is told of errors, in all namespaces, instead of the console. */
  onError(handler: ErrorHandler): void
  /**
   * Adds who is told of each phase of each message, in all namespaces, from now on: for logs, metrics and traces. The
   * function returned takes it away. As long as there is none, a message costs no more than the look for one.
   */
  observe(observer: Observer): () => void
  /**
   * Answers new calls `OVERLOADED`, waits for the running ones, aborts the signals of those that are not done in time, and
   * detaches. The Socket.IO server stays up.
   */
  close(options?: CloseOptions): Promise<void>
  /** Takes the binding off the Socket.IO server: from now on its sockets are plain again. */
  detach(): void
  /** Socket.IO's own server. */
  readonly io: Server
}

/** The type of a socket's `data` as a binding knows it: what its `authenticate` returns. */
export type SocketData<Binding> =
  Binding extends ServerBinding<infer _, infer Context>
    ? Context['data']
    : Binding extends NamespaceBinding<infer _, infer Context>
      ? Context['data']
      : never

/** How to close. */
export interface CloseOptions {
  /** How long to wait for running calls, in milliseconds; 5,000 by default. */
  readonly drain?: number
}

/** What `attach` returns for a contract. */
export type ServerOf<Contract extends Router<RouterTypes>> = ServerBinding<Contract, RootContext<Contract>>
