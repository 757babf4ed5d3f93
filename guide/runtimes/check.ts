// What a runtime has to be able to do. Runs in a project that has the packages installed; prints a JSON line for each check. With
// `--bun-engine`, Socket.IO's server runs on Bun's own sockets.
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createClient, safe, type Client, type ConnectError } from '@ackwire/client'
import { event, router } from '@ackwire/core'
import { attach, guard } from '@ackwire/core/server'
import * as docs from '@ackwire/docs'
import { Type } from '@sinclair/typebox'
import { Server } from 'socket.io'

const api = router({
  sign_up: event.input(Type.Object({ email: Type.String({ format: 'email' }) })).ack(Type.Boolean()),
  joined: event.output(Type.String()),
  probe: event.output(Type.Number()).ack(Type.Number()),
  probe_me: event.input(Type.Number()).ack(Type.Number()),
  reverse: event.input(Type.Uint8Array()).ack(Type.Uint8Array()),
  tail: event.input().stream(Type.Integer()),
  often: event
    .input()
    .ack()
    .limit({ rate: { perSocket: { calls: 1, seconds: 60 } } }),
  slow: event.input().ack(Type.String()),
  '/admin': router({ ping: event.input().ack() }, { auth: Type.Object({ token: Type.String() }) }),
})

const isBunEngine = process.argv.includes('--bun-engine')
const io = new Server({ parser: guard({ maxArguments: 8 }) })
const server = attach(io, api)
server.onError(() => undefined)

const open = new Set<object>()
server.on.sign_up(({ input, broadcast }) => {
  broadcast.emit.joined(input.email)
  return true
})
server.on.probe_me(({ input, emit }) => emit.probe(input))
server.on.reverse(({ input }) => input.toReversed())
server.on.tail(async function* () {
  const own = {}
  open.add(own)
  try {
    for (let number = 0; ; number++) yield number
  } finally {
    open.delete(own)
  }
})
server.on.often(() => {})
server.on.slow(() => new Promise(resolve => setTimeout(resolve, 200, 'done')))
const admin = server.of('/admin').authenticate(({ auth }) => {
  if (auth.token !== 'secret') throw new Error('no')
  return {}
})
admin.on.ping(() => {})

/** Listens with Node's HTTP server, which also serves the page, and returns its port. */
const listen = async (): Promise<number> => {
  const http = createServer()
  io.attach(http)
  docs.serve(http, api, { path: '/docs' })
  http.listen(0, '127.0.0.1')
  await once(http, 'listening')
  return (http.address() as AddressInfo).port
}

/** Listens with Bun's own server, and returns its port. The types of Bun are not installed. */
const listenWithBun = async (): Promise<number> => {
  const name = '@socket.io/bun-engine'
  const { Server: Engine } = await import(name)
  const engine = new Engine({ path: '/socket.io/' })
  io.bind(engine)
  return Reflect.get(globalThis, 'Bun').serve({ port: 0, hostname: '127.0.0.1', ...engine.handler() }).port
}

const url = `http://127.0.0.1:${await (isBunEngine ? listenWithBun() : listen())}`
const connect = (transport = 'websocket') => createClient<typeof api>(url, { transports: [transport], forceNew: true })

const connected = ({ socket }: { readonly socket: Client<{}>['socket'] }): Promise<void> =>
  new Promise(resolve => socket.once('connect', resolve))

const equal = (came: unknown, expected: unknown): void => {
  if (JSON.stringify(came) !== JSON.stringify(expected)) throw new Error(`expected ${expected}, got ${came}`)
}

const roundTrip = async (transport: string): Promise<void> => {
  const [one, other] = [connect(transport), connect(transport)]
  await Promise.all([one, other].map(connected))
  const heard = other.timeout(10_000).once.joined()
  equal(await one.timeout(10_000).emit.sign_up({ email: 'bob@example.com' }), true)
  equal(await heard, 'bob@example.com')
  const [error] = await safe(one.timeout(10_000).emit.sign_up({ email: 'bob' }))
  equal([error?.code, error?.issues[0]?.path], ['INVALID_INPUT', '/0/email'])
  one.close()
  other.close()
}

const PAGE = 'the document and its page'

const checks: Readonly<Record<string, () => unknown>> = {
  'calls, refusals and broadcasts over WebSocket': () => roundTrip('websocket'),
  'the same over polling': () => roundTrip('polling'),
  'the server asks a client': async () => {
    const client = connect()
    client.on.probe(value => value * 2)
    equal(await client.timeout(10_000).emit.probe_me(21), 42)
    client.close()
  },
  binary: async () => {
    const client = connect()
    equal([...new Uint8Array(await client.timeout(10_000).emit.reverse(new Uint8Array([1, 2, 3])))], [3, 2, 1])
    client.close()
  },
  'streams, and ending them early': async () => {
    const client = connect()
    for await (const item of client.stream.tail()) if (item === 200) break
    for (let waits = 0; open.size > 0 && waits < 200; waits++) await new Promise(resolve => setTimeout(resolve, 25))
    equal(open.size, 0)
    client.close()
  },
  'auth, refused and accepted': async () => {
    const client = connect()
    const refused = client.of('/admin', { auth: { token: 'wrong' } })
    const error = await new Promise<ConnectError>(resolve => refused.on.connect_error(resolve))
    equal(error.data?.code, 'UNAUTHORIZED')
    client.close()
    const again = connect()
    await again
      .of('/admin', { auth: { token: 'secret' } })
      .timeout(10_000)
      .emit.ping()
    again.close()
  },
  limits: async () => {
    const client = connect()
    await client.timeout(10_000).emit.often()
    equal((await safe(client.timeout(10_000).emit.often()))[0]?.code, 'RATE_LIMITED')
    client.close()
  },
  'guard() closes the connection on a packet that is too large': async () => {
    const client = connect()
    await connected(client)
    client.socket.emit('anything', ...Array.from({ length: 9 }))
    await new Promise(resolve => client.socket.once('disconnect', resolve))
    client.close()
  },
  'the contract at run time, checked and decoded': async () => {
    const client = createClient(api, url, { transports: ['websocket'], forceNew: true })
    equal((await safe(client.emit.sign_up({ email: 5 as never })))[0]?.code, 'INVALID_INPUT')
    client.close()
  },
  [PAGE]: async () => {
    if (!docs.render(api).startsWith('asyncapi: 3.0.0')) throw new Error('no AsyncAPI')
    const page = await fetch(`${url}/docs`)
    equal([page.status, (await page.text()).includes('<html')], [200, true])
  },
  'close({ drain }) waits for the running call': async () => {
    const client = connect()
    await connected(client)
    const running = client.timeout(10_000).emit.slow()
    await new Promise(resolve => setTimeout(resolve, 50))
    await server.close({ drain: 5_000 })
    equal(await running, 'done')
    client.close()
  },
}

for (const [name, check] of Object.entries(checks)) {
  // The page needs an HTTP server of Node's.
  if (isBunEngine && name === PAGE) continue
  const late = new Promise<never>((_, reject) => setTimeout(reject, 20_000, new Error('no end within 20 s')))
  const failure = await Promise.race([Promise.resolve().then(check), late]).then(
    () => undefined,
    error => String(error),
  )
  console.log(JSON.stringify({ name, failure }))
}
process.exit()
