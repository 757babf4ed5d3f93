import type { Failure } from '@ackwire/core/wire'
import type { Socket } from 'socket.io-client'
import type { ConnectError } from './connect-error.js'
import { wait } from './wait.js'

/** The sockets that are watched; true while one will connect again by itself. */
const watched: WeakMap<Socket, boolean> = new WeakMap()

/** Tells whether a socket will connect again by itself, which Socket.IO does not know. */
export const isRetrying = (socket: Socket): boolean | undefined => watched.get(socket)

/**
 * Connects a socket again after the server had no room for it, which Socket.IO does not: after `retryAfterMs`, and up to twice that,
 * so that refused clients don't come back together. `close` ends this.
 */
export const retryRefused = (socket: Socket): Socket => {
  if (watched.has(socket)) return socket
  watched.set(socket, false)
  return socket.on('connect_error', ({ data }: ConnectError) => void retry(socket, Object(data)))
}

const retry = async (socket: Socket, { code, data }: Partial<Failure>): Promise<void> => {
  if (code !== 'OVERLOADED') return
  watched.set(socket, true)
  const timeout = (Number(Object(data).retryAfterMs) || 1_000) * (1 + Math.random())
  const end: unknown = await wait(socket, '', { timeout, signals: [] }, () => {}).catch(error => error.code)
  watched.set(socket, false)
  // Somebody may have connected it meanwhile.
  if (end === 'TIMEOUT' && !socket.active) socket.connect()
}
