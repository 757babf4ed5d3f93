import type { EventEmitter } from 'node:events'
import type { Namespace, Server, Socket } from 'socket.io'
import { isWaitedFor, removeNamespace } from './release.js'

/** Namespaces that the server itself has named. */
const held = new WeakSet<Namespace>()

/** Keeps a namespace, whoever has named it first: the server has to do with it. */
export const hold = (namespace: Namespace): Namespace => {
  held.add(namespace)
  return namespace
}

/** Whether Socket.IO is told to remove the children of patterns that the last socket has left. */
export const isCleanedUp = ({ _opts: options }: Server): boolean => options.cleanupEmptyChildNamespaces === true

/**
 * Has a namespace that was made because a client has named it go with the last client that is refused, as if it had never been. Once a
 * socket was let in, or the application has done something to it, it stays, unless Socket.IO is told otherwise; but what
 * Socket.IO would remove by itself stays for those who wait to be let in, and who would be in a namespace that nobody reaches.
 */
export const removeWhenEmpty = (namespace: Namespace, parent: Namespace): void => {
  const { server, _add: add, _remove: own } = namespace
  // Socket.IO has put its own removal in the place of the method.
  const remove: unknown = isCleanedUp(server) ? Reflect.get(Object(Object.getPrototypeOf(namespace)), '_remove') : own
  if (typeof remove !== 'function') return
  let isJoined = false
  let arriving = 0
  const leave = (): void => {
    if (arriving > 0 || namespace.sockets.size > 0 || isWaitedFor(namespace)) return
    const isKept = isJoined || held.has(namespace) || hasMore(namespace, parent)
    if (!isKept || isCleanedUp(server)) removeNamespace(namespace, parent)
  }
  Object.assign(namespace, {
    // With connection state recovery, it takes some time until a socket stands among those that wait.
    async _add(...args: Parameters<typeof add>): Promise<void> {
      arriving++
      try {
        await add.apply(namespace, args)
      } finally {
        arriving--
      }
    },
    _remove(socket: Socket): void {
      isJoined ||= namespace.sockets.has(socket.id)
      remove.call(namespace, socket)
      leave()
    },
  })
}

/** Whether a namespace has listeners or middleware that it has not from its parent. */
const hasMore = (namespace: Namespace, parent: Namespace): boolean =>
  namespace.eventNames().some(name => isMore(listenersOf(namespace, name), listenersOf(parent, name))) ||
  isMore(Reflect.get(namespace, '_fns'), Reflect.get(parent, '_fns'))

// Socket.IO declares names of text only, and hands on any.
const listenersOf = (namespace: EventEmitter, name: string | symbol): unknown => namespace.listeners(name)

const isMore = (own: unknown, inherited: unknown): boolean =>
  !Array.isArray(own) || !Array.isArray(inherited) || own.some(each => !inherited.includes(each))
