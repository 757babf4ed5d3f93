import type { Namespace, Server, Socket } from 'socket.io'

// Every field of Socket.IO and Engine.IO that is not documented is read here and nowhere else. Each is named with the release in
// which it was read; a test compares those with the installed releases, and each field with its expected shape.

type EngineSocket = Socket['conn']
type Transport = EngineSocket['transport']

/** Returns the namespaces of a server: `Server._nsps` (socket.io 4.8.4), which Socket.IO's admin UI reads, too. */
export const namespacesOf = ({ _nsps: namespaces }: Server): ReadonlyMap<string, Namespace> => namespaces

/** Tells whether Socket.IO removes the empty children of patterns: `Server._opts` (socket.io 4.8.4). */
export const removesEmptyChildren = ({ _opts: options }: Server): boolean =>
  options.cleanupEmptyChildNamespaces === true

/** Returns the text that the parser of a server writes for an event: `Server.encoder` (socket.io 4.8.4); empty if it is binary. */
export const encodes = ({ encoder }: Server, data: readonly unknown[]): string => {
  const [first]: unknown[] = encoder.encode({ type: 2, nsp: '/', data: [...data] })
  return typeof first === 'string' ? first : ''
}

/** Returns the middleware of a namespace, `Namespace._fns`, or of a socket, `Socket.fns` (socket.io 4.8.4). */
export const middlewareOf = (of: Namespace | Socket): unknown[] => {
  const middleware: unknown = Reflect.get(of, '_fns') ?? Reflect.get(of, 'fns')
  return Array.isArray(middleware) ? middleware : []
}

/** Removes middleware from a namespace or a socket; Socket.IO has no method for it. */
export const removeMiddleware = (from: Namespace | Socket, middleware: unknown): void => {
  const all = middlewareOf(from)
  const at = all.indexOf(middleware)
  if (at !== -1) all.splice(at, 1)
}

/** Tells whether any socket waits for `authenticate`: `Namespace._preConnectSockets` (socket.io 4.8.4); true if that is unknown. */
export const hasPendingSockets = (namespace: Namespace): boolean => {
  const pending: unknown = Reflect.get(namespace, '_preConnectSockets')
  return !(pending instanceof Map) || pending.size > 0
}

/** Tells whether this socket waits for `authenticate`. Only Socket.IO knows, since other middleware may have refused it. */
export const isPending = ({ nsp, id }: Socket): boolean => {
  const pending: unknown = Reflect.get(nsp, '_preConnectSockets')
  return pending instanceof Map && pending.has(id)
}

/** Discards a socket that waits for `authenticate`, without notifying its client: `Socket._cleanup` (socket.io 4.8.4). */
export const discardSocket = (socket: Socket): void => {
  const { _cleanup: cleanup } = socket
  cleanup.call(socket)
}

/**
 * Removes a namespace as Socket.IO does with the empty children of a pattern: from `Server._nsps`, and from its parent's
 * `ParentNamespace.children` (socket.io 4.8.4).
 */
export const removeNamespace = (namespace: Namespace, parent?: Namespace): void => {
  const { _nsps: namespaces } = namespace.server
  if (namespaces.get(namespace.name) !== namespace) return
  namespaces.delete(namespace.name)
  const children: unknown = parent === undefined ? undefined : Reflect.get(parent, 'children')
  if (children instanceof Set) children.delete(namespace)
  // The adapter of a cluster may close later, and may fail to: nobody uses it any more in either case.
  new Promise(settle => settle(namespace.adapter.close())).catch(() => {})
}

/** Replaces how a pattern's parent decides on names and makes namespaces. */
export interface ParentHooks {
  /** Decides whether a client may name a namespace. */
  readonly allow: (name: string, auth: unknown, next: (error: null, isAllowed: boolean) => void) => void
  /** Wraps the making of a namespace, which `make` does. */
  readonly create: (name: string, make: () => unknown) => unknown
}

/** Hooks into a pattern's parent: `Server.parentNsps` and `ParentNamespace.createChild` (socket.io 4.8.4). */
export const hookParent = (parent: Namespace, { allow, create }: ParentHooks): void => {
  const parents: unknown = Reflect.get(parent.server, 'parentNsps')
  const createChild: unknown = Reflect.get(parent, 'createChild')
  if (!(parents instanceof Map) || typeof createChild !== 'function') return
  const [key] = [...parents].find(([, each]) => each === parent) ?? []
  parents.delete(key)
  parents.set(allow, parent)
  Object.assign(parent, { createChild: (name: string) => create(name, () => createChild.call(parent, name)) })
}

/** Wraps how a namespace adds and removes sockets. */
export interface MembershipHooks {
  readonly add: (run: () => Promise<void>) => Promise<void>
  readonly remove: (socket: Socket, run: () => void) => void
}

/**
 * Hooks into `Namespace._add` and `Namespace._remove` (socket.io 4.8.4). Where Socket.IO has put its own removal of empty children
 * in the place of the method, that is left out.
 */
export const hookMembership = (namespace: Namespace, hooks: MembershipHooks): void => {
  const { server, _add: add, _remove: ownRemove } = namespace
  const remove: unknown = removesEmptyChildren(server)
    ? Reflect.get(Object(Object.getPrototypeOf(namespace)), '_remove')
    : ownRemove
  if (typeof remove !== 'function') return
  Object.assign(namespace, {
    _add: (...args: Parameters<typeof add>) => hooks.add(() => add.apply(namespace, args)),
    _remove: (socket: Socket) => hooks.remove(socket, () => remove.call(namespace, socket)),
  })
}

/** Tells whether packets have not been handed to the transport yet: `EngineSocket.writeBuffer` (engine.io 6.6.12). */
export const hasUnsentPackets = (conn: EngineSocket): boolean => {
  const unsent: unknown = Reflect.get(conn, 'writeBuffer')
  return Array.isArray(unsent) && unsent.length > 0
}

/** Tells whether a connection is one of Engine.IO's own, which emits `flush`: it has `EngineSocket.sentCallbackFn` (engine.io 6.6.12). */
export const emitsFlush = (conn: EngineSocket): boolean => Array.isArray(Reflect.get(conn, 'sentCallbackFn'))

/**
 * Calls back when what a transport is about to be given has left this process: over HTTP when the response has, which is
 * `Polling.res` (engine.io 6.6.12), elsewhere when the transport can be written to again.
 */
export const whenSent = (transport: Transport, sent: () => void): void => {
  const response: unknown = Reflect.get(transport, 'res')
  if (!isEmitter(response)) return void transport.once('drain', sent)
  let isTold = false
  const tell = (): void => {
    if (!isTold) sent()
    isTold = true
  }
  // The second is emitted also where the client has gone before it has read all.
  response.once('finish', tell).once('close', tell)
}

const isEmitter = (value: unknown): value is NodeJS.EventEmitter =>
  typeof value === 'object' && value !== null && 'once' in value && typeof value.once === 'function'

/**
 * Ends the raw websocket of a transport: `WebSocket.socket` (engine.io 6.6.12). Engine.IO closes it politely: what is on its way is
 * read until the client, too, has closed, which it need not do. Other implementations than `ws` may have no `terminate`.
 */
export const terminate = (transport: Transport): void => {
  const raw: unknown = Reflect.get(transport, 'socket')
  if (typeof raw !== 'object' || raw === null || !('terminate' in raw)) return
  if (typeof raw.terminate === 'function') raw.terminate()
}
