import { createClient, EventError } from '@ackwire/client'
import { event, router } from '@ackwire/core'
import { serve } from '@ackwire/core/testing'
import { tracked } from '@ackwire/core/server'
import { Type } from '@sinclair/typebox'
import { io } from 'socket.io-client'
import * as assert from 'uvu/assert'
import { describe, type TestContext } from '../../../test/harness.js'
import { until } from '../../core/test/serve.js'

const api = router({
  ping: event.input().ack(Type.Integer()),
  wait: event.input().ack(),
  tail: event.input().stream(Type.Integer()),
  counted: event.output(Type.Integer()),
})

/** Starts a server and a client whose calls may take an hour, so that a timer that is left behind is seen. */
const start = async ({ defer }: TestContext) => {
  const app = await serve(api, server => {
    server.on.ping(() => 1)
    server.on.wait(() => new Promise(() => {}))
    server.on.tail(async function* ({ signal }) {
      yield tracked('1', 1)
      await new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)))
    })
  })
  defer(app.close)
  return { ...app, client: (await app.client({ ackTimeout: 3_600_000 })).timeout(3_600_000) }
}

const codeOf = async (promise: Promise<unknown>): Promise<unknown> => {
  try {
    return await promise
  } catch (error) {
    return error instanceof EventError ? error.code : error
  }
}

type Timer = ReturnType<typeof setTimeout>

/** Counts the timers of at least ten minutes that are started from now on and not ended. */
const longTimers = ({ defer }: TestContext): ReadonlySet<Timer> => {
  const open = new Set<Timer>()
  const { setTimeout: begin, clearTimeout: end } = globalThis
  const counting = (call: () => void, ms?: number): Timer => {
    const timer = begin(call, ms)
    if (ms !== undefined && ms >= 600_000) open.add(timer)
    return timer
  }
  const clear = (timer: Timer): void => {
    open.delete(timer)
    end(timer)
  }
  // The types have Node's own properties of these functions, too.
  globalThis.setTimeout = counting as typeof setTimeout
  globalThis.clearTimeout = clear as typeof clearTimeout
  defer(() => void Object.assign(globalThis, { setTimeout: begin, clearTimeout: end }))
  return open
}

/** Returns the number of all listeners of a socket and its manager. */
const listenersOf = ({ socket }: { readonly socket: { listeners(name: string): unknown[]; io: object } }): number => {
  const names = ['counted', 'connect', 'connect_error', 'disconnect', 'abort']
  const manager = socket.io as { listeners(name: string): unknown[] }
  return (
    names.reduce((sum, name) => sum + socket.listeners(name).length, 0) + manager.listeners('reconnect_failed').length
  )
}

describe('what a wait leaves behind', it => {
  it('is no timer after an answer', async context => {
    const timers = longTimers(context)
    const { client } = await start(context)
    assert.is(await client.emit.ping(), 1)
    await until(() => timers.size === 0)
  })

  it('is no ack and no timer of Socket.IO after an abort, also before the connection', async context => {
    const timers = longTimers(context)
    const { client } = await start(context)
    // The server ends no call of `wait`.
    const acksOf = (): number => Object.keys(Object(Reflect.get(client.socket, 'acks'))).length
    for (const isConnected of [true, false]) {
      if (!isConnected) client.socket.disconnect()
      const leaving = new AbortController()
      const calls = Array.from({ length: 20 }, () => client.signal(leaving.signal).emit.wait())
      await until(() => acksOf() === 20)
      leaving.abort()
      assert.equal(
        await Promise.all(calls.map(codeOf)),
        Array.from(calls, () => 'ABORTED'),
      )
      await until(() => acksOf() === 0 && timers.size === 0)
    }
    client.connect()
    assert.is(await client.emit.ping(), 1)
  })

  it('is also the ack of what is sent past the queue of retries, when a call in the queue is aborted', async context => {
    const { url } = await start(context)
    const queued = createClient<typeof api>(io(url, { transports: ['websocket'], retries: 1, ackTimeout: 3_600_000 }))
    context.defer(() => void queued.close())
    await until(() => queued.socket.connected)
    const leaving = new AbortController()
    const [first, second, item] = [
      queued.signal(leaving.signal).emit.ping(),
      queued.signal(leaving.signal).emit.ping(),
      queued.stream.tail().next(),
    ]
    leaving.abort()
    assert.equal([await codeOf(first), await codeOf(second)], ['ABORTED', 'ABORTED'])
    assert.equal(await item, { done: false, value: 1 })
    assert.is(await queued.emit.ping(), 1)
  })

  it('is no ack after an abort with retries, and nothing that is sent later', async context => {
    const timers = longTimers(context)
    const { url, io: server } = await start(context)
    const options = { transports: ['websocket'], retries: 3, ackTimeout: 3_600_000 }
    const queued = createClient<typeof api>(io(url, options), options)
    context.defer(() => void queued.close())
    await until(() => queued.socket.connected)
    const received: unknown[] = []
    server.of('/').sockets.forEach(socket => socket.onAny(name => received.push(name)))
    const acksOf = (): number => Object.keys(Object(Reflect.get(queued.socket, 'acks'))).length
    const leaving = [new AbortController(), new AbortController()]
    // The first one is sent and never answered, so that the others wait for it.
    const calls = leaving.map(({ signal }) => queued.signal(signal).emit.wait())
    const answered = queued.emit.ping()
    await until(() => received.length === 1)
    leaving[1]?.abort()
    assert.is(await codeOf(calls[1] ?? answered), 'ABORTED')
    leaving[0]?.abort()
    assert.is(await codeOf(calls[0] ?? answered), 'ABORTED')
    assert.is(await answered, 1)
    assert.equal([received, acksOf()], [['wait', 'ping'], 0])
    assert.is(timers.size, 0)
  })

  it('is no attempt after the one under way, for a call that was aborted after it had waited in the queue', async context => {
    const { url, io: server } = await start(context)
    const options = { transports: ['websocket'], retries: 3, ackTimeout: 60 }
    const queued = createClient<typeof api>(io(url, options), options)
    context.defer(() => void queued.close())
    const received: unknown[] = []
    server.on('connection', socket => socket.onAny(name => received.push(name)))
    const leaving = new AbortController()
    const call = queued.timeout(60).signal(leaving.signal).emit.wait()
    const answered = queued.timeout(3_600_000).emit.ping()
    await until(() => received.length === 1)
    leaving.abort()
    assert.is(await codeOf(call), 'ABORTED')
    assert.is(await answered, 1)
    assert.equal(received, ['wait', 'ping'])
  })

  it('is no ack after a stream was left, whether its first page or a later one was waited for', async context => {
    const timers = longTimers(context)
    const { client, io: server } = await start(context)
    const acksOf = (): number => Object.keys(Object(Reflect.get(client.socket, 'acks'))).length
    const stopped: unknown[] = []
    server.of('/').sockets.forEach(socket => socket.onAny(name => stopped.push(name)))
    for (const leave of ['abort', 'return'] as const) {
      const leaving = new AbortController()
      const stream = client.signal(leaving.signal).stream.tail()
      assert.equal(await stream.next(), { done: false, value: 1 })
      const next = stream.next()
      await until(() => acksOf() === 1)
      if (leave === 'abort') leaving.abort()
      else await stream.return()
      await codeOf(next)
      await until(() => acksOf() === 0 && stopped.splice(0).includes('tail:stop'))
    }
    client.socket.disconnect()
    const early = client.stream.tail()
    const first = early.next()
    await until(() => acksOf() === 1)
    await early.return()
    await first
    assert.is(acksOf(), 0)
    const impatient = client.timeout(3_600_000)
    client.connect()
    const stream = impatient.stream.tail()
    await stream.next()
    await stream.return()
    await until(() => timers.size === 0)
  })

  it('is no stream of the server whose page came too late', async context => {
    const { client, io: server } = await start(context)
    const stream = client.timeout(30).stream.tail()
    const received: unknown[] = []
    server.of('/').sockets.forEach(socket => socket.onAny(name => received.push(name)))
    assert.equal(await stream.next(), { done: false, value: 1 })
    assert.is(await codeOf(stream.next()), 'TIMEOUT')
    await until(() => received.includes('tail:stop'))
  })

  it('is no timer and no listener after once and an iteration, however they end', async context => {
    const timers = longTimers(context)
    const { client, server } = await start(context)
    const before = listenersOf(client)
    const once = client.once.counted()
    const loop = client.iterate.counted()
    const next = loop.next()
    server.emit.counted(1)
    assert.equal(await Promise.all([once, next]), [1, { done: false, value: 1 }])
    await loop.return?.()
    const leaving = new AbortController()
    const aborting = client.signal(leaving.signal)
    const waits = [aborting.once.counted(), aborting.iterate.counted().next()]
    leaving.abort()
    assert.equal(await Promise.all(waits.map(codeOf)), ['ABORTED', 'ABORTED'])
    assert.is(listenersOf(client), before)
    await until(() => timers.size === 0)
  })

  it('is no timer and no listener after a stream that was left, also while it waited for a connection', async context => {
    const timers = longTimers(context)
    const { client, io } = await start(context)
    const before = listenersOf(client)
    const left = client.stream.tail()
    assert.equal(await left.next(), { done: false, value: 1 })
    await left.return()

    client.socket.io.reconnection(true)
    client.socket.io.reconnectionDelay(50)
    const waiting = client.stream.tail()
    assert.equal(await waiting.next(), { done: false, value: 1 })
    const next = waiting.next()
    for (const [, { conn }] of io.of('/').sockets) conn.close()
    await until(() => listenersOf(client) > before)
    await waiting.return()
    await next
    assert.is(listenersOf(client), before)
    client.close()
    await until(() => timers.size === 0)
  })

  it('is no event in the buffer of a socket that never connected', async context => {
    const { client } = await start(context)
    client.socket.disconnect()
    const leaving = new AbortController()
    const calls = [
      client.signal(leaving.signal).emit.ping(),
      client.timeout(5).emit.ping(),
      client.signal(leaving.signal).stream.tail().next(),
    ]
    assert.is(client.socket.sendBuffer.length, 3)
    leaving.abort()
    assert.equal(await Promise.all(calls.map(codeOf)), ['ABORTED', 'TIMEOUT', 'ABORTED'])
    assert.equal(client.socket.sendBuffer, [])
    client.connect()
    assert.is(await client.emit.ping(), 1)
  })

  it('is no stop in the buffer after a stream that was left without a connection', async context => {
    const { client } = await start(context)
    const stream = client.stream.tail()
    await stream.next()
    client.socket.disconnect()
    await stream.return()
    assert.equal(client.socket.sendBuffer, [])
  })

  it('is nothing that a signal or a close calls', async context => {
    const { client } = await start(context)
    const leaving = new AbortController()
    const { signal } = leaving
    let listeners = 0
    const add = signal.addEventListener.bind(signal)
    Object.assign(signal, {
      addEventListener: (name: string, listener: () => void) => (listeners++, add(name, listener)),
    })
    for (let times = 0; times < 5; times++) await client.signal(signal).emit.ping()
    await client.signal(signal).stream.tail().return()
    assert.is(listeners, 1, 'any number of calls share a listener')

    const called: unknown[][] = []
    const { values } = Object
    context.defer(() => void Object.assign(Object, { values }))
    Object.assign(Object, {
      values(of: object) {
        const all = values(of)
        called.push(all)
        return all
      },
    })
    leaving.abort()
    client.close()
    Object.assign(Object, { values })
    assert.equal(called, [[], []], 'the callbacks of the signal and of the socket')
  })
})
