/** The sources of one application, by file: so many events, a handler for each, a call of each. */
export type Program = Readonly<Record<string, string>>

const input = (id: string): string => `Type.Object({
    email${id}: Type.String({ format: 'email' }),
    age: Type.Optional(Type.Integer()),
    tags: Type.Array(Type.String()),
    role: Type.Union([Type.Literal('admin'), Type.Literal('member')]),
    address: Type.Object({ city: Type.String(), zip${id}: Type.Optional(Type.String()) }),
  })`
const reply = (id: string): string => `Type.Object({
    id${id}: Type.Integer(),
    name: Type.String(),
    friends: Type.Array(Type.Object({ name${id}: Type.String() })),
  })`
const taken = (id: string): string => `Type.Object({ suggestion${id}: Type.String() })`

const INPUT = (id: string): string => `{ email${id}: '', tags: [''], role: 'admin', address: { city: '' } }`
const REPLY = (id: string): string => `{ id${id}: 1, name: '', friends: [{ name${id}: '' }] }`

const each = (count: number, line: (id: string) => string): string =>
  Array.from({ length: count }, (_, index) => line(String(index).padStart(4, '0'))).join('\n')

/** The schemas of the events, and what `Static` makes of them: all that an event is typed by without a contract. */
const schemas = (count: number): Program => ({
  'contract.ts': `import { Type } from '@sinclair/typebox'
${each(
  count,
  id => `export const Input${id} = ${input(id)}
export const Reply${id} = ${reply(id)}
export const Taken${id} = ${taken(id)}`,
)}`,
  'values.ts': `import type { Static } from '@sinclair/typebox'
import type * as contract from './contract.js'
${each(
  count,
  id => `export const input${id}: Static<typeof contract.Input${id}> = ${INPUT(id)}
export const reply${id}: Static<typeof contract.Reply${id}> = ${REPLY(id)}`,
)}`,
})

const ackwire = (count: number): Program => ({
  'contract.ts': `import { event, router } from '@ackwire/core'
import { Type } from '@sinclair/typebox'

export const api = router({
${each(count, id => `  event${id}: event.input(${input(id)}).ack(${reply(id)}).errors({ TAKEN: ${taken(id)} }),`)}
})`,
  'server.ts': `import { attach } from '@ackwire/core/server'
import { Server } from 'socket.io'
import { api } from './contract.js'

const server = attach(new Server(), api)
${each(count, id => `server.on.event${id}(({ input }) => (input.age === 1 ? ${REPLY(id)} : ${REPLY(id)}))`)}`,
  'client.ts': `import { createClient } from '@ackwire/client'
import type { api } from './contract.js'

const client = createClient<typeof api>()
${each(count, id => `void client.emit.event${id}(${INPUT(id)})`)}`,
})

const eventMaps = (count: number): Program => ({
  'contract.ts': `export interface ClientToServerEvents {
${each(
  count,
  id => `  event${id}: (
    input: {
      email${id}: string; age?: number; tags: string[]; role: 'admin' | 'member'
      address: { city: string; zip${id}?: string }
    },
    ack: (reply: { id${id}: number; name: string; friends: { name${id}: string }[] }) => void,
  ) => void`,
)}
}`,
  'server.ts': `import { Server } from 'socket.io'
import type { ClientToServerEvents } from './contract.js'

new Server<ClientToServerEvents>().on('connection', socket => {
${each(count, id => `  socket.on('event${id}', (input, ack) => ack(input.age === 1 ? ${REPLY(id)} : ${REPLY(id)}))`)}
})`,
  'client.ts': `import { io, type Socket } from 'socket.io-client'
import type { ClientToServerEvents } from './contract.js'

const client: Socket<{}, ClientToServerEvents> = io()
${each(count, id => `void client.emitWithAck('event${id}', ${INPUT(id)})`)}`,
})

/** By name, the application as each contender has it. `Static` has no more than the types of its values. */
export const programs = { Static: schemas, ackwire, 'event maps': eventMaps } as const
