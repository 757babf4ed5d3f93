import type { Socket } from 'socket.io'
import { connectionKey } from './connection-key.js'
import { blockOf, type Block } from './blocked-rates.js'
import type { Own, Place } from './in-flight.js'
import { lineOf, type Line } from './packet-queue.js'
import type { CountedRate, EventLimits } from './limits.js'

/**
 * What is counted of one connection in one namespace of the contract, in all those together that a pattern stands for. To leave a
 * namespace and to join it again, which costs a client two packets, begins nothing anew.
 */
export interface Standing {
  readonly line: Line
  readonly block: Block
  readonly own: Own
  /** What plain listeners have not acked. */
  readonly unanswered: Set<Place>
  /** The connection's own rates that have counted something. */
  readonly rates: Set<CountedRate>
}

const standings = new WeakMap<Socket['conn'], Map<EventLimits, Standing>>()

/** Returns the standing of a socket's connection. It ends with the connection. */
export const standingOf = (limits: EventLimits, { conn }: Socket): Standing => {
  let known = standings.get(conn)
  if (known === undefined) {
    const all = new Map<EventLimits, Standing>()
    known = all
    standings.set(conn, known)
    // One listener for all namespaces, of which there can be more than Node thinks fit.
    conn.once('close', () => {
      for (const standing of all.values()) end(standing, conn)
      all.clear()
    })
  }
  const standing = known.get(limits) ?? {
    line: lineOf(),
    block: blockOf(),
    own: new Map(),
    unanswered: new Set(),
    rates: new Set(),
  }
  known.set(limits, standing)
  return standing
}

/** Lets go of what a connection has: what it still had at plain listeners, nobody will end. */
const end = ({ unanswered, rates }: Standing, conn: Socket['conn']): void => {
  for (const place of unanswered) place.leave(false)
  unanswered.clear()
  for (const rate of rates) rate.forget?.(connectionKey(conn))
  rates.clear()
}
