import { orpc } from './orpc.js'
import type { Contender } from './program.js'
import { eventMaps } from './socket-io.js'
import { trpc } from './trpc.js'
import { ackwire, ackwireInZod } from './typebox.js'
import { zodSockets } from './zod-sockets.js'

/** The baseline of all ratios. */
export const BASE = 'event maps'

/** The application as it is written for each library, in the order of the tables. */
export const contenders: ReadonlyMap<string, Contender> = new Map([
  [BASE, eventMaps],
  ['ackwire', ackwire],
  ['ackwire, Zod', ackwireInZod],
  ['zod-sockets', zodSockets],
  ['tRPC', trpc],
  ['oRPC', orpc],
])
