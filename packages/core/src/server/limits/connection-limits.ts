import type { Socket } from 'socket.io'
import { connectionKey } from './connection-key.js'
import { blockedRatesOf, type BlockedRates } from './blocked-rates.js'
import type { CallsByCount, Slot } from './in-flight.js'
import { packetQueueOf, type PacketQueue } from './packet-queue.js'
import type { CountedRate } from './counted-rate.js'
import type { EventLimits } from './limits.js'

/**
 * The counts of one connection in one namespace of the contract; a pattern's namespaces are counted together. To leave a
 * namespace and to join it again, which costs a client two packets, begins nothing anew.
 */
export interface ConnectionLimits {
  readonly queue: PacketQueue
  readonly blockedRates: BlockedRates
  readonly ownCalls: CallsByCount
  /** The slots of calls that plain listeners have not acked. */
  readonly unackedSlots: Set<Slot>
  /** The connection's own rates that have counted something. */
  readonly rates: Set<CountedRate>
}

const limitsByConnection = new WeakMap<Socket['conn'], Map<EventLimits, ConnectionLimits>>()

/** Returns the counts of a socket's connection. It ends with the connection. */
export const connectionLimitsOf = (limits: EventLimits, { conn }: Socket): ConnectionLimits => {
  let known = limitsByConnection.get(conn)
  if (known === undefined) {
    const all = new Map<EventLimits, ConnectionLimits>()
    known = all
    limitsByConnection.set(conn, known)
    // One listener for all namespaces, of which there can be more than Node thinks fit.
    conn.once('close', () => {
      for (const own of all.values()) end(own, conn)
      all.clear()
    })
  }
  const own = known.get(limits) ?? {
    queue: packetQueueOf(),
    blockedRates: blockedRatesOf(),
    ownCalls: new Map(),
    unackedSlots: new Set(),
    rates: new Set(),
  }
  known.set(limits, own)
  return own
}

/** Frees what a connection has; slots that plain listeners still hold are released, since nobody will. */
const end = ({ unackedSlots, rates }: ConnectionLimits, conn: Socket['conn']): void => {
  for (const place of unackedSlots) place.release(false)
  unackedSlots.clear()
  for (const rate of rates) rate.forget?.(connectionKey(conn))
  rates.clear()
}
