/** Runs one worker: an ordinary server, except for its adapter. */
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
  // No retry limit: a command that gives up would reject, and the adapter leaves that rejection unhandled.
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

// The Redis adapter takes a moment to register a worker, and until then a broadcast doesn't wait for that worker's clients.
while ((await io.of('/').adapter.serverCount()) < 1) await setTimeout(10)
process.send?.('ready')
