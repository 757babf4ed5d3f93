import type { Socket } from 'socket.io'
import type { Outbound } from './outbound/emitters.js'
import type { Departure } from './outbound/recipients.js'
import type { Parameters, Params } from '../codec/parameters.js'
import type { Reporter } from './observe/error-handler.js'
import { createAbortController, Signals } from './signal.js'
import type { Reader } from './stream-handles.js'

/** The state of a binding for one socket, from its connection until it leaves. */
export interface Connection {
  readonly socket: Socket
  readonly outbound: Outbound
  readonly parameters: Parameters
  /** The reporter of errors, and the namespace in the contract. */
  readonly inbound: { readonly reporter: Reporter; readonly namespace: string }
  /** The parameters of its namespace, read from its name for the first that asks for them. */
  params: Params | undefined
  /** Aborted when the socket disconnects. Created when its signal is first read. */
  disconnected: AbortController | undefined
  /** Called when the socket leaves. Created for the first. */
  leaveListeners: Set<() => void> | undefined
  /** The signals of calls with a time limit, aborted with it. Created for the first. */
  callSignals: Signals | undefined
  /** Its open streams by their ids. Created for the first. */
  streams: Map<string, Reader> | undefined
  /** Called when the last stream has ended and its reader knows of it. */
  onStreamsEnded: (() => void) | undefined
  /** True once the server has closed, and with it every call. */
  isClosed: boolean
  /** The packets in middleware that the application added later; absent without any. */
  passed: WeakMap<unknown[], ContinuePacket> | undefined
  /** Dispatches its packets, as middleware of the socket. */
  take: PacketMiddleware | undefined
  /** Continues with packets behind middleware that the application added later; absent without any. */
  finish: PacketMiddleware | undefined
  /** The connection of another binding of the same socket. */
  otherBinding: Connection | undefined
  /** The typed `emit` to this socket, made when it is first used. */
  emit: object | undefined
}

/** Takes a packet of a socket, and goes on to the application's own listeners by `next`. */
export type PacketMiddleware = (packet: unknown[], next: () => void) => void

/**
 * Continues with a packet behind middleware that the application has added later, unless it has to be dispatched anew: then
 * returns false.
 */
export type ContinuePacket = (next: () => void) => boolean

/** Creates the state for a socket that has connected. */
export const connectionOf = (
  socket: Socket,
  { outbound, parameters, inbound }: Pick<Connection, 'outbound' | 'parameters' | 'inbound'>,
): Connection => ({
  socket,
  outbound,
  parameters,
  inbound,
  params: undefined,
  disconnected: undefined,
  leaveListeners: undefined,
  callSignals: undefined,
  streams: undefined,
  onStreamsEnded: undefined,
  isClosed: false,
  passed: undefined,
  take: undefined,
  finish: undefined,
  otherBinding: undefined,
  emit: undefined,
})

/** The signal that is aborted when the socket leaves, or is already if it has left. */
export const disconnectSignalOf = (connection: Connection): AbortSignal => {
  connection.disconnected ??= createAbortController(signalReporter(connection, 'disconnect'))
  if (hasLeft(connection)) connection.disconnected.abort()
  return connection.disconnected.signal
}

/** Aborts the signal of a call when the socket leaves, or at once if it has left. */
export const addSignal = (connection: Connection, controller: AbortController): void => {
  if (hasLeft(connection)) return controller.abort()
  connection.callSignals ??= new Signals()
  connection.callSignals.add(controller)
}

const hasLeft = ({ isClosed, socket }: Connection): boolean => isClosed || !socket.connected

/**
 * Returns the departure of a socket, for whom a listener on its signal would be too much: a signal compares each new listener
 * with all that it has.
 */
export const departureOf = (connection: Connection): Departure => ({
  add(listener) {
    if (hasLeft(connection)) return false
    connection.leaveListeners ??= new Set()
    connection.leaveListeners.add(listener)
    return true
  },
  delete: listener => void connection.leaveListeners?.delete(listener),
})

const leave = (connection: Connection): void => {
  const listeners = connection.leaveListeners ?? []
  connection.leaveListeners = undefined
  connection.disconnected?.abort()
  connection.callSignals?.abort()
  for (const listener of listeners) listener()
}

/** Returns the function that reports what the listeners of a signal throw. */
export const signalReporter = ({ socket, inbound }: Connection, event: string) => {
  const { reporter, namespace } = inbound
  return (error: unknown): void => void reporter.tell({ error, phase: 'handler', event, namespace, socket })
}

/** Ends what runs for a socket that has left. */
export const endConnection = (connection: Connection): void => {
  leave(connection)
  for (const stream of connection.streams?.values() ?? []) stream.stop()
}

/** Calls back when the socket has no stream to read any more, which can be at once. */
export const afterStreams = (connection: Connection, done: () => void): void => {
  if ((connection.streams?.size ?? 0) === 0) done()
  else connection.onStreamsEnded = done
}

/** Ends what runs for a socket: its signal is aborted. */
export const closeConnection = (connection: Connection): void => {
  connection.isClosed = true
  leave(connection)
  for (const stream of connection.streams?.values() ?? []) stream.close()
}
