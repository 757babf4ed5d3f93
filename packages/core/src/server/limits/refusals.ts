import type { Socket } from 'socket.io'
import { EventError } from '../../wire.js'
import type { Reporter } from '../observe/error-handler.js'
import { terminate } from '../socket-io-internals.js'

/** The number of refusals after which a client is disconnected. */
export interface RefusalLimit {
  /** The number of refused calls. */
  readonly calls: number
  /** The period in seconds, from the first of them on. */
  readonly seconds: number
}

/** The refusals of a client over one transport, in all its namespaces. */
export interface RefusalCount {
  /** True once the client is disconnected for them; its packets are dropped from then on. */
  readonly isExceeded: boolean
  /** Counts a refused call. Returns true for the one that exceeds the limit. */
  count(): boolean
}

/** Keeps the refusals of each transport. */
export interface Refusals {
  readonly limit: RefusalLimit | false
  of(socket: Socket): RefusalCount
}

/** Creates the counts of refusals. Without a limit, rejecting an endless flood of calls would slow down all other clients. */
export const refusalsOf = (limit: RefusalLimit | false): Refusals => {
  const counts = new WeakMap<Socket['conn'], RefusalCount>()
  return {
    limit,
    of({ conn }) {
      if (limit === false) return UNLIMITED
      const known = counts.get(conn) ?? refusalCountOf(limit)
      counts.set(conn, known)
      return known
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

/** The namespace in which a client was refused, and the reporter of the refusal. */
interface RefusalPlace {
  readonly namespace: string
  readonly refusals: Refusals
  readonly reporter: Reporter
}

/** Counts a refusal that a client has caused; disconnects the client if it exceeds the limit. */
export const countRefusal = (place: RefusalPlace, event: string, socket: Socket): void => {
  if (place.refusals.of(socket).count()) disconnectRefused(place, event, socket)
}

/** Closes the transport of a client that was refused too often, at once, so that no more packets are read while it closes. */
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
