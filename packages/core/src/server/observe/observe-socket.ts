import type { Socket } from 'socket.io'
import type { ObservedSocket } from './observer.js'
import type { Watch } from './observers.js'

/** Whose sockets they are. */
interface Home {
  readonly namespace: string
  readonly watch: Watch
}

/** Begins to observe the check of a handshake; what it returns, if anybody observes, is told what that came to. */
export const watchGate = (watch: Watch, socket: ObservedSocket): ((code: string | undefined) => void) | undefined => {
  const { observers } = watch
  if (observers === undefined) return undefined
  const since = performance.now()
  return code => {
    const outcome = { code, durationMs: performance.now() - since }
    const place = { ...socket, event: 'connection' }
    watch.tell(observers, 'onAuthenticate', place, observer => observer.onAuthenticate?.(socket, outcome))
  }
}

/** Tells the observers that a socket has connected. */
export const watchArrival = ({ watch, namespace }: Home, socket: Socket): void => {
  if (watch.observers === undefined) return
  const came: ObservedSocket = { namespace, socket }
  const place = { ...came, event: 'connection' }
  watch.tell(watch.observers, 'onConnection', place, observer => observer.onConnection?.(came))
}

/** Tells them that it has left. */
export const watchDeparture = ({ watch, namespace }: Home, socket: Socket, reason: string): void => {
  if (watch.observers === undefined) return
  const departure = { namespace, socket, reason, durationMs: Date.now() - socket.handshake.issued }
  const place = { namespace, socket, event: 'disconnect' }
  watch.tell(watch.observers, 'onDisconnect', place, observer => observer.onDisconnect?.(departure))
}
