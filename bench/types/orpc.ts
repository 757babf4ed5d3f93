import { each, type Contender } from './program.js'
import { ANSWER, input, INPUT, reply, taken } from './shape.js'
import { zod4 } from './zod.js'

/** The oRPC contender, contract first: the handlers are separate from the contract, and the client needs only the contract. */
export const orpc: Contender = {
  program: events => ({
    'contract.ts': `import { oc } from '@orpc/contract'
import { z } from 'zod-4'

export const api = {
${each(
  events,
  id => `  event${id}: oc
    .input(${input(zod4, id)})
    .output(${reply(zod4, id)})
    .errors({ TAKEN: { data: ${taken(zod4, id)} } }),`,
)}
}`,
    'server.ts': `import { implement } from '@orpc/server'
import { RPCHandler } from '@orpc/server/ws'
import { api } from './contract.js'

const os = implement(api)
const router = os.router({
${each(events, id => `  event${id}: os.event${id}.handler(({ input }) => ${ANSWER(id)}),`)}
})
export const handler = new RPCHandler(router)`,
    'client.ts': `import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/websocket'
import type { ContractRouterClient } from '@orpc/contract'
import type { api } from './contract.js'

declare const websocket: ConstructorParameters<typeof RPCLink>[0]['websocket']
const client: ContractRouterClient<typeof api> = createORPCClient(new RPCLink({ websocket }))
${each(events, id => `void client.event${id}(${INPUT(id)});`)}`,
  }),
  call: ['client.', '('],
  place: 'client.'.length,
}
