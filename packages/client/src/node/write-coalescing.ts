import type { Manager } from 'socket.io-client'
import { joinFrames } from './frames.js'
import { hookWrites, isOpen } from './socket-io-internals.js'

const coalesced = new WeakSet<Manager>()

/**
 * Writes the packets that a connection, and each later one of the same manager, sends at once by one system call instead of one for
 * each: the frames of messages are joined, and if there are also bytes, the TCP socket is corked.
 */
export const coalesceWrites = (manager: Manager): void => {
  if (coalesced.has(manager)) return
  coalesced.add(manager)
  const begin = (): void => {
    const { engine } = manager
    hookWrites(engine.transport, joinFrames)
    engine.on('upgrade', transport => hookWrites(transport, joinFrames))
  }
  manager.on('open', begin)
  if (isOpen(manager)) begin()
}
