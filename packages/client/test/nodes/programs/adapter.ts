import { createAdapter as clusterAdapter } from '@socket.io/cluster-adapter'
import { createAdapter as redisAdapter } from '@socket.io/redis-streams-adapter'
import { Redis } from 'ioredis'

/** Without a limit of retries no command rejects when Redis is away: the adapter leaves rejections unhandled. */
const REDIS_OPTIONS = { maxRetriesPerRequest: null }

const url = process.env['REDIS_URL']

/** The Redis of this process, if it is told of one. */
export const redis = url === undefined ? undefined : new Redis(url, REDIS_OPTIONS)
redis?.on('error', error => console.error(`redis: ${error.message}`))

/** The adapter of this process: over Redis where it has one, over the cluster's primary otherwise. */
export const adapterHere = () =>
  redis === undefined ? clusterAdapter({ heartbeatInterval: 500, heartbeatTimeout: 2_000 }) : redisAdapter(redis)
