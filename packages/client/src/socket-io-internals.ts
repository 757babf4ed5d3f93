import type { Socket } from 'socket.io-client'

/**
 * The version of socket.io-client whose private fields are typed here. A test fails if another version is installed or if a field
 * differs: check what Socket.IO does with the field before you update this version.
 */
export const SEEN_IN = '4.8.4'

/** The fields of a socket that Socket.IO's types keep private. */
export interface SocketInternals {
  /** Seen in 4.8.4: the name of the namespace, with its slash. */
  readonly nsp: string
  /** Seen in 4.8.4: set with connection state recovery, which adds an offset behind the arguments of events without an ack. */
  readonly _pid: string | undefined
  /** Seen in 4.8.4: the flags of the next packet. `fromQueue` sends it outside the queue of `retries`. */
  readonly flags: { fromQueue?: boolean }
  /** Seen in 4.8.4: the id of the next packet with an ack. */
  readonly ids: number
  /** Seen in 4.8.4: calls the ack of a packet, if it is waited for, and drops it and its timer. */
  onack(answer: { readonly id: number; readonly data: unknown[] }): void
  /**
   * Seen in 4.8.4: the packets that wait for their acks with `retries`, of which only the first one is `pending`. It is sent again
   * until it has been as often as that says. socket.io.min.js names it otherwise.
   */
  _queue?: readonly { readonly pending: boolean; tryCount: number }[] | undefined
  /** The manager, whose fields are typed but not documented. */
  readonly io: ManagerInternals
}

/** The undocumented fields of a manager. */
export interface ManagerInternals {
  /** Seen in 4.8.4: the state of the connection that the sockets share. */
  readonly _readyState: 'opening' | 'open' | 'closed'
  /** Seen in 4.8.4: true while it waits for a reconnection or attempts one; unset before the first. */
  readonly _reconnecting: boolean | undefined
  /** Seen in 4.8.4: true if further namespaces connect as soon as they are created. */
  _autoConnect: boolean
}

/** Returns a socket with its private fields typed. Bundlers inline this function. */
export function internalsOf(socket: Socket): SocketInternals {
  // An intersection with private members would be `never`.
  return socket as unknown as SocketInternals
}
