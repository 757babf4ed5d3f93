import { createAdapter as clusterAdapter } from '@socket.io/cluster-adapter'
import { createAdapter as redisAdapter } from '@socket.io/redis-streams-adapter'
import { Redis } from 'ioredis'

/** No retry limit, so that commands don't reject while Redis is away: the adapter leaves such rejections unhandled. */
const REDIS_OPTIONS = { maxRetriesPerRequest: null }

const url = process.env['REDIS_URL']

/** The Redis connection of this process, if a URL is given. */
export const redis = url === undefined ? undefined : new Redis(url, REDIS_OPTIONS)
redis?.on('error', error => console.error(`redis: ${error.message}`))

/** Creates the adapter of this process: over Redis if there is one, otherwise over the cluster's primary. */
export const adapterHere = () =>
  redis === undefined ? clusterAdapter({ heartbeatInterval: 500, heartbeatTimeout: 2_000 }) : redisAdapter(redis)
