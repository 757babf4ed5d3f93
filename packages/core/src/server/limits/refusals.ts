import type { Socket } from 'socket.io'
import { EventError } from '../../wire.js'
import type { Reporter } from '../observe/error-handler.js'
import { terminate } from '../socket-io-internals.js'

/** How often one client may be refused by limits before it is disconnected. */
export interface RefusalLimit {
  /** How many calls. */
  readonly calls: number
  /** Within how many seconds, from the first of them on. */
  readonly seconds: number
}

/** How a client has been refused over one transport, in all its namespaces. */
export interface RefusalCount {
  /** Whether it is disconnected for that: nothing more of it is taken. */
  readonly isExceeded: boolean
  /** Counts a refused call. Returns whether it is the one too many. */
  count(): boolean
}

/** Keeps the tally of each transport. */
export interface Refusals {
  readonly limit: RefusalLimit | false
  of(socket: Socket): RefusalCount
}

/** A client that goes on without end is read and refused without end, and all others wait for that. */
export const refusalsOf = (limit: RefusalLimit | false): Refusals => {
  const tallies = new WeakMap<Socket['conn'], RefusalCount>()
  return {
    limit,
    of({ conn }) {
      if (limit === false) return UNLIMITED
      const tally = tallies.get(conn) ?? refusalCountOf(limit)
      tallies.set(conn, tally)
      return tally
    },
  }
}

const UNLIMITED: RefusalCount = { isExceeded: false, count: () => false }

const refusalCountOf = ({ calls, seconds }: RefusalLimit): RefusalCount => {
  let [since, refused, isOver] = [0, 0, false]
  return {
    get isExceeded() {
      return isOver
    },
    count() {
      const now = performance.now()
      if (refused === 0 || now - since > seconds * 1_000) [since, refused] = [now, 0]
      if (isOver || ++refused <= calls) return false
      isOver = true
      return true
    },
  }
}

/** Where a client was refused, and who is told of it. */
interface RefusalPlace {
  readonly namespace: string
  readonly refusals: Refusals
  readonly reporter: Reporter
}

/** Counts a refusal that a client has caused. The client that causes them without end is disconnected. */
export const countRefusal = (place: RefusalPlace, event: string, socket: Socket): void => {
  if (place.refusals.of(socket).count()) disconnectRefused(place, event, socket)
}

/** Ends the transport of a client that was refused too often, at once: what it has still to be told is not worth more reading. */
const disconnectRefused = ({ namespace, refusals, reporter }: RefusalPlace, event: string, socket: Socket): void => {
  const error = new EventError(
    'RATE_LIMITED',
    refusals.limit,
    'The client was disconnected because its messages were rejected too often',
  )
  reporter.tell({ error, phase: 'limit', event, namespace, socket })
  const { conn } = socket
  const { transport } = conn
  conn.close(true)
  terminate(transport)
}
