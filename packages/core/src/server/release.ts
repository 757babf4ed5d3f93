import type { Namespace, Server, Socket } from 'socket.io'

/** Takes middleware off a namespace or a socket. Socket.IO has no verb for it. */
export const unuse = (from: Namespace | Socket, middleware: unknown): void => {
  const all: unknown = Reflect.get(from, '_fns') ?? Reflect.get(from, 'fns')
  const at = Array.isArray(all) ? all.indexOf(middleware) : -1
  if (Array.isArray(all) && at !== -1) all.splice(at, 1)
}

/** Whether a server has a namespace, so that a binding need not make it. */
export const hasNamespace = ({ _nsps: namespaces }: Server, name: string): boolean => namespaces.has(name)

/** Takes a namespace off a server, as Socket.IO does with the empty children of a pattern, if nobody else uses it. */
export const forgetNamespace = (namespace: Namespace): void => {
  const [middleware, waiting]: unknown[] = [
    Reflect.get(namespace, '_fns'),
    Reflect.get(namespace, '_preConnectSockets'),
  ]
  const isUsed = namespace.sockets.size > 0 || namespace.eventNames().length > 0
  if (isUsed || !isEmpty(middleware) || !isEmpty(waiting)) return
  const { _nsps: namespaces } = namespace.server
  namespace.adapter.close()
  namespaces.delete(namespace.name)
}

const isEmpty = (list: unknown): boolean =>
  Array.isArray(list) ? list.length === 0 : list instanceof Map && list.size === 0
