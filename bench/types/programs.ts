import { orpc } from './orpc.js'
import type { Contender } from './program.js'
import { eventMaps } from './socket-io.js'
import { trpc } from './trpc.js'
import { ackwire } from './typebox.js'
import { zodSockets } from './zod-sockets.js'

/** What the others are compared to. */
export const BASE = 'event maps'

/** The same application in the words of each library, in the order of the tables. */
export const contenders: ReadonlyMap<string, Contender> = new Map([
  [BASE, eventMaps],
  ['ackwire', ackwire],
  ['zod-sockets', zodSockets],
  ['tRPC', trpc],
  ['oRPC', orpc],
])
