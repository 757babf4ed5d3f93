import type { Socket } from 'socket.io'
import type { Connection } from '../connection.js'
import { keepLast, removeMiddleware } from '../socket-io-internals.js'
import { dispatch } from './dispatch.js'
import type { Inbound } from './exchange.js'
import { limitPackets, type PacketMiddleware } from './limiter.js'

/**
 * Puts the dispatch of packets into the middleware of a socket, and returns a function that removes it. Middleware that the
 * application adds later gets what is passed on, and can answer or rename it, so a second step then follows it.
 */
export const bindMiddleware = (socket: Socket, inbound: Inbound, connection: Connection): (() => void) => {
  // Without limits, packets do not pass the limiter.
  const take: PacketMiddleware =
    inbound.limits.size > 0
      ? limitPackets(inbound, connection)
      : (packet, next) => void dispatch(inbound, connection, packet, next)
  socket.use(take)
  const finish: PacketMiddleware = (packet, next) => {
    const go = connection.passed?.get(packet)
    // The server was detached when it passed.
    if (go === undefined) return next()
    if (!go(next)) take(packet, next)
  }
  const release = keepLast(socket, finish, () => (connection.passed ??= new WeakMap()))
  return () => {
    release()
    removeMiddleware(socket, take)
  }
}
