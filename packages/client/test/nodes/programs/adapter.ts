import { createAdapter as clusterAdapter } from '@socket.io/cluster-adapter'
import { createAdapter as redisAdapter } from '@socket.io/redis-streams-adapter'
import { Redis } from 'ioredis'

/** The adapter of this process: over Redis where it is told of one, over the cluster's primary otherwise. */
export const adapterHere = () => {
  const url = process.env['REDIS_URL']
  if (url === undefined) return clusterAdapter({ heartbeatInterval: 500, heartbeatTimeout: 2_000 })
  // Without a limit of retries no command rejects when Redis is away: the adapter leaves rejections unhandled.
  const redis = new Redis(url, { maxRetriesPerRequest: null })
  redis.on('error', error => console.error(`redis: ${error.message}`))
  return redisAdapter(redis)
}
