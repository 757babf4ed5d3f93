import { createServer } from 'node:http'
import { Server } from 'socket.io'
import { z } from 'zod'
import { ActionsFactory, attachSockets, createSimpleConfig, InputValidationError } from 'zod-sockets'
import { connected, inTurn, listening, type Peer } from './peer.js'

// This version of zod-sockets takes schemas of Zod 3.
const Input = z.object({
  email: z.string(),
  password: z.string().min(6),
  friends: z.array(z.object({ name: z.string(), age: z.number().int() })).optional(),
})

const config = createSimpleConfig({
  startupLogo: false,
  emission: { refused: { schema: z.tuple([z.string()]) } },
  hooks: {
    onError: async ({ error, client }) => {
      if (error instanceof InputValidationError) await client?.emit('refused', error.message)
    },
  },
})
const signUp = new ActionsFactory(config).build({
  event: 'sign_up',
  input: z.tuple([Input]),
  output: z.tuple([z.object({ success: z.boolean() })]),
  handler: async () => [{ success: true }] as const,
})

const silent = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} }

/** The zod-sockets peer. A refusal is emitted by the error hook, as its documentation shows, and the ack is not called. */
export const zodSockets: Peer = {
  async listen() {
    const http = createServer()
    const io = new Server({ transports: ['websocket'] })
    await attachSockets({ io, config, actions: [signUp], target: http, logger: silent })
    return listening(http)
  },
  async connect(port) {
    const socket = await connected(port)
    return inTurn(socket, 'refused', (input, answer) => socket.emit('sign_up', input, answer))
  },
}
