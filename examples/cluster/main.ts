/**
 * Starts two workers behind one port, and two clients that talk to each other across them. Runs until Ctrl-C, or with `--once`
 * until the round trip is done.
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
// Advanced serialization keeps binary data intact between the workers.
cluster.setupPrimary({ exec: fileURLToPath(new URL('worker.ts', import.meta.url)), serialization: 'advanced' })
const ready = [cluster.fork(), cluster.fork()].map(
  worker => new Promise<void>(resolve => worker.on('message', message => message === 'ready' && resolve())),
)
cluster.on('exit', () => cluster.fork())

// Connections are lost if a worker gets them before it listens.
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
console.log(`alice asks    for everyone's name, and gets ${names.toSorted().join(' and ')}`)

const via = process.env['REDIS_URL'] === undefined ? 'the cluster' : 'Redis'
console.log(`\nThe workers are connected through ${via}. Connect to ${url} with any Socket.IO client.`)

alice.close()
bob.close()
if (process.argv.includes('--once')) process.exit()
console.log('Ctrl-C stops the server.')
