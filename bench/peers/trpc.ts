import { createServer } from 'node:http'
import { createTRPCClient, createWSClient, TRPCClientError, wsLink } from '@trpc/client'
import { initTRPC } from '@trpc/server'
import { applyWSSHandler } from '@trpc/server/adapters/ws'
import { WebSocket, WebSocketServer } from 'ws'
import { ZodInput, ZodReply } from './input.js'
import { listening, type Peer } from './peer.js'

const t = initTRPC.create()
const router = t.router({
  sign_up: t.procedure
    .input(ZodInput)
    .output(ZodReply)
    .mutation(() => ({ success: true })),
})

export const trpc: Peer = {
  listen() {
    const http = createServer()
    applyWSSHandler({ wss: new WebSocketServer({ server: http }), router })
    return listening(http)
  },
  async connect(port) {
    const socket = createWSClient({ url: `ws://127.0.0.1:${port}`, WebSocket: WebSocket as never })
    const client = createTRPCClient<typeof router>({ links: [wsLink({ client: socket })] })
    return {
      call: input =>
        client.sign_up.mutate(input as never).then(
          () => 'answered' as const,
          error => {
            if (error instanceof TRPCClientError && error.data?.code === 'BAD_REQUEST') return 'refused' as const
            throw error
          },
        ),
      close: () => void socket.close(),
    }
  },
}
