import { z } from 'zod'
import { ActionsFactory, createSimpleConfig, Integration } from 'zod-sockets'
import { each, idOf, type Contender } from './program.js'
import { ANSWER, input, INPUT, reply, type Words } from './shape.js'
import { words } from './zod.js'

// This version of zod-sockets takes schemas of Zod 3.
const zod3 = words('z.string().email()', 'z.number().int()')
const schemas: Words<z.ZodTypeAny> = {
  string: z.string(),
  email: z.string().email(),
  integer: z.number().int(),
  role: z.enum(['admin', 'member']),
  optional: type => type.optional(),
  array: type => type.array(),
  object: of => z.object(of),
}

/** Returns the client types that zod-sockets' generator writes. */
const generated = (events: number): string => {
  const config = createSimpleConfig({ startupLogo: false })
  const factory = new ActionsFactory(config)
  const actions = Array.from({ length: events }, (_, index) =>
    factory.build({
      event: `event${idOf(index)}`,
      input: z.tuple([input(schemas, idOf(index))]),
      output: z.tuple([reply(schemas, idOf(index))]),
      handler: async () => [{}] as const,
    }),
  )
  return new Integration({ config, actions }).print()
}

/**
 * The zod-sockets contender. Actions contain their handlers, and the client's types are generated from them. It can't declare an
 * event's own errors.
 */
export const zodSockets: Contender = {
  program: events => ({
    'contract.ts': `import { z } from 'zod'
import { ActionsFactory, createSimpleConfig } from 'zod-sockets'

export const config = createSimpleConfig()
const factory = new ActionsFactory(config)
export const actions = [
${each(
  events,
  id => `  factory.build({
    event: 'event${id}',
    input: z.tuple([${input(zod3, id)}]),
    output: z.tuple([${reply(zod3, id)}]),
    handler: async ({ input: [input] }) => [${ANSWER(id)}],
  }),`,
)}
]`,
    'server.ts': `import { createServer } from 'node:http'
import { Server } from 'socket.io'
import { attachSockets } from 'zod-sockets'
import { actions, config } from './contract.js'

await attachSockets({ io: new Server(), config, actions, target: createServer() })`,
    'generated.ts': generated(events),
    'client.ts': `import { io } from 'socket.io-client'
import { Root } from './generated.js'

const client: Root.Socket = io(Root.path)
${each(events, id => `void client.emitWithAck('event${id}', ${INPUT(id)});`)}`,
  }),
  call: [`client.emitWithAck('`, `', `],
  place: 'client.'.length,
}
