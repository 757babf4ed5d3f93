import { attach } from '@ackwire/core/server'
import * as docs from '@ackwire/docs'
import fastify, { type FastifyInstance } from 'fastify'
import { Server } from 'socket.io'
import { api } from './contract.js'

/** An application as it may stand already: its own routes, and now sockets beside them, on the same port. */
export const build = (): FastifyInstance => {
  const app = fastify()
  const io = new Server(app.server)
  const server = attach(io, api)

  server.on.follow(async ({ input: order, socket }) => {
    await socket.join(order)
  })

  // A route reaches the sockets.
  app.post<{ Params: { order: string } }>('/orders/:order/ship', ({ params: { order } }) => {
    server.to(order).emit.shipped({ order, at: new Date().toISOString() })
    return { order, status: 'shipped' }
  })

  const page = docs.handler(api, { path: '/docs' })
  app.get('/docs*', (request, reply) => {
    reply.hijack()
    page(request.raw, reply.raw)
  })

  // Fastify closes the HTTP server; what is running is waited for before, and then nobody holds a connection.
  app.addHook('preClose', async () => {
    await server.close({ drain: 5_000 })
    io.disconnectSockets(true)
    io.engine.close()
  })
  return app
}
