import { createServer } from 'node:http'
import { event, router } from '@ackwire/core'
import { attach } from '@ackwire/core/server'
import { TypeCompiler } from '@sinclair/typebox/compiler'
import { Server } from 'socket.io'
import { Input, Reply } from './input.js'
import { acknowledged, connected, listening, type Outcome, type Peer } from './peer.js'

type Ack = (reply: unknown) => void

const over = (bind: (io: Server) => void, read: (reply: unknown) => Outcome): Peer => ({
  listen() {
    const http = createServer()
    bind(new Server(http, { transports: ['websocket'] }))
    return listening(http)
  },
  connect: async port => acknowledged(await connected(port), read),
})

const has = (reply: unknown, property: string): Outcome =>
  typeof reply === 'object' && reply !== null && property in reply ? 'refused' : 'answered'

/** The Socket.IO peer that checks nothing. */
export const plain = over(
  io => io.on('connection', socket => socket.on('sign_up', (_: unknown, ack: Ack) => ack({ success: true }))),
  () => 'answered',
)

/** The Socket.IO peer with compiled checks of input and reply, which reports the first error. */
export const byHand = over(
  io => {
    const [input, reply] = [TypeCompiler.Compile(Input), TypeCompiler.Compile(Reply)]
    io.on('connection', socket =>
      socket.on('sign_up', (value: unknown, ack: Ack) => {
        if (!input.Check(value)) return ack({ error: input.Errors(value).First()?.message })
        const answer = { success: true }
        ack(reply.Check(answer) ? answer : { error: 'internal' })
      }),
    )
  },
  reply => has(reply, 'error'),
)

export const ackwire = over(
  io => {
    const server = attach(io, router({ sign_up: event.input(Input).ack(Reply) }))
    server.onError(() => undefined)
    server.on.sign_up(() => ({ success: true }))
  },
  reply => has(reply, '$error'),
)
