import type { Namespace, Socket } from 'socket.io'
import type { NamespaceData } from '../contract.js'
import type { Inlet } from './answer.js'
import { Visit } from './call.js'
import type { Connection } from './connection.js'
import { dispatch } from './dispatch.js'
import { outletOf, type Outlet } from './emitters.js'
import { addListener, announce, LIFECYCLE, noListeners, type Listeners } from './lifecycle.js'
import { handlersIn } from './handlers.js'
import type { PortFor } from './port.js'
import type { Reporter } from './report.js'
import { routesOf, setHandler } from './route.js'
import { selectionOf, type AnySelection } from './selection.js'
import { membersOf, treeOf } from './tree.js'

/** What holds for all namespaces of a server. */
export interface Setting {
  readonly reporter: Reporter
  readonly maxIssues: number
  readonly ackTimeout: number
  readonly portFor: PortFor
}

/** A bound namespace, before its contract's types are put on it. */
export interface AnyBinding extends AnySelection {
  readonly on: object
  handle(handlers: unknown): void
  readonly namespace: Namespace
}

/** Compiles a namespace of the contract and binds all its sockets to it. */
export const bindNamespace = (namespace: Namespace, data: NamespaceData, setting: Setting): AnyBinding => {
  const routes = routesOf(data.events, setting.maxIssues, setting.portFor)
  const inlet: Inlet = { namespace: data.name, routes, reporter: setting.reporter, maxIssues: setting.maxIssues }
  const outlet = outletOf(data.events, setting.maxIssues, setting.ackTimeout, setting.portFor)
  const listeners = noListeners()

  // Both before anything is awaited, so that no event is lost: the sockets that are here, and those to come.
  for (const socket of namespace.sockets.values()) bindSocket(socket, { inlet, outlet, listeners })
  namespace.on('connection', socket => {
    const connection = bindSocket(socket, { inlet, outlet, listeners })
    announce(listeners, 'connection', new Visit(connection), inlet)
  })

  const inputs = treeOf([...routes.values()].map(route => route.entry))
  const on = membersOf(
    inputs,
    ({ name }) =>
      (handler: unknown) =>
        setHandler(routes, name, handler),
  )
  for (const event of LIFECYCLE) on[event] = (listener: unknown) => addListener(listeners, event, listener)

  return {
    ...selectionOf(outlet, namespace),
    on: Object.freeze(on),
    handle: handlers => {
      for (const [name, handler] of handlersIn(inputs, handlers, data.name)) setHandler(routes, name, handler)
    },
    namespace,
  }
}

interface Parts {
  readonly inlet: Inlet
  readonly outlet: Outlet
  readonly listeners: Listeners
}

const bindSocket = (socket: Socket, { inlet, outlet, listeners }: Parts): Connection => {
  const connection: Connection = { socket, outlet, left: undefined, emit: undefined }
  socket.use((packet, next) => dispatch(inlet, connection, packet, next))
  socket.on('disconnecting', reason => announce(listeners, 'disconnecting', new Visit(connection, reason), inlet))
  socket.on('disconnect', reason => {
    connection.left?.abort()
    announce(listeners, 'disconnect', new Visit(connection, reason), inlet)
  })
  return connection
}
