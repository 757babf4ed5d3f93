import type { RateLimiterOptions } from '@ackwire/core/server'
import { createAdapter as clusterAdapter } from '@socket.io/cluster-adapter'
import { createAdapter as postgresAdapter } from '@socket.io/postgres-adapter'
import { createAdapter as redisAdapter, createShardedAdapter } from '@socket.io/redis-adapter'
import { createAdapter as streamsAdapter } from '@socket.io/redis-streams-adapter'
import { Redis } from 'ioredis'
import { Pool } from 'pg'
import { RateLimiterCluster, RateLimiterPostgres, RateLimiterRedis } from 'rate-limiter-flexible'

/** The adapter of a node. All but `cluster` connect to a store. */
export type AdapterName = 'cluster' | 'redis' | 'sharded' | 'streams' | 'postgres'

const url = process.env['STORE_URL'] ?? ''
const report = (error: Error): void => console.error(`store: ${error.message}`)

/** Connects to Redis. Without a retry limit, commands don't reject while Redis is away: the adapters leave such rejections unhandled. */
const connectRedis = (): Redis => new Redis(url, { maxRetriesPerRequest: null }).on('error', report)

/** Connects to PostgreSQL. The adapter keeps a client of the pool, which has no `error` listener of the pool while it is in use. */
const connectPostgres = (): Pool =>
  new Pool({ connectionString: url }).on('error', report).on('connect', client => void client.on('error', report))

const HEARTBEATS = { heartbeatInterval: 500, heartbeatTimeout: 2_000 }

const overRedis = <Adapter>(adapterOf: (publisher: Redis, subscriber: () => Redis) => Adapter) => {
  const redis = connectRedis()
  return {
    adapter: adapterOf(redis, connectRedis),
    rateLimiter: (options: RateLimiterOptions) => new RateLimiterRedis({ ...options, storeClient: redis }),
  }
}

const ADAPTERS = {
  cluster: () => ({
    adapter: clusterAdapter(HEARTBEATS),
    rateLimiter: (options: RateLimiterOptions) => new RateLimiterCluster(options),
  }),
  redis: () => overRedis((publisher, subscriber) => redisAdapter(publisher, subscriber())),
  sharded: () => overRedis((publisher, subscriber) => createShardedAdapter(publisher, subscriber())),
  streams: () => overRedis(publisher => streamsAdapter(publisher)),
  postgres: () => {
    const pool = connectPostgres()
    // A notification of 8,000 bytes is lost. The tables were created beforehand, since nodes that create them at once can fail.
    const settings = { payloadThreshold: 7_999, errorHandler: report, heartbeatInterval: 500, heartbeatTimeout: 5_000 }
    return {
      adapter: postgresAdapter(pool, settings),
      rateLimiter: (options: RateLimiterOptions) =>
        new RateLimiterPostgres({ ...options, storeClient: pool, tableName: 'rates', tableCreated: true }),
    }
  },
}

const isName = (name: string): name is AdapterName => Object.hasOwn(ADAPTERS, name)

/** Creates what connects this process with the others, which `ADAPTER` names. */
export const adapterHere = () => {
  const name = process.env['ADAPTER'] ?? 'cluster'
  if (!isName(name)) throw new Error(`ADAPTER: expected one of ${Object.keys(ADAPTERS).join(', ')}, got ${name}`)
  return { name, ...ADAPTERS[name]() }
}
