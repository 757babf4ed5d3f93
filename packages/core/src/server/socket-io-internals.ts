import type { Namespace, Server, Socket } from 'socket.io'

/** Takes middleware off a namespace or a socket. Socket.IO has no verb for it. */
export const unuse = (from: Namespace | Socket, middleware: unknown): void => {
  const all: unknown = Reflect.get(from, '_fns') ?? Reflect.get(from, 'fns')
  const at = Array.isArray(all) ? all.indexOf(middleware) : -1
  if (Array.isArray(all) && at !== -1) all.splice(at, 1)
}

/** Whether a server has a namespace, so that a binding need not make it. */
export const hasNamespace = ({ _nsps: namespaces }: Server, name: string): boolean => namespaces.has(name)

/** Takes a namespace off a server, if nobody else uses it. */
export const forgetNamespace = (namespace: Namespace): void => {
  const isUsed = namespace.sockets.size > 0 || namespace.eventNames().length > 0
  const middleware: unknown = Reflect.get(namespace, '_fns')
  if (!isUsed && isEmpty(middleware) && !isWaitedFor(namespace)) removeNamespace(namespace)
}

/** Whether a socket waits to be let in. */
export const isWaitedFor = (namespace: Namespace): boolean => !isEmpty(Reflect.get(namespace, '_preConnectSockets'))

/** Takes a namespace off a server, as Socket.IO does with the empty children of a pattern. */
export const removeNamespace = (namespace: Namespace, parent?: Namespace): void => {
  const { _nsps: namespaces } = namespace.server
  if (namespaces.get(namespace.name) !== namespace) return
  namespaces.delete(namespace.name)
  const siblings: unknown = parent === undefined ? undefined : Reflect.get(parent, 'children')
  if (siblings instanceof Set) siblings.delete(namespace)
  // An adapter of a cluster may close later, and fail to: then nobody uses it any more all the same.
  new Promise(settle => settle(namespace.adapter.close())).catch(() => {})
}

const isEmpty = (list: unknown): boolean =>
  Array.isArray(list) ? list.length === 0 : list instanceof Map && list.size === 0
