import type { Writable } from 'node:stream'
import type { Socket } from 'socket.io'
import { engineOf, joinPackets, tcpSocketOf, type Engine, type EnginePacket } from './socket-io-internals.js'
import { createFrameJoiner } from './websocket-frames.js'

type EngineSocket = Socket['conn']

/** Writes the packets that a connection sends at once by one system call instead of one for each. */
export interface WriteCoalescing {
  /** Begins with all connections of the engine of this one. */
  readonly add: (conn: EngineSocket) => void
  /** Ends with all of them, unless another binding of the same server coalesces their writes, too. */
  readonly stop: () => void
}

/** The coalescing of an engine's writes, shared by the bindings that want it. */
interface Coalesced {
  users: number
  readonly stop: () => void
}

const engines = new WeakMap<Engine, Coalesced>()

/** Creates the coalescing of a binding, which begins with the first connection of each engine. */
export const createWriteCoalescing = (): WriteCoalescing => {
  const used = new Set<Engine>()
  return {
    add(conn) {
      const engine = engineOf(conn)
      if (engine === undefined || used.has(engine)) return
      used.add(engine)
      const coalesced = engines.get(engine) ?? { users: 0, stop: coalesce(engine) }
      coalesced.users++
      engines.set(engine, coalesced)
    },
    stop() {
      for (const engine of used) {
        const coalesced = engines.get(engine)
        if (coalesced === undefined || --coalesced.users > 0) continue
        engines.delete(engine)
        coalesced.stop()
      }
      used.clear()
    },
  }
}

/**
 * Prepares what Engine.IO is about to hand to a websocket, which happens without a break between the events `flush` and `drain`:
 * the frames of messages are joined, and if there are also bytes, the TCP socket is corked. Returns the function that ends it.
 */
const coalesce = (engine: Engine): (() => void) => {
  const join = createFrameJoiner()
  /** The connections that are corked: at most one, unless a listener of `flush` sends to another. */
  const corked = new Map<EngineSocket, Writable>()
  const uncork = (conn: EngineSocket): void => {
    const socket = corked.get(conn)
    if (socket === undefined) return
    corked.delete(conn)
    socket.uncork()
  }
  let isChecked = false
  // Only what a listener of `drain` throws leaves any corked.
  const check = (): void => {
    isChecked = false
    for (const conn of corked.keys()) uncork(conn)
  }
  const cork = (conn: EngineSocket): void => {
    const socket = corked.has(conn) ? undefined : tcpSocketOf(conn.transport)
    if (socket === undefined) return
    socket.cork()
    corked.set(conn, socket)
    if (!isChecked) process.nextTick(check)
    isChecked = true
  }
  const flush = (conn: EngineSocket, packets: EnginePacket[]): void => {
    if (!joinPackets(conn.transport, packets, join) && packets.length > 1) cork(conn)
  }
  engine.on('flush', flush).on('drain', uncork)
  return () => {
    engine.off('flush', flush).off('drain', uncork)
    check()
  }
}
