import { each, type Contender } from './program.js'
import { ANSWER, input, INPUT, properties, reply, type Words } from './shape.js'

const words: Words<string> = {
  string: 'string',
  email: 'string',
  integer: 'number',
  role: `'admin' | 'member'`,
  optional: type => `?${type}`,
  array: type => `${type}[]`,
  object: of => properties(of).replaceAll(': ?', '?: '),
}

/** The contender with Socket.IO's own event maps, written by hand. */
export const eventMaps: Contender = {
  program: events => ({
    'contract.ts': `export interface ClientToServerEvents {
${each(events, id => `  event${id}: (input: ${input(words, id)}, ack: (reply: ${reply(words, id)}) => void) => void`)}
}`,
    'server.ts': `import { Server } from 'socket.io'
import type { ClientToServerEvents } from './contract.js'

new Server<ClientToServerEvents>().on('connection', socket => {
${each(events, id => `  socket.on('event${id}', (input, ack) => ack(${ANSWER(id)}))`)}
})`,
    'client.ts': `import { io, type Socket } from 'socket.io-client'
import type { ClientToServerEvents } from './contract.js'

const client: Socket<{}, ClientToServerEvents> = io()
${each(events, id => `void client.emitWithAck('event${id}', ${INPUT(id)});`)}`,
  }),
  call: [`client.emitWithAck('`, `', `],
  place: 'client.'.length,
}
