import { event, router } from '@ackwire/core'
import { attach, type AttachOptions, type ErrorReport } from '@ackwire/core/server'
import { Server } from 'socket.io'
import { Manager, type Socket } from 'socket.io-client'
import * as assert from 'uvu/assert'
import { describe, type TestContext } from '../../../test/harness.js'
import { namespacesOf } from '../src/server/socket-io-internals.js'
import { exchangeOf } from './fuzz/line.js'
import { serve, TRANSPORTS, until } from './serve.js'

const api = router({ '/room-{id}': router({ ping: event.input().ack() }), '/open': router({}) })

/** A server whose rooms let in when they are told to. */
const waitingRoom = async (context: TestContext, options: AttachOptions = {}, transport = TRANSPORTS[0]) => {
  const served = await serve(api, context, { ...options, ...(transport && { transport }) })
  const waiting: ((error?: Error) => void)[] = []
  served.server
    .of('/room-{id}')
    .authenticate(
      () =>
        new Promise((resolve, reject) => waiting.push(error => (error === undefined ? resolve({}) : reject(error)))),
    )
  return { ...served, waiting }
}

/** The number of sockets of a namespace that wait to be let in. */
const pendingIn = (io: Server, name: string): number =>
  Object(Reflect.get(Object(namespacesOf(io).get(name)), '_preConnectSockets')).size ?? 0

interface Refused extends Error {
  readonly data?: unknown
}

/** A socket, and what became of it. */
const join = (manager: Manager, namespace: string) => {
  const socket: Socket = manager.socket(namespace)
  const outcome: { joined: boolean; refused: Refused | undefined } = { joined: false, refused: undefined }
  socket.on('connect', () => (outcome.joined = true))
  socket.on('connect_error', (error: Refused) => (outcome.refused = error))
  return { socket, outcome }
}

/** A transport, which ends with the server. */
const managerOf = (url: string, transport = 'websocket'): Manager =>
  new Manager(url, { transports: [transport], reconnection: false })

const OVERLOADED = {
  code: 'OVERLOADED',
  message: 'Too many calls at once, try again later',
  data: { retryAfterMs: 1_000 },
}

const codes = (errors: ErrorReport[]): unknown[] =>
  errors.splice(0).map(({ phase, error }) => [phase, Reflect.get(Object(error), 'code')])

describe('sockets that wait for authenticate', it => {
  for (const transport of TRANSPORTS) {
    it(`are limited for each transport, over ${transport}`, async context => {
      const { url, waiting, errors } = await waitingRoom(
        context,
        { limits: { waiting: { perTransport: 2 } } },
        transport,
      )
      const manager = managerOf(url, transport)
      const rooms = ['/room-1', '/room-2', '/room-3'].map(name => join(manager, name))
      await until(() => rooms[2]?.outcome.refused !== undefined)
      assert.equal(rooms[2]?.outcome.refused?.data, OVERLOADED)
      assert.is(waiting.length, 2)
      // Another transport, and a namespace that nobody waits for, are none of this one's.
      const other = join(managerOf(url, transport), '/room-1')
      const open = join(manager, '/open')
      await until(() => open.outcome.joined && waiting.length === 3)
      for (const decide of waiting.splice(0)) decide()
      await until(() => other.outcome.joined && rooms.slice(0, 2).every(({ outcome }) => outcome.joined))
      rooms[2]?.socket.connect()
      await until(() => waiting.length === 1)
      waiting[0]?.()
      await until(() => rooms[2]?.outcome.joined === true)
      assert.equal(codes(errors), [['authenticate', 'OVERLOADED']])
    })
  }

  it('are limited for each address', async context => {
    const addressOf = ({ handshake }: { handshake: { auth: object } }) => String(Reflect.get(handshake.auth, 'from'))
    const { client, waiting, errors } = await waitingRoom(context, {
      limits: { waiting: { perAddress: 2, addressOf } },
    })
    const from = (address: string) => client('/room-1', { auth: { from: address } })
    const first = [from('a'), from('a')]
    await until(() => waiting.length === 2)
    const refused = await from('a').catch((error: Refused) => error)
    assert.equal((refused as Refused).data, OVERLOADED)
    const other = from('b')
    await until(() => waiting.length === 3)
    // Those who are refused, and those who have left, wait no longer.
    waiting[0]?.(new Error('no'))
    waiting[1]?.()
    await Promise.allSettled(first)
    const again = [from('a'), from('a')]
    await until(() => waiting.length === 5)
    for (const decide of waiting) decide()
    await Promise.all([other, ...again])
    assert.equal(codes(errors), [
      ['authenticate', 'OVERLOADED'],
      ['authenticate', undefined],
    ])
  })

  it('wait for their turn if too many of one address are asked for at once', async context => {
    const { client, waiting, errors, io } = await waitingRoom(context, { limits: { waiting: { atOnce: 2 } } })
    const enter = (at: number) => client(`/room-${at}`, { forceNew: true })
    const [first, second] = [enter(1), enter(2)]
    await until(() => waiting.length === 2)
    const third = enter(3)
    await until(() => pendingIn(io, '/room-3') === 1)
    const fourth = enter(4)
    await until(() => pendingIn(io, '/room-4') === 1)
    assert.is(waiting.length, 2)
    waiting[0]?.(new Error('no'))
    await first.catch(() => {})
    await until(() => waiting.length === 3)
    waiting[1]?.()
    waiting[2]?.()
    await until(() => waiting.length === 4)
    waiting[3]?.()
    assert.equal(
      (await Promise.all([second, third, fourth])).map(({ connected }) => connected),
      [true, true, true],
    )
    assert.equal(codes(errors), [['authenticate', undefined]])
  })

  it('wait without a warning, however many namespaces one connection asks for', async context => {
    const { url, waiting } = await waitingRoom(context, { limits: { waiting: { atOnce: 1 } } })
    const manager = managerOf(url)
    const rooms = Array.from({ length: 20 }, (_, at) => join(manager, `/room-${at}`))
    for (let turn = 0; turn < rooms.length; turn++) {
      await until(() => waiting.length > turn)
      waiting[turn]?.()
    }
    await until(() => rooms.every(({ outcome }) => outcome.joined))
  })

  it('leave the queue with their client', async context => {
    const { client, url, waiting, errors, io } = await waitingRoom(context, { limits: { waiting: { atOnce: 1 } } })
    const first = client('/room-1', { forceNew: true })
    await until(() => waiting.length === 1)
    const manager = managerOf(url)
    join(manager, '/room-2')
    await until(() => pendingIn(io, '/room-2') === 1)
    const third = client('/room-3', { forceNew: true })
    await until(() => pendingIn(io, '/room-3') === 1)
    manager.engine.close()
    await until(() => pendingIn(io, '/room-2') === 0)
    waiting[0]?.()
    await until(() => waiting.length === 2)
    waiting[1]?.()
    await Promise.all([first, third])
    assert.is(waiting.length, 2)
    assert.equal(codes(errors), [])
  })

  it('are all let in after a restart, however many come from one address', async ({ defer }) => {
    const io = new Server()
    const server = attach(io, api)
    const enter: ((data: object) => void)[] = []
    server.of('/room-{id}').authenticate(() => new Promise(resolve => enter.push(resolve)))
    const connect = exchangeOf(io)
    const lines = Array.from({ length: 2_500 }, () => connect())
    defer(() => {
      for (const line of lines) line.close()
      server.detach()
    })
    for (const line of lines) line.send({ type: 0, nsp: '/room-1' })
    const running: number[] = []
    while (!lines.every(({ received }) => received.length > 0)) {
      await new Promise(setImmediate)
      running.push(enter.length)
      for (const accept of enter.splice(0)) accept({})
    }
    assert.is(Math.max(...running), 1_000)
    assert.ok(lines.every(({ received }) => received[0]?.type === 0))
  })

  it('are limited to 32 per transport by default', async context => {
    const { url, waiting, errors } = await waitingRoom(context)
    const manager = managerOf(url)
    const rooms = Array.from({ length: 33 }, (_, at) => join(manager, `/room-${at}`))
    await until(() => rooms.some(({ outcome }) => outcome.refused !== undefined))
    assert.is(waiting.length, 32)
    assert.equal(codes(errors), [['authenticate', 'OVERLOADED']])
    for (const decide of waiting) decide()
    await until(() => rooms.filter(({ outcome }) => outcome.joined).length === 32)
  })

  it('wait no longer than authenticateTimeout', async context => {
    const { client, errors } = await waitingRoom(context, {
      authenticateTimeout: 30,
      limits: { waiting: { perAddress: 1 } },
    })
    for (let turn = 0; turn < 2; turn++) {
      const refused = await client('/room-1').catch((error: Refused) => error)
      assert.is(Reflect.get(Object((refused as Refused).data), 'code'), 'TIMEOUT')
    }
    assert.equal(codes(errors), [
      ['authenticate', 'TIMEOUT'],
      ['authenticate', 'TIMEOUT'],
    ])
  })

  it('are accepted over a UNIX socket, which has no address', async ({ defer }) => {
    const io = new Server()
    const server = attach(io, api)
    server.of('/room-{id}').authenticate(() => ({}))
    const line = exchangeOf(io)()
    defer(() => {
      line.close()
      server.detach()
    })
    line.send({ type: 0, nsp: '/room-1' })
    await until(() => line.received.length > 0)
    assert.is(line.received[0]?.type, 0)
  })

  it('are refused if their address is not known', async context => {
    const secret = new Error('secret')
    const { client, errors } = await waitingRoom(context, {
      limits: {
        waiting: {
          addressOf() {
            throw secret
          },
        },
      },
    })
    const refused = await client('/room-1').catch((error: Refused) => error)
    assert.equal((refused as Refused).data, { code: 'UNAUTHORIZED', message: 'The connection was refused' })
    const [report] = errors.splice(0)
    assert.equal([report?.error, report?.phase], [secret, 'authenticate'])
  })
})
