/**
 * Runs the primary of a cluster, whose port spreads clients over its workers. The arguments give the number of workers, their
 * program, and how messages between them are serialized: `json`, or `advanced`, which keeps bytes intact.
 */
import cluster from 'node:cluster'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { resolve } from 'node:path'
import { setupPrimary } from '@socket.io/cluster-adapter'
import { setupMaster } from '@socket.io/sticky'
import { RateLimiterClusterMaster } from 'rate-limiter-flexible'

const http = createServer()
setupMaster(http, { loadBalancingMethod: 'round-robin' })

const isReader = (handle: unknown): handle is { readStop(): unknown } =>
  typeof handle === 'object' && handle !== null && 'readStop' in handle
// A connection that `sticky` passes to a worker stays open here until the worker has it. Meanwhile this process would read from
// it and drop the data, such as the first packets of a websocket. Requests with a body are kept by `sticky` and passed on.
http.on('connection', socket => {
  // Node declares this property private.
  const handle: unknown = Reflect.get(socket, '_handle')
  socket.once('data', (head: Buffer) => {
    if (isReader(handle) && !/content-length:|transfer-encoding:/i.test(head.toString('latin1'))) handle.readStop()
  })
})
setupPrimary()
// The workers count rates here.
void new RateLimiterClusterMaster()
const serialization = process.argv[4] === 'json' ? 'json' : 'advanced'
cluster.setupPrimary({ exec: resolve(import.meta.dirname, `${process.argv[3]}.ts`), serialization })
cluster.on('message', (_, message) => {
  if ('port' in message) process.send?.(message)
})

for (let index = 0; index < Number(process.argv[2]); index++) cluster.fork({ NODE_INDEX: index })
cluster.on('exit', () => cluster.fork())

http.listen(0, '127.0.0.1')
await once(http, 'listening')
process.send?.({ sticky: (http.address() as AddressInfo).port })
process.on('disconnect', () => process.exit())
