import type { EventEmitter } from 'node:events'
import type { Namespace, Server, Socket } from 'socket.io'
import { isWaitedFor, removeNamespace } from './socket-io-internals.js'

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
  const { server, _add: add, _remove: removal } = namespace
  // Socket.IO has put its own removal in the place of the method.
  const remove: unknown = isCleanedUp(server)
    ? Reflect.get(Object(Object.getPrototypeOf(namespace)), '_remove')
    : removal
  if (typeof remove !== 'function') return
  // What it has from its parent, and from those who are told of new namespaces.
  const own: ReadonlySet<unknown> = new Set(partsOf(namespace))
  let isJoined = false
  let arriving = 0
  const leave = (): void => {
    if (arriving > 0 || namespace.sockets.size > 0 || isWaitedFor(namespace)) return
    const isKept = isJoined || held.has(namespace) || partsOf(namespace).some(part => !own.has(part))
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
        leave()
      }
    },
    _remove(socket: Socket): void {
      isJoined ||= namespace.sockets.has(socket.id)
      remove.call(namespace, socket)
      leave()
    },
  })
}

/** Returns the listeners and the middleware of a namespace. */
const partsOf = (namespace: Namespace): unknown[] => {
  // Socket.IO declares names of text only, and hands on any.
  const emitter: EventEmitter = namespace
  const middleware: unknown = Reflect.get(namespace, '_fns')
  return emitter
    .eventNames()
    .flatMap((name): unknown[] => emitter.listeners(name))
    .concat(middleware)
    .flat()
}
