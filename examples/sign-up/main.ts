/**
 * Runs the whole example: starts the server, writes its document, and connects two real clients. Runs until Ctrl-C, or with
 * `--once` until the round trip is done.
 */
import { writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { createClient, safe, type EventError } from '@ackwire/client'
import * as docs from '@ackwire/docs'
import { Server } from 'socket.io'
import { listen } from '../host.js'
import { api, info } from './contract.js'
import { signUp } from './server.js'

const http = createServer()
signUp(new Server(http))
docs.serve(http, api, { info, path: '/docs' })
const url = await listen(http)

await writeFile(new URL('asyncapi.yaml', import.meta.url), docs.render(api, { info }))

const connect = () => createClient<typeof api>(url, { transports: ['websocket'] })
const [bob, alice] = [connect(), connect()]
await Promise.all([bob, alice].map(({ socket }) => new Promise<void>(resolve => socket.once('connect', resolve))))

const answer = ([error, reply]: readonly [error: EventError | undefined, reply?: unknown]): unknown =>
  error === undefined ? reply : { code: error.code, issues: error.issues, data: error.data }
const show = (what: string, value: unknown): void => console.log(`${what.padEnd(28)}${JSON.stringify(value)}`)

const joined = alice.timeout(5_000).once.user_joined()
const good = { email: 'bob@gmail.com', password: '123456' }
show('a good sign-up', good)
show('  is answered', answer(await safe(bob.emit.user_sign_up(good))))
show('  and a second client hears', await joined)

const bad = { email: 'bob at gmail', password: '123456' }
show('a bad email', bad)
show('  is answered', answer(await safe(bob.emit.user_sign_up(bad))))

show('the same email again', good)
show('  is answered', answer(await safe(bob.emit.user_sign_up(good))))

console.log(`
Open     ${url}/docs                the documentation
         ${url}/docs/asyncapi.yaml  the AsyncAPI document, also written to examples/sign-up/asyncapi.yaml
Connect  ${url}                     with any Socket.IO client`)

bob.close()
alice.close()
if (process.argv.includes('--once')) process.exit()
console.log('\nCtrl-C stops the server.')
