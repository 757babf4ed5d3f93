// oxlint-disable max-lines -- one file shows all that depends on a release of Socket.IO
import type { Writable } from 'node:stream'
import type { Namespace, Server, Socket } from 'socket.io'

// Every field of Socket.IO and Engine.IO that is not documented is read here and nowhere else. Each is named with the release in
// which it was read; a test compares those with the installed releases, and each field with its expected shape.

type EngineSocket = Socket['conn']
type Transport = EngineSocket['transport']
type Adapter = Namespace['adapter']

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

/**
 * Spares the parser of a server the search for binary data in packets that have none, as `isText` says: hooks into `Server.encoder`
 * (socket.io 4.8.4), which searches those whose type is the number of an event or an ack, and writes a type as it is given. Has no
 * effect on a parser that does anything else.
 */
export const hookEncoder = ({ encoder }: Server, isText: (data: readonly unknown[]) => boolean): void => {
  const { encode } = encoder
  type Packet = Parameters<typeof encode>[0]
  // Not spread, which takes longer than the search in a small packet.
  const asText = ({ type, nsp, id, data }: Packet): object => ({ type: String(type), nsp, id, data })
  const probe = { type: 2, nsp: '/probe', id: 1, data: ['probe', { text: 'probe' }] }
  const written = (packet: object): unknown => Reflect.apply(encode, encoder, [packet])
  if (JSON.stringify(written({ ...probe })) !== JSON.stringify(written(asText(probe)))) return
  Object.assign(encoder, {
    encode: (packet: Packet) => written(isText(packet.data ?? []) ? asText(packet) : packet),
  })
}

/** Tells whether Socket.IO recovers sessions: `Server._opts` (socket.io 4.8.4). */
export const recoversSessions = ({ _opts: options }: Server): boolean => options.connectionStateRecovery !== undefined

/** Tells whether Socket.IO calls no middleware for recovered sockets: `Server._opts` (socket.io 4.8.4). */
export const skipsMiddleware = ({ _opts: options }: Server): boolean =>
  options.connectionStateRecovery?.skipMiddlewares === true

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

/** Appends a mark to the id of a new session, which its client only sends back: `Socket.pid` (socket.io 4.8.4). */
export const markSession = (socket: Socket, mark: string): void => {
  const pid: unknown = Reflect.get(socket, 'pid')
  if (typeof pid === 'string' && !pid.endsWith(mark)) Object.assign(socket, { pid: pid + mark })
}

/** Changes the arguments with which a client calls acks: `Socket.onack` (socket.io 4.8.4). */
export const hookAnswers = (socket: Socket, change: (answers: readonly unknown[]) => readonly unknown[]): void => {
  const onAck: unknown = Reflect.get(socket, 'onack')
  if (typeof onAck !== 'function') return
  Object.assign(socket, {
    onack: (packet: { readonly data: readonly unknown[] }) =>
      onAck.call(socket, { ...packet, data: change(packet.data) }),
  })
}

/** The flags of a broadcast that decide whether recovery can deliver it again. */
export interface BroadcastFlags {
  readonly volatile?: boolean
  readonly local?: boolean
}

/**
 * Tells to which broadcasts without an ack an adapter appends an offset, by their flags; false if to none, `undefined` if that is
 * unknown. Adapters that extend `ClusterAdapter` have `addOffsetIfNecessary`, the one in memory has `packets`, and those without
 * recovery have only the `restoreSession` of their base class (socket.io-adapter 2.5.8).
 */
export const appendsOffsets = (adapter: Adapter): ((flags: BroadcastFlags) => boolean) | false | undefined => {
  if ('addOffsetIfNecessary' in adapter) return flags => flags.volatile === undefined && !flags.local
  if ('packets' in adapter) return flags => flags.volatile === undefined
  let definitions = 0
  for (let level: unknown = adapter; level; level = Object.getPrototypeOf(level))
    if (Object.hasOwn(level, 'restoreSession')) definitions++
  return definitions === 1 ? false : undefined
}

/**
 * Makes an emit with an ack and the flag `local` wait for this server only. Socket.IO waits for as many servers as the adapter counts,
 * but the others never answer: `BroadcastOperator.flags` and `BroadcastOperator.adapter` (socket.io 4.8.4).
 */
export const expectLocalAnswers = (operator: object): void => {
  const flags: unknown = Reflect.get(operator, 'flags')
  const adapter: unknown = Reflect.get(operator, 'adapter')
  if (!(flags instanceof Object && 'local' in flags && flags.local === true && adapter instanceof Object)) return
  // Methods get the adapter itself, since it may have private members.
  const get = (_: object, key: string | symbol): unknown => {
    if (key === 'serverCount') return () => Promise.resolve(1)
    const member: unknown = Reflect.get(adapter, key)
    return typeof member === 'function' ? member.bind(adapter) : member
  }
  Object.assign(operator, { adapter: new Proxy(adapter, { get }) })
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

/** Tells whether `holdRecovered` has an effect: it needs `Namespace._createSocket` and `Namespace._doConnect` (socket.io 4.8.4). */
export const canHoldRecovered = (namespace: Namespace): boolean =>
  ['_createSocket', '_doConnect'].every(method => typeof Reflect.get(namespace, method) === 'function')

/** Decides on the sockets of a namespace whose session was recovered. */
export interface RecoveryHooks {
  /** Tells whether a socket is held until it is accepted. */
  readonly isHeld: () => boolean
  /** Accepts it by calling back, or refuses it by calling back with an error. */
  readonly accept: (socket: Socket, enter: (refusal?: Error) => void) => void
  /** Returns the packets that its client has missed until now; `undefined` if only those until its creation are known. */
  readonly missedBy: (socket: Socket, offset: string) => Promise<readonly unknown[] | undefined>
}

/**
 * Holds sockets whose session was recovered, and the packets that they have missed, until they are accepted: hooks into
 * `Namespace._createSocket` and `Namespace._doConnect`, by which Socket.IO lets them in (socket.io 4.8.4).
 */
export const holdRecovered = (namespace: Namespace, { isHeld, accept, missedBy }: RecoveryHooks): void => {
  const create: unknown = Reflect.get(namespace, '_createSocket')
  const connect: unknown = Reflect.get(namespace, '_doConnect')
  if (typeof create !== 'function' || typeof connect !== 'function') return
  const held = new WeakMap<Socket, { readonly offset: string; readonly missed: readonly unknown[] }>()
  Object.assign(namespace, {
    async _createSocket(client: Socket['client'], auth: { readonly offset: string }): Promise<Socket> {
      if (!isHeld()) return create.call(namespace, client, auth)
      const missed: unknown[] = []
      const keep = ({ data }: { readonly data: unknown }): void => void missed.push(data)
      // The constructor of a recovered socket sends what its client has missed, by `Client._packet` (socket.io 4.8.4).
      const socket: Socket = await create.call(namespace, Object.create(client, { _packet: { value: keep } }), auth)
      Object.assign(socket, { client })
      if (socket.recovered) held.set(socket, { offset: auth.offset, missed })
      return socket
    },
    _doConnect(socket: Socket, entered: unknown): void {
      const recovered = held.get(socket)
      if (recovered === undefined) return connect.call(namespace, socket, entered)
      const enter = async (): Promise<void> => {
        const packets = (await missedBy(socket, recovered.offset)) ?? recovered.missed
        if (socket.conn.readyState !== 'open') return discardSocket(socket)
        for (const data of packets) sendTo(socket, 2, data)
        connect.call(namespace, socket, entered)
      }
      accept(socket, refusal => {
        if (refusal === undefined) return void enter()
        discardSocket(socket)
        sendTo(socket, 4, { message: refusal.message, data: Reflect.get(refusal, 'data') })
      })
    },
  })
}

/** Returns the id by which an adapter knows the session of a socket: `Socket.pid` (socket.io 4.8.4). */
export const sessionIdOf = (socket: Socket): unknown => Reflect.get(socket, 'pid')

/** Sends a packet, 2 for an event and 4 for a refused connection, to a socket that is not connected: `Socket.packet` (socket.io 4.8.4). */
const sendTo = (socket: Socket, type: 2 | 4, data: unknown): void => {
  const packet: unknown = Reflect.get(socket, 'packet')
  if (typeof packet === 'function') packet.call(socket, { type, data })
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

/** An Engine.IO server, which emits `flush` and `drain` with the connection before and after it hands packets to the transport. */
export type Engine = NodeJS.EventEmitter

/** Returns the Engine.IO server of a connection: `EngineSocket.server` (engine.io 6.6.12); `undefined` if it emits no events. */
export const engineOf = (conn: EngineSocket): Engine | undefined => {
  const engine: unknown = Reflect.get(conn, 'server')
  return isEmitter(engine) ? engine : undefined
}

/**
 * Returns the TCP socket to which a transport writes: `WebSocket.socket` (engine.io 6.6.12) is the websocket, and its
 * `WebSocket._socket` (ws 8.21.3) the TCP socket, also after an upgrade from polling. Other transports than `websocket` and other
 * implementations than `ws` may have none.
 */
export const tcpSocketOf = (transport: Transport): Writable | undefined => {
  const raw: unknown = Reflect.get(transport, 'socket')
  const socket: unknown = typeof raw === 'object' && raw !== null ? Reflect.get(raw, '_socket') : undefined
  return isCorkable(socket) ? socket : undefined
}

const isCorkable = (value: unknown): value is Writable =>
  typeof value === 'object' &&
  value !== null &&
  'cork' in value &&
  typeof value.cork === 'function' &&
  'uncork' in value &&
  typeof value.uncork === 'function'
