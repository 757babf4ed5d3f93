import type { Peer } from './peer.js'

/** Every contender, in the order of the table. The first is what the others are measured by. */
export const PEERS: ReadonlyMap<string, () => Promise<Peer>> = new Map([
  ['Socket.IO, no check', async () => (await import('./socket-io.js')).plain],
  ['ws and JSON', async () => (await import('./ws.js')).ws],
  ['Socket.IO, checks by hand', async () => (await import('./socket-io.js')).byHand],
  ['ackwire', async () => (await import('./socket-io.js')).ackwire],
  ['zod-sockets', async () => (await import('./zod-sockets.js')).zodSockets],
  ['tRPC', async () => (await import('./trpc.js')).trpc],
  ['oRPC', async () => (await import('./orpc.js')).orpc],
  ['Feathers', async () => (await import('./feathers.js')).feathersjs],
  ['NestJS', async () => (await import('./nest.js')).nest],
])

/** Loads a contender by its name. */
export const peerOf = (name: string): Promise<Peer> => {
  const load = PEERS.get(name)
  if (load === undefined) throw new Error(`no such contender: ${name}; there are ${[...PEERS.keys()].join(', ')}`)
  return load()
}
