import { once } from 'node:events'
import { createServer } from 'node:http'
import { TypeCompiler } from '@sinclair/typebox/compiler'
import { WebSocket, WebSocketServer } from 'ws'
import { Input, Reply } from './input.js'
import { listening, type Outcome, type Peer } from './peer.js'

interface Message {
  readonly id: number
  readonly input?: unknown
  readonly error?: string
}

/** The peer on a bare websocket with JSON, without events, rooms or reconnection: the floor of the comparison. */
export const ws: Peer = {
  listen() {
    const http = createServer()
    const [input, reply] = [TypeCompiler.Compile(Input), TypeCompiler.Compile(Reply)]
    new WebSocketServer({ server: http }).on('connection', socket =>
      socket.on('message', data => {
        const message = JSON.parse(String(data)) as Message
        const answer = { success: true }
        const isGood = input.Check(message.input) && reply.Check(answer)
        socket.send(JSON.stringify({ id: message.id, ...(isGood ? answer : { error: 'invalid' }) }))
      }),
    )
    return listening(http)
  },
  async connect(port) {
    const socket = new WebSocket(`ws://127.0.0.1:${port}`)
    await once(socket, 'open')
    const waiting = new Map<number, (outcome: Outcome) => void>()
    let last = 0
    socket.on('message', data => {
      const { id, error } = JSON.parse(String(data)) as Message
      waiting.get(id)?.(error === undefined ? 'answered' : 'refused')
      waiting.delete(id)
    })
    return {
      call: input =>
        new Promise(resolve => {
          waiting.set(++last, resolve)
          socket.send(JSON.stringify({ id: last, input }))
        }),
      close: () => socket.close(),
    }
  },
}
