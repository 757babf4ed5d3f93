import type { Server, Socket } from 'socket.io'
import { hasUnsentPackets, namespacesOf } from './socket-io-internals.js'

/** The state of a server, shared by all its namespaces. */
export interface ServerState {
  /** A server that is `closing` rejects new calls, one that is `detached` leaves them to the application. */
  status: 'open' | 'closing' | 'detached'
  /** The number of asynchronous calls that have not settled. */
  running: number
  /** The time at which a closing server stops waiting for running calls, in milliseconds since the epoch. */
  drainUntil: number
  /** Called when the last of them has settled. */
  onIdle: (() => void) | undefined
}

/** Creates the state of a server that accepts calls. */
export const createServerState = (): ServerState => ({
  status: 'open',
  running: 0,
  drainUntil: 0,
  onIdle: undefined,
})

/** Records that an asynchronous call has started. */
export const callStarted = (state: ServerState): void => {
  state.running++
}

/** Records that an asynchronous call has settled; calls `onIdle` when none remain. */
export const callSettled = (state: ServerState): void => {
  state.running--
  if (state.running === 0) state.onIdle?.()
}

/** Rejects new calls from now on, and waits until the running ones have settled, but no longer than `ms`. */
export const drain = (state: ServerState, ms: number): Promise<void> => {
  if (state.status === 'detached') return Promise.resolve()
  state.status = 'closing'
  state.drainUntil = Date.now() + ms
  if (state.running === 0) return Promise.resolve()
  return new Promise(resolve => {
    const timer = setTimeout(resolve, ms)
    state.onIdle = () => {
      clearTimeout(timer)
      resolve()
    }
  })
}

type EngineSocket = Socket['conn']

/**
 * Waits until everything written to clients so far has left this process, but no longer than `ms`: a client that polls fetches it
 * with its next request, and would lose it if the server closed before.
 */
export const flush = (io: Server, ms: number): Promise<void> =>
  new Promise(resolve => {
    /** The connections with unsent packets, each with a function that removes the listeners from it. */
    const unsent = new Map<EngineSocket, () => void>()
    const timer = setTimeout(() => {
      for (const removeListeners of unsent.values()) removeListeners()
      resolve()
    }, ms)
    const end = (conn: EngineSocket): void => {
      unsent.get(conn)?.()
      unsent.delete(conn)
      if (unsent.size > 0) return
      clearTimeout(timer)
      resolve()
    }
    for (const { sockets } of namespacesOf(io).values()) {
      for (const { conn } of sockets.values()) {
        if (!hasUnsentPackets(conn) || unsent.has(conn)) continue
        const ended = (): void => end(conn)
        conn.on('drain', ended).on('close', ended)
        unsent.set(conn, () => conn.off('drain', ended).off('close', ended))
      }
    }
    if (unsent.size > 0) return
    clearTimeout(timer)
    resolve()
  })
