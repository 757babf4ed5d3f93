/** Runs the whole example, and ends: a server, a client that only has the contract's types, and one that has the contract. */
import { createServer } from 'node:http'
import { createClient, safe, type EventError } from '@ackwire/client'
import { attach } from '@ackwire/core/server'
import * as docs from '@ackwire/docs'
import { Server } from 'socket.io'
import { listen } from '../host.js'
import { api } from './contract.js'

const http = createServer()
const io = new Server(http)
const server = attach(io, api)
const emails = new Set<string>()

server.on.user_sign_up(({ input, fail }) => {
  if (emails.has(input.email)) return fail('EMAIL_TAKEN', { suggestion: `${emails.size}.${input.email}` })
  emails.add(input.email)
  const since = new Date('2026-12-01T10:00:00Z')
  server.emit.user_joined({ email: input.email, since })
  return { success: true, since }
})

const url = await listen(http)
const bob = createClient<typeof api>(url, { transports: ['websocket'] })
const alice = createClient(api, url, { transports: ['websocket'] })
await Promise.all([bob, alice].map(({ socket }) => new Promise<void>(resolve => socket.once('connect', resolve))))

const answer = ([error, reply]: readonly [error: EventError | undefined, reply?: unknown]): unknown =>
  error === undefined ? reply : { code: error.code, issues: error.issues, data: error.data }
const show = (what: string, value: unknown): void => console.log(`${what.padEnd(28)}${JSON.stringify(value)}`)

const joined = alice.timeout(5_000).once.user_joined()
show('a good sign-up', answer(await safe(bob.emit.user_sign_up({ email: 'bob@gmail.com', password: '123456' }))))
show('a client with the contract', (await joined).since.getUTCFullYear())
show('a short password', answer(await safe(bob.emit.user_sign_up({ email: 'bob@gmail.com', password: '12345' }))))
show('the same email again', answer(await safe(bob.emit.user_sign_up({ email: 'bob@gmail.com', password: '123456' }))))
const [entry] = docs.catalog(api)
show('the document', Object(entry?.args[0]).properties.password)

bob.close()
alice.close()
await server.close()
await io.close()
