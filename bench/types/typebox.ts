import { each, type Contender, type Program } from './program.js'
import { zod4 } from './zod.js'
import { ANSWER, input, INPUT, properties, reply, REPLY, taken, type Words } from './shape.js'

const words: Words<string> = {
  string: 'Type.String()',
  email: `Type.String({ format: 'email' })`,
  integer: 'Type.Integer()',
  role: `Type.Union([Type.Literal('admin'), Type.Literal('member')])`,
  optional: type => `Type.Optional(${type})`,
  array: type => `Type.Array(${type})`,
  object: of => `Type.Object(${properties(of)})`,
}

/** Returns the events' schemas and their `Static` types: the minimum for typed events, without a contract. */
export const staticTypes = (events: number): Program => ({
  'contract.ts': `import { Type } from '@sinclair/typebox'
${each(
  events,
  id => `export const Input${id} = ${input(words, id)}
export const Reply${id} = ${reply(words, id)}
export const Taken${id} = ${taken(words, id)}`,
)}`,
  'values.ts': `import type { Static } from '@sinclair/typebox'
import type * as contract from './contract.js'
${each(
  events,
  id => `export const input${id}: Static<typeof contract.Input${id}> = ${INPUT(id)}
export const reply${id}: Static<typeof contract.Reply${id}> = ${REPLY(id)}`,
)}`,
})

/** Returns a contract's contender by the notation of its schemas, their imports, and what makes of one a schema of a contract. */
const contractIn = (notation: Words<string>, imports: string, made: (schema: string) => string): Contender => ({
  program: events => ({
    'contract.ts': `import { event, router } from '@ackwire/core'
${imports}

export const api = router({
${each(
  events,
  id =>
    `  event${id}: event.input(${made(input(notation, id))}).ack(${made(reply(notation, id))}).errors({ TAKEN: ${made(taken(notation, id))} }),`,
)}
})`,
    'server.ts': `import { attach } from '@ackwire/core/server'
import { Server } from 'socket.io'
import { api } from './contract.js'

const server = attach(new Server(), api)
${each(events, id => `server.on.event${id}(({ input }) => ${ANSWER(id)})`)}`,
    'client.ts': `import { createClient } from '@ackwire/client'
import type { api } from './contract.js'

const client = createClient<typeof api>()
${each(events, id => `void client.emit.event${id}(${INPUT(id)});`)}`,
  }),
  call: ['client.emit.', '('],
  place: 'client.emit.'.length,
})

export const ackwire = contractIn(words, `import { Type } from '@sinclair/typebox'`, schema => schema)

/** The contract in Zod. */
export const ackwireInZod = contractIn(
  zod4,
  `import { from } from '@ackwire/core/standard'\nimport { z } from 'zod-4'`,
  schema => `from(${schema})`,
)
