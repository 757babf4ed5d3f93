// The process that is attacked: a server of each kind. It sends its ports and, on request, the state that remains in it.
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { event, router } from '@ackwire/core'
import { attach, guard } from '@ackwire/core/server'
import { Type } from '@sinclair/typebox'
import { Server } from 'socket.io'
import * as msgpack from 'socket.io-msgpack-parser'
import * as standard from 'socket.io-parser'
import { namespacesIn } from './line.js'
import { matches } from './schemas.js'
import { SECRET } from './secrets.js'

const Tree = Type.Recursive(This => Type.Object({ n: Type.Integer(), in: Type.Array(This) }))
const Chain = Type.Recursive(This => Type.Object({ in: Type.Optional(Type.Array(This)) }))
const Open = Type.Object({ a: Type.Optional(Type.String({ default: 'a' })) })

const api = router({
  ping: event.input(Type.Integer()).ack(Type.Integer()),
  tree: event.input(Tree).ack(Type.Integer()),
  open: event.input(Open).ack(Type.Integer()),
  any: event.input().rest(Type.Any()).ack(Type.Any()),
  bytes: event.input(Type.Uint8Array({ maxByteLength: 100 })).ack(),
  none: event.input().ack(),
  probe: event.output(Type.Integer()).ack(Type.Integer()),
  '/in': router({ none: event.input().ack() }, { auth: Type.Object({ token: Type.String() }) }),
  // No client is accepted there, so none of these namespaces remains.
  '/seat-{row}-{number}': router({ none: event.input().ack() }, { auth: Chain }),
  '/box-{a}-{b}-{c}-{d}!': router({ none: event.input().ack() }, { auth: Chain }),
  '/room-{id}': router(
    { none: event.input().ack() },
    { params: Type.Object({ id: Type.String({ pattern: '^[1-5]$' }) }) },
  ),
})

/** The remaining state of a server, its counts, and the values that a handler got although they do not match. */
export interface ServerState {
  /** Calls that reached a handler, without those of the neighbour. */
  readonly handled: number
  /** The number of messages rejected because they do not match. */
  readonly refused: number
  readonly sockets: number
  readonly connections: number
  readonly namespaces: readonly string[]
  readonly wrong: readonly string[]
}

const open = async (isMsgpack: boolean, isGuarded: boolean) => {
  const http = createServer()
  const parser = isMsgpack ? msgpack : standard
  const io = new Server(http, { parser: isGuarded ? guard({ parser }) : parser, connectTimeout: 2_000 })
  const server = attach(io, api, { timeout: 500, authenticateTimeout: 200, unknownEvents: 'answer', ackTimeout: 300 })
  const count = { handled: 0, refused: 0 }
  server.onError(({ phase }) => {
    if (phase === 'input') count.refused++
  })
  const wrong: string[] = []
  server.on.connection(async ({ emit }) => {
    const answer = await emit.probe(1)
    if (!Number.isInteger(answer)) wrong.push('an answer')
  })
  server.on.disconnect(({ reason }) => {
    if (typeof reason !== 'string') wrong.push('a reason')
    throw new Error(SECRET)
  })
  server.on.ping(({ input }) => input)
  server.on.tree(async ({ input }) => {
    count.handled++
    if (matches(Tree, input) === false) wrong.push('a tree')
    await new Promise(resolve => setImmediate(resolve))
    throw new Error(SECRET)
  })
  server.on.open(({ input }) => {
    count.handled++
    if (matches(Open, input) === false) wrong.push('an object')
    return 1
  })
  server.on.any(({ input }) => (count.handled++, input[0]))
  server.on.bytes(({ input }) => {
    count.handled++
    if (!(input instanceof Uint8Array) || input.byteLength > 100) wrong.push('bytes')
  })
  server.on.none(({ input }) => {
    count.handled++
    if (input !== undefined) wrong.push('an argument')
    return new Promise(() => {})
  })
  server.of('/in').authenticate(({ auth }) => (auth.token === 'good' ? {} : new Promise(() => {})))
  const refuse = (): never => {
    throw new Error(SECRET)
  }
  server.of('/seat-{row}-{number}').authenticate(refuse)
  server.of('/box-{a}-{b}-{c}-{d}!').authenticate(refuse)
  http.listen(0, '127.0.0.1')
  await once(http, 'listening')
  return {
    port: (http.address() as AddressInfo).port,
    remains: (): ServerState => ({
      ...count,
      sockets: [...namespacesIn(io).values()].reduce((count, { sockets }) => count + sockets.size, 0),
      connections: io.engine.clientsCount,
      namespaces: [...namespacesIn(io).keys()],
      wrong,
    }),
  }
}

const servers = await Promise.all([open(false, false), open(false, true), open(true, false), open(true, true)])
process.on('message', () => process.send?.(servers.map(({ remains }) => remains())))
process.on('disconnect', () => process.exit())
process.send?.(servers.map(({ port }) => port))
