import type { Socket } from 'socket.io'
import type { ObservedSocket } from './observer.js'
import type { Observers } from './observers.js'

/** The namespace of the sockets, and the server's observers. */
interface ObservedNamespace {
  readonly namespace: string
  readonly observers: Observers
}

/** Starts the observation of a handshake and returns a function that reports its outcome; `undefined` without observers. */
export const observeHandshake = (
  observers: Observers,
  socket: ObservedSocket,
): ((code: string | undefined) => void) | undefined => {
  const { list } = observers
  if (list === undefined) return undefined
  const since = performance.now()
  return code => {
    const outcome = { code, durationMs: performance.now() - since }
    const place = { ...socket, event: 'connection' }
    observers.tell(list, 'onAuthenticate', place, observer => observer.onAuthenticate?.(socket, outcome))
  }
}

/** Notifies the observers that a socket has connected. */
export const observeConnection = ({ observers, namespace }: ObservedNamespace, socket: Socket): void => {
  if (observers.list === undefined) return
  const observed: ObservedSocket = { namespace, socket }
  const place = { ...observed, event: 'connection' }
  observers.tell(observers.list, 'onConnection', place, observer => observer.onConnection?.(observed))
}

/** Notifies the observers that a socket has disconnected. */
export const observeDisconnect = (
  { observers, namespace }: ObservedNamespace,
  socket: Socket,
  reason: string,
): void => {
  if (observers.list === undefined) return
  const departure = { namespace, socket, reason, durationMs: Date.now() - socket.handshake.issued }
  const place = { namespace, socket, event: 'disconnect' }
  observers.tell(observers.list, 'onDisconnect', place, observer => observer.onDisconnect?.(departure))
}
