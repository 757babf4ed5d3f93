import { setMaxListeners } from 'node:events'
import type { Socket } from 'socket.io'
import type { Outlet } from './emitters.js'
import type { Parameters, Params } from './parameters.js'

/** What the binding keeps for one socket: made when it connects, gone with it. */
export interface Connection {
  readonly socket: Socket
  readonly outlet: Outlet
  readonly parameters: Parameters
  /** The parameters of its namespace, read from its name for the first that asks for them. */
  params: Params | undefined
  /** Aborted when the socket leaves. Made for the first that asks for its signal. */
  left: AbortController | undefined
  /** Whether the server has closed, and with it every call. */
  isClosed: boolean
  /** The typed `emit` to this socket, made when it is first used. */
  emit: object | undefined
}

/** The signal that is aborted when the socket leaves, or is already if it has left. */
export const signalOf = (connection: Connection): AbortSignal => {
  connection.left ??= controller()
  if (connection.isClosed || !connection.socket.connected) connection.left.abort()
  return connection.left.signal
}

const controller = (): AbortController => {
  const made = new AbortController()
  // As many may listen as there are calls; Node would warn of a leak.
  setMaxListeners(0, made.signal)
  return made
}

/** Ends what runs for a socket: its signal is aborted. */
export const closeConnection = (connection: Connection): void => {
  connection.isClosed = true
  connection.left?.abort()
}
