import type { Socket } from 'socket.io-client'

/**
 * The release of socket.io-client that has the fields below, each as it is typed here. A test fails as soon as another
 * release is installed, or a field is another one: then look at what Socket.IO does with it, before this line follows.
 */
export const SEEN_IN = '4.8.4'

/** Fields of a socket that Socket.IO's types keep private. */
export interface SocketInternals {
  /** Seen in 4.8.4: the name of the namespace, with its slash. */
  readonly nsp: string
  /** Seen in 4.8.4: there with connection state recovery, by which an offset follows the arguments of what is not answered. */
  readonly _pid: string | undefined
  /** Seen in 4.8.4: of the next packet. `fromQueue` has it sent past the queue of `retries`, which marks its own so. */
  readonly flags: { fromQueue?: boolean }
  /** The manager, whose fields the types have, and the documentation does not. */
  readonly io: ManagerInternals
}

/** Fields of a manager that are not documented. */
export interface ManagerInternals {
  /** Seen in 4.8.4: of the connection below the sockets. */
  readonly _readyState: 'opening' | 'open' | 'closed'
  /** Seen in 4.8.4: whether it waits for its next attempt to reconnect, or makes it; unset before the first. */
  readonly _reconnecting: boolean | undefined
  /** Seen in 4.8.4: whether a further namespace connects as soon as it is made. */
  _autoConnect: boolean
}

/** Returns the socket by its private fields. A function without a body of its own: bundlers put the socket in its place. */
export function internalsOf(socket: Socket): SocketInternals {
  // An intersection with what is private would be `never`.
  return socket as unknown as SocketInternals
}
