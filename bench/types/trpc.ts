import { each, type Contender } from './program.js'
import { ANSWER, input, INPUT, reply } from './shape.js'
import { zod4 } from './zod.js'

/** The tRPC contender. Its contract is the router with its handlers, and it can't declare an event's own errors. */
export const trpc: Contender = {
  program: events => ({
    'contract.ts': `import { initTRPC } from '@trpc/server'
import { z } from 'zod-4'

const t = initTRPC.create()
export const api = t.router({
${each(
  events,
  id => `  event${id}: t.procedure
    .input(${input(zod4, id)})
    .output(${reply(zod4, id)})
    .mutation(({ input }) => ${ANSWER(id)}),`,
)}
})
export type Api = typeof api`,
    'server.ts': `import { applyWSSHandler } from '@trpc/server/adapters/ws'
import { WebSocketServer } from 'ws'
import { api } from './contract.js'

applyWSSHandler({ wss: new WebSocketServer({ port: 0 }), router: api })`,
    'client.ts': `import { createTRPCClient, createWSClient, wsLink } from '@trpc/client'
import type { Api } from './contract.js'

const client = createTRPCClient<Api>({ links: [wsLink({ client: createWSClient({ url: 'ws://localhost' }) })] })
${each(events, id => `void client.event${id}.mutate(${INPUT(id)});`)}`,
  }),
  call: ['client.', '.mutate('],
  place: 'client.'.length,
}
