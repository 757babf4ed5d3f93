/**
 * Two workers behind one port, and two clients that meet across them. It stays up until Ctrl-C; with `--once` it ends
 * after the round trip.
 */
import cluster from 'node:cluster'
import { createServer } from 'node:http'
import { fileURLToPath } from 'node:url'
import { createClient } from '@ackwire/client'
import { setupPrimary } from '@socket.io/cluster-adapter'
import { setupMaster } from '@socket.io/sticky'
import { listen } from '../host.js'
import type { api } from './contract.js'

const http = createServer()
setupMaster(http, { loadBalancingMethod: 'round-robin' })
setupPrimary()
// Advanced, so that bytes stay bytes between the workers.
cluster.setupPrimary({ exec: fileURLToPath(new URL('worker.ts', import.meta.url)), serialization: 'advanced' })
const ready = [cluster.fork(), cluster.fork()].map(
  worker => new Promise<void>(resolve => worker.on('message', message => message === 'ready' && resolve())),
)
cluster.on('exit', () => cluster.fork())

// A connection that is given to a worker before it listens is lost.
await Promise.all(ready)
const url = await listen(http)

const connect = async (name: string) => {
  const client = createClient<typeof api>(url, { auth: { name }, transports: ['websocket'], forceNew: true })
  client.on.name(() => name)
  const worker = await client.emit.where()
  console.log(`${name} is served by worker ${worker}`)
  return client
}
const [alice, bob] = [await connect('alice'), await connect('bob')]

const heard = bob.once.said()
await alice.emit.say('hello')
console.log(`bob hears     ${JSON.stringify(await heard)}`)

const names = await alice.emit.roll_call()
console.log(`alice asks    who is there, and is answered by ${names.toSorted().join(' and ')}`)

const via = process.env['REDIS_URL'] === undefined ? 'the cluster' : 'Redis'
console.log(`\nThe workers hear of one another over ${via}. Connect to ${url} with any Socket.IO client.`)

alice.close()
bob.close()
if (process.argv.includes('--once')) process.exit()
console.log('Ctrl-C stops the server.')
