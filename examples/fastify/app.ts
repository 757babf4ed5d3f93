import { attach } from '@ackwire/core/server'
import * as docs from '@ackwire/docs'
import fastify, { type FastifyInstance } from 'fastify'
import { Server } from 'socket.io'
import { api } from './contract.js'

/** Builds an existing application with its own routes, and adds sockets on the same port. */
export const build = (): FastifyInstance => {
  const app = fastify()
  const io = new Server(app.server)
  const server = attach(io, api)

  server.on.follow(async ({ input: order, socket }) => {
    await socket.join(order)
  })

  // Routes can emit to sockets.
  app.post<{ Params: { order: string } }>('/orders/:order/ship', ({ params: { order } }) => {
    server.to(order).emit.shipped({ order, at: new Date().toISOString() })
    return { order, status: 'shipped' }
  })

  const page = docs.handler(api, { path: '/docs' })
  app.get('/docs*', (request, reply) => {
    reply.hijack()
    page(request.raw, reply.raw)
  })

  // Drains running calls and disconnects the clients before Fastify closes the HTTP server, which waits for open connections.
  app.addHook('preClose', async () => {
    await server.close({ drain: 5_000 })
    io.disconnectSockets(true)
    io.engine.close()
  })
  return app
}
