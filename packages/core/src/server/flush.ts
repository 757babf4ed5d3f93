import type { Server, Socket } from 'socket.io'
import { namespacesOf } from './dynamic-namespaces.js'

type Transport = Socket['conn']

/**
 * Waits until what is written to clients by now has left for them, but no longer than `ms`: one that polls fetches it with
 * its next request, and would lose it if the server left before.
 */
export const flush = (io: Server, ms: number): Promise<void> =>
  new Promise(resolve => {
    /** Each with what takes the listeners off it. */
    const waiting = new Map<Transport, () => void>()
    const timer = setTimeout(() => {
      for (const forget of waiting.values()) forget()
      resolve()
    }, ms)
    const end = (transport: Transport): void => {
      waiting.get(transport)?.()
      waiting.delete(transport)
      if (waiting.size > 0) return
      clearTimeout(timer)
      resolve()
    }
    for (const { sockets } of namespacesOf(io)) {
      for (const { conn } of sockets.values()) {
        if (!isWaiting(conn) || waiting.has(conn)) continue
        const ended = (): void => end(conn)
        conn.on('drain', ended).on('close', ended)
        waiting.set(conn, () => conn.off('drain', ended).off('close', ended))
      }
    }
    if (waiting.size > 0) return
    clearTimeout(timer)
    resolve()
  })

// Engine.IO has no other word for it.
const isWaiting = (transport: Transport): boolean => {
  const waiting: unknown = Reflect.get(transport, 'writeBuffer')
  return Array.isArray(waiting) && waiting.length > 0
}
