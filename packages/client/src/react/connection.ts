import { useCallback, useSyncExternalStore } from 'react'
import type { Socket } from 'socket.io-client'
import { connectErrorOf, type ConnectError } from '../connect-error.js'
import { isRetrying } from '../retry.js'
import { internalsOf } from '../socket-io-internals.js'
import { useEarlyEffect } from './stable.js'

/** The state of a client's connection. */
export interface Connection {
  /** `connecting` also applies between two attempts; `disconnected` means that no further attempt is made. */
  readonly status: 'connecting' | 'connected' | 'disconnected'
  /** The reason why the last attempt failed; `undefined` again once one succeeds. */
  readonly error: ConnectError | undefined
}

/** The last known state of a socket, with its subscribers. */
interface Watched {
  current: Connection
  error: ConnectError | undefined
  readonly hearers: Set<() => void>
}

const watched = new WeakMap<Socket, Watched>()

/** Sockets that will connect once the component that created them is mounted. */
const awaited = new WeakSet<Socket>()

const WITHOUT_ERROR: Readonly<Record<Connection['status'], Connection>> = {
  connecting: { status: 'connecting', error: undefined },
  connected: { status: 'connected', error: undefined },
  disconnected: { status: 'disconnected', error: undefined },
}

const statusOf = (socket: Socket): Connection['status'] => {
  if (socket.connected) return 'connected'
  const { _readyState: state, _reconnecting: tries } = internalsOf(socket).io
  return awaited.has(socket) || isRetrying(socket) === true || (socket.active && (state !== 'closed' || tries))
    ? 'connecting'
    : 'disconnected'
}

/** Returns the same object until the state changes. */
const connectionOf = (socket: Socket): Connection => {
  const status = statusOf(socket)
  const known = watched.get(socket)
  if (!known?.error) return WITHOUT_ERROR[status]
  const { error, current } = known
  if (current.status !== status || current.error !== error) known.current = { status, error }
  return known.current
}

/** Watches a socket for its whole life, so that later subscribers see earlier errors. */
const watch = (socket: Socket): Watched => {
  const known = watched.get(socket)
  if (known) return known
  const own: Watched = { current: WITHOUT_ERROR.connecting, error: undefined, hearers: new Set() }
  watched.set(socket, own)
  // Deferred, since Socket.IO decides whether it reconnects after its events.
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

/** Announces that a socket will be connected. */
export const announce = (socket: Socket): void => void awaited.add(socket)

/** Connects a socket that is disconnected; Socket.IO has no event for the start of a connection. */
export const begin = (socket: Socket): void => {
  const { hearers } = watch(socket)
  awaited.delete(socket)
  // A socket that is connecting already would send a second request.
  if (statusOf(socket) === 'disconnected') socket.connect()
  hearers.forEach(hear => hear())
}

/**
 * Returns the state of a client's connection. During server rendering it is `connecting`.
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
