import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { Socket as NetSocket } from 'node:net'
import { fileURLToPath } from 'node:url'
import { event, router } from '@ackwire/core'
import type { Namespace, Server, Socket } from 'socket.io'
import * as assert from 'uvu/assert'
import { describe } from '../../../test/harness.js'
import {
  discardSocket,
  emitsFlush,
  hasPendingSockets,
  hasUnsentPackets,
  hookMembership,
  hookParent,
  isPending,
  middlewareOf,
  namespacesOf,
  removeNamespace,
  removesEmptyChildren,
  terminate,
} from '../src/server/socket-io-internals.js'
import { serve, until } from './serve.js'

const SOURCES = fileURLToPath(new URL('../src/', import.meta.url))
const INTERNALS = 'server/socket-io-internals.ts'
const source = readFileSync(SOURCES + INTERNALS, 'utf8')
const require = createRequire(import.meta.url)
const fromSocketIo = createRequire(require.resolve('socket.io'))
const fromEngineIo = createRequire(fromSocketIo.resolve('engine.io'))
const REQUIRED_BY = { 'socket.io': require, 'engine.io': fromSocketIo, ws: fromEngineIo }
const PACKAGES = Object.keys(REQUIRED_BY) as (keyof typeof REQUIRED_BY)[]

const versionOf = (name: keyof typeof REQUIRED_BY): unknown => {
  const main = REQUIRED_BY[name].resolve(name)
  const root = main.slice(0, main.lastIndexOf(`/${name}/`) + name.length + 2)
  return (JSON.parse(readFileSync(`${root}package.json`, 'utf8')) as { readonly version: unknown }).version
}

const read = (from: unknown, field: string): unknown => Reflect.get(Object(from), field)

interface Parts {
  readonly io: Server
  readonly namespace: Namespace
  readonly parent: Namespace
  readonly socket: Socket
  readonly polled: Socket
  /** A socket of a server with connection state recovery. */
  readonly recovering: Socket
}

/** Each field that the source names, and whether it has the shape that the source relies on. */
const FIELDS: Readonly<Record<string, (parts: Parts) => boolean>> = {
  'Server._nsps': ({ io, namespace }) => {
    const namespaces = read(io, '_nsps')
    return namespaces instanceof Map && namespaces.get('/') === namespace
  },
  'Server._opts': ({ io }) => read(read(io, '_opts'), 'cleanupEmptyChildNamespaces') === false,
  'Server.encoder': ({ io }) => typeof read(read(io, 'encoder'), 'encode') === 'function',
  'Server.parentNsps': ({ io, parent }) => {
    const parents = read(io, 'parentNsps')
    return parents instanceof Map && [...parents.values()].includes(parent)
  },
  'Namespace._fns': ({ namespace }) => Array.isArray(read(namespace, '_fns')),
  'Namespace._preConnectSockets': ({ namespace }) => read(namespace, '_preConnectSockets') instanceof Map,
  'Namespace._add': ({ namespace }) => typeof read(namespace, '_add') === 'function',
  'Namespace._createSocket': ({ namespace }) => typeof read(namespace, '_createSocket') === 'function',
  'Namespace._doConnect': ({ namespace }) => typeof read(namespace, '_doConnect') === 'function',
  'Client._packet': ({ socket }) => typeof read(socket.client, '_packet') === 'function',
  'Socket.packet': ({ socket }) => typeof read(socket, 'packet') === 'function',
  'Socket.pid': ({ recovering }) => typeof read(recovering, 'pid') === 'string',
  'Namespace._remove': ({ namespace }) =>
    typeof read(namespace, '_remove') === 'function' &&
    typeof read(Object.getPrototypeOf(namespace), '_remove') === 'function',
  'ParentNamespace.children': ({ parent }) => read(parent, 'children') instanceof Set,
  'ParentNamespace.createChild': ({ parent }) => typeof read(parent, 'createChild') === 'function',
  'Socket.onack': ({ socket }) => typeof read(socket, 'onack') === 'function',
  'Socket.fns': ({ socket }) => Array.isArray(read(socket, 'fns')),
  'Socket._cleanup': ({ socket }) => typeof read(socket, '_cleanup') === 'function',
  'BroadcastOperator.flags': ({ io }) => read(read(io.local, 'flags'), 'local') === true,
  'BroadcastOperator.adapter': ({ io, namespace }) => read(io.local, 'adapter') === namespace.adapter,
  'EngineSocket.writeBuffer': ({ socket }) => Array.isArray(read(socket.conn, 'writeBuffer')),
  'EngineSocket.sentCallbackFn': ({ socket }) => Array.isArray(read(socket.conn, 'sentCallbackFn')),
  'EngineSocket.server': ({ io, socket }) => read(socket.conn, 'server') === io.engine,
  'Polling.res': ({ polled }) => typeof read(read(polled.conn.transport, 'res'), 'once') === 'function',
  'WebSocket.socket': ({ socket }) => typeof read(read(socket.conn.transport, 'socket'), 'terminate') === 'function',
  'WebSocket._socket': ({ socket }) => read(read(socket.conn.transport, 'socket'), '_socket') instanceof NetSocket,
}

const api = router({ ping: event.input().ack() })

describe('the private fields of Socket.IO', it => {
  it('are named with the installed releases', () => {
    const named = new Set([...source.matchAll(/(?:(?:socket|engine)\.io|ws) \d+\.\d+\.\d+/g)].map(([text]) => text))
    assert.equal([...named].sort(), PACKAGES.map(name => `${name} ${versionOf(name)}`).sort())
  })

  it('are all listed here', () => {
    const named = new Set([...source.matchAll(/`([A-Z]\w+\.\w+)`/g)].map(([, field]) => field))
    assert.equal([...named].sort(), Object.keys(FIELDS).sort())
  })

  it('are read in one file', () => {
    const names = Object.keys(FIELDS).map(field => field.split('.')[1])
    const readers = new RegExp(`Reflect\\.get\\([^']*'(?:${names.join('|')})'|[.{,] ?_[a-z]\\w+`)
    const others = readdirSync(SOURCES, { encoding: 'utf8', recursive: true }).filter(
      file => file.endsWith('.ts') && file !== INTERNALS,
    )
    assert.ok(others.length > 100)
    assert.ok(readers.test(source))
    assert.equal(
      others.filter(file => readers.test(readFileSync(SOURCES + file, 'utf8'))),
      [],
    )
  })

  it('have the expected shapes', async context => {
    const { io, client } = await serve(api, context, { io: { connectionStateRecovery: {} } })
    const parent = io.of(/^\/game-\d+$/)
    const { id } = await client()
    const { id: polledId } = await client('/', { transports: ['polling'] })
    const recovery = await serve(api, context, { io: { connectionStateRecovery: {} } })
    await recovery.client()
    const [recovering] = [...recovery.io.sockets.sockets.values()] as [Socket]
    const socketOf = (of: string | undefined): Socket => io.sockets.sockets.get(of ?? '') as Socket
    const [socket, polled] = [socketOf(id), socketOf(polledId)]
    const parts: Parts = { io, namespace: io.of('/'), parent, socket, polled, recovering }
    // Between two requests there is no response.
    await until(() => Boolean(read(parts.polled.conn.transport, 'res')))
    for (const [field, hasShape] of Object.entries(FIELDS)) assert.ok(hasShape(parts), `${field} has another shape`)
  })
})

describe('the access to the private fields of Socket.IO', it => {
  it('finds sockets that wait for authenticate, and discards them', async context => {
    const { io, client } = await serve(api, context)
    const namespace = io.of('/slow')
    const waiting: Socket[] = []
    namespace.use(socket => void waiting.push(socket))
    assert.is(hasPendingSockets(namespace), false)
    void client('/slow').catch(() => {})
    await until(() => waiting.length === 1)
    const [socket] = waiting as [Socket]
    assert.equal([hasPendingSockets(namespace), isPending(socket)], [true, true])
    discardSocket(socket)
    assert.equal([hasPendingSockets(namespace), isPending(socket)], [false, false])
  })

  it('lists namespaces and middleware, and removes a namespace from its server and its parent', async context => {
    const { io } = await serve(api, context)
    const parent = io.of(/^\/game-\d+$/)
    const use = (_: Socket, next: () => void): void => next()
    parent.use(use)
    const child = io.of('/game-1')
    assert.is(removesEmptyChildren(io), false)
    assert.equal([...namespacesOf(io).keys()], ['/', '/game-1'])
    assert.equal(middlewareOf(child), [use])
    removeNamespace(child, parent)
    assert.equal([...namespacesOf(io).keys()], ['/'])
    assert.is((read(parent, 'children') as Set<unknown>).size, 0)
  })

  it('hooks into the creation of a namespace and into its sockets', async context => {
    const { io, client } = await serve(api, context)
    const parent = io.of(/^\/game-\d+$/)
    const seen: string[] = []
    hookParent(parent, {
      allow: (name, _, next) => (seen.push(`allow ${name}`), next(null, true)),
      create(name, make) {
        seen.push(`create ${name}`)
        const made = make()
        hookMembership(io.of(name), {
          add: run => (seen.push('add'), run()),
          remove: (_, run) => (seen.push('remove'), run()),
        })
        return made
      },
    })
    const socket = await client('/game-1')
    socket.disconnect()
    await until(() => seen.length === 4)
    assert.equal(seen, ['allow /game-1', 'create /game-1', 'add', 'remove'])
  })

  it('knows the unsent packets of a transport, and closes it', async context => {
    const { io, client } = await serve(api, context)
    const own = await client()
    const { conn } = io.sockets.sockets.get(own.id ?? '') as Socket
    assert.equal([emitsFlush(conn), hasUnsentPackets(conn)], [true, false])
    conn.transport.writable = false
    conn.write('4x')
    assert.is(hasUnsentPackets(conn), true)
    const gone = new Promise(resolve => own.once('disconnect', resolve))
    terminate(conn.transport)
    assert.is(await gone, 'transport close')
  })
})
