/**
 * Starts Fastify with sockets on one port, and a client that follows an order. Runs until Ctrl-C, or with `--once` until the
 * order has shipped.
 */
import { createClient } from '@ackwire/client'
import { explain } from '../host.js'
import { build } from './app.js'
import type { api } from './contract.js'

const app = build()
// A fixed host: for `localhost` Fastify may open a second server for the other address family, which has no sockets.
const url = await app.listen({ port: Number(process.env['PORT'] ?? 3000), host: '127.0.0.1' }).catch(explain)

const client = createClient<typeof api>(url, { transports: ['websocket'] })
await client.emit.follow('42')
const shipped = client.timeout(5_000).once.shipped()
const response = await fetch(`${url}/orders/42/ship`, { method: 'POST' })
console.log(`POST /orders/42/ship  ${await response.text()}`)
console.log(`the client hears      ${JSON.stringify(await shipped)}`)
client.close()

if (process.argv.includes('--once')) await app.close()
else console.log(`\nOpen ${url}/docs for the documentation. Ctrl-C stops the server.`)
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => void app.close())
