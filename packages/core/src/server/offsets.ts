import type { Namespace, Socket } from 'socket.io'
import type { NamespaceData } from '../contract/contract.js'
import { appendsOffsets, recoversSessions, markSession } from './socket-io-internals.js'

/** The last character of a session's id if every output without an ack has an offset or `null` behind its arguments. */
const OFFSET_ON_EVERY_OUTPUT = '+'
/** The last character of a session's id if no output has an offset, since the adapter can't recover any. */
const OFFSET_ON_NO_OUTPUT = '.'

type Adapter = Namespace['adapter']

/** The adapters whose broadcasts append something to every output without an ack. */
const completed = new WeakSet<Adapter>()

/** Completes the offsets of connection state recovery in a namespace. */
export interface Offsets {
  /** Tells the client of a socket that is about to be let in. */
  announce(socket: Socket): void
  /** Sees to it that the outputs have what clients were told of, also in a process that has announced nothing yet. */
  complete(socket: Socket): void
}

/**
 * Adapters append an offset to the arguments of an output only if it can be delivered again, so that a client can't tell it from a
 * last argument that is text. Every other output without an ack gets `null` in its place, and the session's id tells the client. A
 * namespace without outputs in the contract is left as it is.
 */
export const offsetsOf = ({ events }: NamespaceData): Offsets => {
  if (!events.some(({ direction }) => direction === 'output')) return { announce() {}, complete() {} }
  return {
    announce(socket) {
      const mark = complete(socket)
      if (mark !== undefined) markSession(socket, mark)
    },
    complete,
  }
}

/** Returns the mark for the ids of sessions, or nothing if it is unknown what the adapter does. */
const complete = ({ nsp: { adapter, server } }: Socket): string | undefined => {
  const appends = recoversSessions(server) ? appendsOffsets(adapter) : undefined
  if (!appends) return appends === false ? OFFSET_ON_NO_OUTPUT : undefined
  if (completed.has(adapter)) return OFFSET_ON_EVERY_OUTPUT
  completed.add(adapter)
  const broadcast = adapter.broadcast.bind(adapter)
  adapter.broadcast = (packet: { readonly id?: number; readonly data: unknown[] }, options) => {
    if (packet.id === undefined && !appends(options.flags ?? {})) packet.data.push(null)
    broadcast(packet, options)
  }
  return OFFSET_ON_EVERY_OUTPUT
}
