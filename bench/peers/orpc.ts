import { once } from 'node:events'
import { createServer } from 'node:http'
import { createORPCClient, ORPCError } from '@orpc/client'
import { RPCLink } from '@orpc/client/websocket'
import { os, type RouterClient } from '@orpc/server'
import { RPCHandler } from '@orpc/server/ws'
import { WebSocket, WebSocketServer } from 'ws'
import { ZodInput, ZodReply } from './input.js'
import { listening, type Peer } from './peer.js'

const router = {
  sign_up: os
    .input(ZodInput)
    .output(ZodReply)
    .handler(() => ({ success: true })),
}

export const orpc: Peer = {
  listen() {
    const http = createServer()
    const handler = new RPCHandler(router)
    new WebSocketServer({ server: http }).on('connection', socket => void handler.upgrade(socket))
    return listening(http)
  },
  async connect(port) {
    const websocket = new WebSocket(`ws://127.0.0.1:${port}`)
    await once(websocket, 'open')
    const client: RouterClient<typeof router> = createORPCClient(new RPCLink({ websocket: websocket as never }))
    return {
      call: input =>
        client.sign_up(input as never).then(
          () => 'answered' as const,
          error => {
            if (error instanceof ORPCError && error.code === 'BAD_REQUEST') return 'refused' as const
            throw error
          },
        ),
      close: () => websocket.close(),
    }
  },
}
