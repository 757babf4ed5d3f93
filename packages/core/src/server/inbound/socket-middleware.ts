import type { Socket } from 'socket.io'
import type { Connection, PacketMiddleware } from '../connection.js'
import { middlewareOf, removeMiddleware } from '../socket-io-internals.js'
import { dispatch } from './dispatch.js'
import type { Inbound } from './exchange.js'
import { limitPackets } from './limiter.js'

/**
 * Puts the dispatch of packets into the middleware of a socket. Middleware that the application adds later gets what is passed
 * on, and can answer or rename it, so a second step then follows it.
 */
export const bindMiddleware = (inbound: Inbound, connection: Connection): void => {
  const socket: BoundSocket = connection.socket
  // Without limits, packets do not pass the limiter.
  connection.take =
    inbound.limits.size > 0
      ? limitPackets(inbound, connection)
      : (packet, next) => void dispatch(inbound, connection, packet, next)
  socket.use(connection.take)
  connection.otherBinding = socket[BOUND]
  socket[BOUND] = connection
  if (!Object.hasOwn(socket, 'use')) Object.assign(socket, { use: useBefore })
}

/** Takes the dispatch of packets out of the middleware of a socket. */
export const unbindMiddleware = (connection: Connection): void => {
  const socket: BoundSocket = connection.socket
  removeMiddleware(socket, connection.take)
  removeMiddleware(socket, connection.finish)
  if (socket[BOUND] === connection) socket[BOUND] = connection.otherBinding
  for (let other = socket[BOUND]; other !== undefined; other = other.otherBinding)
    if (other.otherBinding === connection) other.otherBinding = connection.otherBinding
}

const BOUND: unique symbol = Symbol('bound')

interface BoundSocket extends Socket {
  /** The connection of the last binding. */
  [BOUND]?: Connection | undefined
}

/** Adds middleware as `Socket.use` does, but before the second steps. One function for all sockets, of which there are many. */
function useBefore(this: BoundSocket, middleware: Parameters<Socket['use']>[0]): Socket {
  const prototype: Pick<Socket, 'use'> = Object.getPrototypeOf(this)
  prototype.use.call(this, middleware)
  for (let connection = this[BOUND]; connection !== undefined; connection = connection.otherBinding) {
    connection.passed ??= new WeakMap()
    connection.finish ??= finishFor(connection)
    removeMiddleware(this, connection.finish)
    middlewareOf(this).push(connection.finish)
  }
  return this
}

const finishFor =
  ({ passed, take }: Connection): PacketMiddleware =>
  (packet, next) => {
    const go = passed?.get(packet)
    // The server was detached when it passed.
    if (go === undefined) return next()
    if (!go(next)) take?.(packet, next)
  }
