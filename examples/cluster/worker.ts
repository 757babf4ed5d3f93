/** One worker: a server as any other, but for its adapter. */
import { createServer } from 'node:http'
import { setTimeout } from 'node:timers/promises'
import { attach } from '@ackwire/core/server'
import { createAdapter as clusterAdapter } from '@socket.io/cluster-adapter'
import { createAdapter as redisAdapter } from '@socket.io/redis-streams-adapter'
import { setupWorker } from '@socket.io/sticky'
import { Redis } from 'ioredis'
import { Server } from 'socket.io'
import { api } from './contract.js'

const overRedis = (url: string) => {
  // Without a limit: a command that is given up would be a rejection that the adapter leaves unhandled.
  const redis = new Redis(url, { maxRetriesPerRequest: null })
  redis.on('error', error => console.error(`Redis: ${error.message || error}`))
  return redisAdapter(redis)
}

const url = process.env['REDIS_URL']
const io = new Server(createServer(), { adapter: url === undefined ? clusterAdapter() : overRedis(url) })
setupWorker(io)

const server = attach(io, api).authenticate(({ auth }) => ({ name: auth.name }))

server.handle({
  where: () => process.pid,
  say: ({ input, data }) => server.emit.said({ from: data.name, text: input, worker: process.pid }),
  roll_call: () => server.timeout(5_000).emit.name(),
})

// Redis takes a moment to know of a worker, and until then nobody waits for its clients' answers.
while ((await io.of('/').adapter.serverCount()) < 1) await setTimeout(10)
process.send?.('ready')
