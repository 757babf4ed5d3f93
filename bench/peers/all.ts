import type { Peer } from './peer.js'

const plain = async (): Promise<Peer> => (await import('./socket-io.js')).plain

/** The contenders that check and refuse nothing: the baseline, and a second run of it that shows the noise. */
export const UNCHECKED = ['Socket.IO, no check', 'the same again'] as const

/** Every contender, in the order of the table. */
export const PEERS: ReadonlyMap<string, () => Promise<Peer>> = new Map([
  [UNCHECKED[0], plain],
  [UNCHECKED[1], plain],
  ['ws and JSON', async () => (await import('./ws.js')).ws],
  ['Socket.IO, checks by hand', async () => (await import('./socket-io.js')).byHand],
  ['ackwire', async () => (await import('./socket-io.js')).ackwire],
  ['zod-sockets', async () => (await import('./zod-sockets.js')).zodSockets],
  ['tRPC', async () => (await import('./trpc.js')).trpc],
  ['oRPC', async () => (await import('./orpc.js')).orpc],
  ['Feathers', async () => (await import('./feathers.js')).feathersjs],
  ['NestJS', async () => (await import('./nest.js')).nest],
])

/** Loads a contender by its name. @throws Error for an unknown name. */
export const peerOf = (name: string): Promise<Peer> => {
  const load = PEERS.get(name)
  if (load === undefined) throw new Error(`unknown contender ${name}; expected one of ${[...PEERS.keys()].join(', ')}`)
  return load()
}
