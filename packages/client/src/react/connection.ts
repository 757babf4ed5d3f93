import { useCallback, useSyncExternalStore } from 'react'
import type { Socket } from 'socket.io-client'
import { connectErrorOf, type ConnectError } from '../connect-error.js'
import { internalsOf } from '../socket-io-internals.js'
import { useEarlyEffect } from './stable.js'

/** Whether a client is connected. */
export interface Connection {
  /** `connecting` also between two attempts; `disconnected` where nobody tries any more. */
  readonly status: 'connecting' | 'connected' | 'disconnected'
  /** Why the last attempt failed; gone as soon as one succeeds. */
  readonly error: ConnectError | undefined
}

/** What is known of a socket, and who wants to hear of it. */
interface Watched {
  current: Connection
  error: ConnectError | undefined
  readonly hearers: Set<() => void>
}

const watched = new WeakMap<Socket, Watched>()

/** Sockets that will connect as soon as the component is there that has made them. */
const awaited = new WeakSet<Socket>()

const WITHOUT_ERROR: Readonly<Record<Connection['status'], Connection>> = {
  connecting: { status: 'connecting', error: undefined },
  connected: { status: 'connected', error: undefined },
  disconnected: { status: 'disconnected', error: undefined },
}

const statusOf = (socket: Socket): Connection['status'] => {
  if (socket.connected) return 'connected'
  const { _readyState: state, _reconnecting: tries } = internalsOf(socket).io
  return awaited.has(socket) || (socket.active && (state !== 'closed' || tries)) ? 'connecting' : 'disconnected'
}

/** The same object until something has changed. */
const connectionOf = (socket: Socket): Connection => {
  const status = statusOf(socket)
  const known = watched.get(socket)
  if (!known?.error) return WITHOUT_ERROR[status]
  const { error, current } = known
  if (current.status !== status || current.error !== error) known.current = { status, error }
  return known.current
}

/** Watches a socket for as long as it is there: an error must not be missed by who comes later. */
const watch = (socket: Socket): Watched => {
  const known = watched.get(socket)
  if (known) return known
  const own: Watched = { current: WITHOUT_ERROR.connecting, error: undefined, hearers: new Set() }
  watched.set(socket, own)
  // Not at once: Socket.IO decides only after its events whether it tries again.
  const tell = (): void => queueMicrotask(() => own.hearers.forEach(hear => hear()))
  socket.on('connect_error', error => {
    own.error = connectErrorOf(error)
    tell()
  })
  socket.on('connect', () => {
    own.error = undefined
    tell()
  })
  socket.on('disconnect', tell)
  socket.io.on('open', tell).on('close', tell).on('reconnect_attempt', tell).on('reconnect_failed', tell)
  return own
}

/** That a socket will be connected. */
export const announce = (socket: Socket): void => void awaited.add(socket)

/** Connects what does not connect yet, which Socket.IO has no event for. */
export const begin = (socket: Socket): void => {
  const { hearers } = watch(socket)
  awaited.delete(socket)
  // One that is about to would ask the server twice.
  if (statusOf(socket) === 'disconnected') socket.connect()
  hearers.forEach(hear => hear())
}

/**
 * Whether a client is connected, and why not. A server renders `connecting`.
 *
 * @example
 * const { status, error } = useConnection(client)
 */
export const useConnection = ({ socket }: { readonly socket: Socket }): Connection => {
  useEarlyEffect(() => void watch(socket), [socket])
  const subscribe = useCallback(
    (hear: () => void) => {
      const { hearers } = watch(socket)
      hearers.add(hear)
      return () => void hearers.delete(hear)
    },
    [socket],
  )
  return useSyncExternalStore(
    subscribe,
    () => connectionOf(socket),
    () => WITHOUT_ERROR.connecting,
  )
}
