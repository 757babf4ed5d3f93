import type { Namespace, Socket } from 'socket.io'

/** By namespace, and by the connection that sockets share, the one that came first. */
const firsts = new WeakMap<Namespace, WeakMap<Socket['client'], Socket>>()

/**
 * Whether a connection has a socket in the namespace already, or one that waits to be let in. Socket.IO takes no
 * second CONNECT once the first has led to a socket, but makes a socket for each that comes until then.
 */
export const isSecond = (socket: Socket): boolean => {
  const { nsp, client } = socket
  const known = firsts.get(nsp) ?? new WeakMap<Socket['client'], Socket>()
  firsts.set(nsp, known)
  const first = known.get(client)
  if (first !== undefined && first !== socket && (first.connected || isWaiting(first))) return true
  known.set(client, socket)
  return false
}

/** Makes nothing of a socket that waits to be let in: its client is told neither that it is, nor that it is not. */
export const ignore = (socket: Socket): void => {
  const { _cleanup: cleanup } = socket
  cleanup.call(socket)
}

/** Only Socket.IO knows whether a socket that is not connected still can be: other middleware may have refused it. */
const isWaiting = ({ nsp, id }: Socket): boolean => {
  const waiting: unknown = Reflect.get(nsp, '_preConnectSockets')
  return waiting instanceof Map && waiting.has(id)
}
