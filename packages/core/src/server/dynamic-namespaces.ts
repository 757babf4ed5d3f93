import type { EventEmitter } from 'node:events'
import type { Namespace, Server } from 'socket.io'
import { shapeOf } from '../contract/names.js'
import {
  hasPendingSockets,
  hookMembership,
  hookParent,
  middlewareOf,
  namespacesOf,
  removeNamespace,
  removesEmptyChildren,
} from './socket-io-internals.js'

/** A pattern that Socket.IO makes namespaces by. */
interface BoundPattern {
  /** The parent with the listeners and middleware of all namespaces of the pattern. */
  readonly parent: Namespace
  /** Tells whether a name matches; absent while no binding has the pattern. */
  matches: ((name: string) => boolean) | undefined
}

/** The patterns of a server. They are kept, since Socket.IO can't remove one. */
const patterns = new WeakMap<Server, Map<string, BoundPattern>>()

/**
 * Lets Socket.IO create the namespaces that match a pattern when a client or the server first uses their names. Socket.IO
 * refuses other names ("Invalid namespace") without keeping them, so that no peer can fill the memory with names that their
 * schema rejects.
 */
export const bindPattern = (io: Server, name: string, matches: (name: string) => boolean): Namespace => {
  const ofServer = patterns.get(io) ?? new Map<string, BoundPattern>()
  patterns.set(io, ofServer)
  const shape = shapeOf(name)
  const pattern = ofServer.get(shape) ?? createPattern(io)
  ofServer.set(shape, pattern)
  pattern.matches = matches
  return pattern.parent
}

/** Releases a pattern: from now on no namespace is made by it, and another binding can have it. */
export const unbindPattern = (io: Server, name: string): void => {
  const pattern = patterns.get(io)?.get(shapeOf(name))
  if (pattern !== undefined) pattern.matches = undefined
}

const createPattern = (io: Server): BoundPattern => {
  const matches = (name: string): boolean => pattern.matches?.(name) === true
  const exec = (name: string): readonly string[] | null => (matches(name) ? [name] : null)
  // All of JavaScript that asks a RegExp whether it matches calls its `exec`. A function in its place would decide, too, but
  // Socket.IO asks functions for what clients name, and not for what the server does.
  const parent = io.of(Object.defineProperty(/^/, 'exec', { value: exec }))
  const pattern: BoundPattern = { parent, matches: undefined }
  trackCreator(io, parent, matches)
  return pattern
}

/** Tells namespaces that a client has named first from those that the server has: only the former are removed with refused clients. */
const trackCreator = (io: Server, parent: Namespace, matches: (name: string) => boolean): void => {
  let isClient = false
  hookParent(parent, {
    // Socket.IO asks the RegExp for clients and for the server, so clients are asked for elsewhere.
    allow(name, _, next) {
      isClient = true
      try {
        next(null, matches(name))
      } finally {
        isClient = false
      }
    },
    create(name, make) {
      const isByClient = isClient
      // Listeners for new namespaces may make more of them.
      isClient = false
      const child = make()
      const created = namespacesOf(io).get(name)
      if (created === undefined || created !== child) return child
      if (!isByClient && !isVisit) kept.add(created)
      if (isByClient || isVisit || removesEmptyChildren(io)) removeWhenEmpty(created, parent)
      return child
    },
  })
}

/** Namespaces that the server itself has named. */
const kept = new WeakSet<Namespace>()

/** Returns a namespace for good, whoever has named it first. */
export const keepNamespace = (io: Server, name: string): Namespace => {
  const namespace = io.of(name)
  kept.add(namespace)
  return namespace
}

/** True while `visitNamespace` makes a namespace. */
let isVisit = false

/** Removes a namespace if it is empty, for those that are not kept. */
const removers = new WeakMap<Namespace, () => void>()

/** The namespaces that the server has used last, the latest at the end. */
const visited = new WeakMap<Server, Set<Namespace>>()

/** The number of namespaces that stay after an emit although nobody is in them, since their adapters have to hear of other nodes. */
const MOST_VISITED = 100

/** Returns a namespace to emit to. If nobody is in it, it is removed once the server has used many others. */
export const visitNamespace = (io: Server, name: string): Namespace => {
  isVisit = true
  try {
    const namespace = io.of(name)
    if (removers.has(namespace)) rememberVisit(namespace)
    return namespace
  } finally {
    isVisit = false
  }
}

const rememberVisit = (namespace: Namespace): void => {
  const { server } = namespace
  const all = visited.get(server) ?? new Set<Namespace>()
  visited.set(server, all)
  all.delete(namespace)
  all.add(namespace)
  if (all.size <= MOST_VISITED) return
  for (const oldest of all) {
    all.delete(oldest)
    return removers.get(oldest)?.()
  }
}

/**
 * Removes a namespace that was created for a client or an emit once the last such client is refused. It stays if a socket has joined,
 * or if the application has added a listener or middleware, unless Socket.IO's `cleanupEmptyChildNamespaces` is set. It also
 * stays while sockets wait for `authenticate`, which would otherwise join a removed namespace.
 */
const removeWhenEmpty = (namespace: Namespace, parent: Namespace): void => {
  // The parent, and listeners for new namespaces, have added them.
  const inherited: ReadonlySet<unknown> = new Set(hooksOf(namespace))
  let isJoined = false
  let arriving = 0
  const removeIfEmpty = (): void => {
    if (arriving > 0 || namespace.sockets.size > 0 || hasPendingSockets(namespace)) return
    const isUsed = kept.has(namespace) || visited.get(namespace.server)?.has(namespace) === true
    const isKept = isJoined || isUsed || hooksOf(namespace).some(hook => !inherited.has(hook))
    if (!isKept || removesEmptyChildren(namespace.server)) removeNamespace(namespace, parent)
  }
  hookMembership(namespace, {
    // With connection state recovery, a socket is registered as waiting with a delay.
    async add(run) {
      arriving++
      try {
        await run()
      } finally {
        arriving--
        removeIfEmpty()
      }
    },
    remove(socket, run) {
      isJoined ||= namespace.sockets.has(socket.id)
      run()
      removeIfEmpty()
    },
  })
  removers.set(namespace, removeIfEmpty)
}

/** Removes a namespace that nobody uses: it has no sockets, listeners or middleware. */
export const removeIfUnused = (namespace: Namespace): void => {
  const isUsed = namespace.sockets.size > 0 || hasPendingSockets(namespace) || hooksOf(namespace).length > 0
  if (!isUsed) removeNamespace(namespace)
}

/** Returns the listeners and the middleware of a namespace. */
const hooksOf = (namespace: Namespace): unknown[] => {
  // Socket.IO declares string names only, and hands on any.
  const emitter: EventEmitter = namespace
  return emitter
    .eventNames()
    .flatMap((name): unknown[] => emitter.listeners(name))
    .concat(middlewareOf(namespace))
    .flat()
}
