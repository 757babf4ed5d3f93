import type { Namespace, Server, Socket } from 'socket.io'
import type { EventEntry, NamespaceData } from '../contract/contract.js'
import { kindOf } from '../definition-error.js'
import { isPattern } from '../contract/names.js'
import type { Inbound } from './inbound/exchange.js'
import { AllOf } from './outbound/broadcaster.js'
import { Call } from './inbound/call.js'
import { ChildNamespace } from './child-namespace.js'
import { bindPattern, removeIfUnused, unbindPattern } from './dynamic-namespaces.js'
import { afterStreams, closeConnection, connectionOf, endConnection, type Connection } from './connection.js'
import { boundAnswers } from './outbound/answers.js'
import { outboundOf, type Outbound } from './outbound/emitters.js'
import { handshakeOf, type Handshake } from './handshake.js'
import { authenticateRecovered, setAuthenticate } from './recovery.js'
import { limitsOf } from './limits/limits.js'
import { addListener, notify, LIFECYCLE, noListeners, type Listeners } from './lifecycle.js'
import { around, type AnyMiddleware } from './inbound/middleware.js'
import { parametersFor, type Parameters, type Params } from '../codec/parameters.js'
import { bindMiddleware, unbindMiddleware } from './inbound/socket-middleware.js'
import { namespacesOf, removeMiddleware } from './socket-io-internals.js'
import { observeConnection, observeDisconnect } from './observe/observe-socket.js'
import type { ServerSetting } from './options.js'
import { routesOf, setHandler, type AnyHandler } from './inbound/route.js'
import { iterateHandler } from './inbound/stream/iterate-handler.js'
import { selectionMembers, type AnySelection } from './outbound/selection.js'
import { eventTreeOf, membersOf } from './event-tree.js'
import { pairHandlers } from './pair-handlers.js'

/** A bound namespace, before its contract's types are put on it. */
export interface AnyBinding extends AnySelection {
  readonly on: object
  handle(handlers: unknown): void
  authenticate(authenticate: unknown, options?: unknown): AnyBinding
  use(middleware: unknown): AnyBinding
  /** Selects one of the namespaces that match the pattern. */
  at(params: Params): ChildNamespace
  readonly namespace: Namespace
}

/** A bound namespace that can be detached. */
export interface BoundNamespace extends AnyBinding {
  /** Binds a namespace that Socket.IO has created, if it matches this pattern and no other binding has it. */
  adopt(namespace: Namespace): void
  /** Removes the listeners and middleware from the namespace and its sockets; those that can't be removed have no effect any more. */
  detach(): void
}

/** The parts of one bound namespace. */
interface NamespaceState {
  /** The namespace, or for a pattern the parent of the namespaces that Socket.IO creates for it. */
  readonly namespace: Namespace
  readonly data: NamespaceData
  readonly parameters: Parameters
  readonly inbound: Inbound
  readonly outbound: Outbound
  readonly handshake: Handshake
  readonly listeners: Listeners
  readonly writes: ServerSetting['writes']
  /** The connected sockets, each with a function that detaches it from the binding. */
  readonly sockets: Map<Connection, () => void>
}

/** The first binding of each namespace; patterns of other bindings don't bind it again. */
const bindings = new WeakMap<Namespace, NamespaceState>()

const isBound = (namespace: Namespace): boolean =>
  (bindings.get(namespace)?.inbound.serverState.status ?? 'detached') !== 'detached'

/** Compiles a namespace of the contract and binds all its sockets to it. */
export const bindNamespace = (io: Server, data: NamespaceData, setting: ServerSetting): BoundNamespace => {
  const { serverState, maxNamespaceLength, writes } = setting
  const routes = routesOf(data.events, setting)
  const parameters = parametersFor(data, setting, maxNamespaceLength, error => {
    const place = { phase: 'authenticate', event: 'connection', namespace: data.name, socket: undefined } as const
    setting.reporter.tell({ error, ...place })
  })
  const outbound = outboundOf(data, setting.ackTimeout, setting)
  const handshake = handshakeOf(data, parameters, setting)
  const hasPattern = isPattern(data.name)
  const isFound = hasPattern || namespacesOf(io).has(data.name)
  const bound: NamespaceState = {
    namespace: hasPattern ? bindPattern(io, data.name, parameters.canBeAsked) : io.of(data.name),
    data,
    parameters,
    inbound: { ...setting, namespace: data.name, routes, limits: limitsOf(data, setting) },
    outbound,
    handshake,
    listeners: noListeners(),
    writes,
    sockets: new Map(),
  }
  const connect = (socket: Socket): void => {
    if (serverState.status === 'detached') return
    handshake.offsets.complete(socket)
    const connection = bindSocket(socket, bound)
    observeConnection(bound.inbound, socket)
    notify(bound.listeners, 'connection', new Call(connection, 'connection'), bound.inbound)
  }
  // Present and future sockets are bound before anything is awaited, so that no event is lost.
  const bind = (namespace: Namespace): void => {
    if (!isBound(namespace)) bindings.set(namespace, bound)
    namespace.use(handshake.middleware)
    authenticateRecovered(namespace, handshake)
    namespace.on('connection', connect)
    for (const socket of namespace.sockets.values()) bindSocket(socket, bound)
  }
  // Namespaces that Socket.IO creates for the pattern have the parent's listeners. The application may have created others with
  // matching names: by an earlier pattern of its own, or by name.
  const adopt = (namespace: Namespace): void => {
    if (isBound(namespace) || !parameters.fits(namespace.name)) return
    if (!namespace.listeners('connection').includes(connect)) return bind(namespace)
    bindings.set(namespace, bound)
    authenticateRecovered(namespace, handshake)
  }
  bind(bound.namespace)

  const detach = (): void => {
    if (hasPattern) unbindPattern(io, data.name)
    handshake.isDetached = true
    for (const namespace of [bound.namespace, ...namespacesOf(io).values()]) {
      namespace.off('connection', connect)
      removeMiddleware(namespace, handshake.middleware)
    }
    for (const [connection, unbind] of bound.sockets) {
      closeConnection(connection)
      unbind()
    }
    bound.sockets.clear()
    if (!isFound) removeIfUnused(bound.namespace)
  }
  return { ...bindingOf(bound, []), adopt, detach }
}

const bindSocket = (socket: Socket, bound: NamespaceState): Connection => {
  const { inbound, listeners, writes, sockets } = bound
  const connection = connectionOf(socket, bound)
  writes?.add(socket.conn)
  const notifyLeaving = (event: 'disconnecting' | 'disconnect', reason: string): void =>
    notify(listeners, event, Object.assign(new Call(connection, event), { reason }), inbound)

  boundAnswers(socket, inbound.serialization)
  bindMiddleware(inbound, connection)
  const disconnecting = (reason: string): void => notifyLeaving('disconnecting', reason)
  const disconnect = (reason: string): void => {
    sockets.delete(connection)
    endConnection(connection)
    observeDisconnect(inbound, socket, reason)
    notifyLeaving('disconnect', reason)
  }
  socket.on('disconnecting', disconnecting)
  socket.on('disconnect', disconnect)
  sockets.set(connection, () => {
    socket.off('disconnecting', disconnecting).off('disconnect', disconnect)
    afterStreams(connection, () => unbindMiddleware(connection))
  })
  return connection
}

/** Creates a view of a namespace, whose middleware wraps the handlers that are registered through it. */
const bindingOf = (bound: NamespaceState, middleware: readonly AnyMiddleware[]): AnyBinding => {
  const { namespace, data, parameters, inbound, outbound, handshake, listeners } = bound
  const inputs = eventTreeOf(data.events.filter(entry => entry.direction === 'input'))
  const set = ({ name, stream }: EventEntry, handler: unknown): (() => void) => {
    if (!isFunction(handler)) return setHandler(inbound.routes, name, handler)
    const answered = stream === undefined ? handler : iterateHandler(handler)
    return setHandler(inbound.routes, name, around(middleware, answered))
  }

  const members = () => [...namespacesOf(namespace.server).values()].filter(one => bindings.get(one) === bound)
  const lifecycle = LIFECYCLE.map(event => [event, (listener: unknown) => addListener(listeners, event, listener)])
  const register = (entry: EventEntry) => (handler: unknown) => set(entry, handler)
  const on = membersOf(inputs, register, { namespace: data, verb: 'on', keys: [] }, Object.fromEntries(lifecycle))

  return {
    ...(isPattern(data.name)
      ? selectionMembers({ ...outbound, canAsk: false }, new AllOf(members))
      : selectionMembers(outbound, namespace)),
    on,
    handle(handlers) {
      for (const [entry, handler] of pairHandlers(inputs, handlers, data.name)) set(entry, handler)
    },
    authenticate(authenticate, options) {
      setAuthenticate({ namespace, handshake, name: data.name }, authenticate, options)
      return bindingOf(bound, middleware)
    },
    use(more) {
      if (!isFunction<AnyMiddleware>(more)) throw notAFunction('use', more)
      return bindingOf(bound, [...middleware, more])
    },
    at(params) {
      return new ChildNamespace(namespace.server, parameters.fill(params), outbound)
    },
    namespace,
  }
}

const isFunction = <Wanted = AnyHandler>(value: unknown): value is Wanted => typeof value === 'function'

const notAFunction = (verb: string, value: unknown): TypeError =>
  new TypeError(`ackwire: ${verb}: expected a function, got ${kindOf(value)}`)
