import { event, router } from '@ackwire/core'
import { attach } from '@ackwire/core/server'
import { Type } from '@sinclair/typebox'
import type { Server } from 'socket.io'
import * as assert from 'uvu/assert'
import { describe } from '../../../test/harness.js'
import { ask, serve, until } from './serve.js'

const api = router({
  slow: event.input(Type.Integer()).ack(Type.String()),
  ping: event.input().ack(),
  '/admin': router({ ping: event.input().ack() }, { auth: Type.Object({ token: Type.String() }) }),
})

const after = (ms: number): Promise<void> => new Promise(resolve => setTimeout(resolve, ms))
const failureOf = (answer: readonly unknown[]) => (answer[0] as { $error: { code: string; data?: unknown } }).$error

describe('a handler’s time', it => {
  it('can be limited: the call is answered, the signal aborted, and a late reply has no effect', async context => {
    const { server, client, errors } = await serve(api, context, { timeout: 30 })
    const aborted: boolean[] = []
    server.on.slow(async ({ input, signal }) => {
      await after(input)
      aborted.push(signal.aborted)
      if (input === 90) throw new Error('late')
      return 'done'
    })
    const socket = await client()
    assert.equal(await ask(socket, 'slow', 1), ['done'])
    assert.equal(failureOf(await ask(socket, 'slow', 60)), { code: 'TIMEOUT', message: 'No answer arrived in time' })
    assert.is(failureOf(await ask(socket, 'slow', 90)).code, 'TIMEOUT')
    await until(() => aborted.length === 3)
    assert.equal(aborted, [false, true, true])
    await after(10)
    assert.equal(
      errors.splice(0).map(({ phase }) => phase),
      ['handler', 'handler'],
    )
  })

  it('aborts a signal that is first read afterwards', async context => {
    const { server, client, errors } = await serve(api, context, { timeout: 20 })
    const aborted: boolean[] = []
    server.on.slow(async call => {
      await until(() => errors.length === 1)
      aborted.push(call.signal.aborted)
      return 'late'
    })
    assert.is(failureOf(await ask(await client(), 'slow', 0)).code, 'TIMEOUT')
    await until(() => aborted.length === 1)
    assert.equal(aborted, [true])
    errors.splice(0)
  })

  it('aborts the signal of the middleware and of the handler', async context => {
    const { server, client, errors } = await serve(api, context, { timeout: 20 })
    const aborted: boolean[] = []
    server
      .use(async ({ next, signal }) => {
        const reply = await next({})
        aborted.push(signal.aborted)
        return reply
      })
      .on.slow(async ({ signal }) => {
        await new Promise(resolve => signal.addEventListener('abort', resolve))
        aborted.push(signal.aborted)
        return 'late'
      })
    await ask(await client(), 'slow', 0)
    await until(() => aborted.length === 2)
    assert.equal(aborted, [true, true])
    errors.splice(0)
  })
})

describe('close', it => {
  it('lets running calls finish, rejects new ones, and then detaches from the sockets', async context => {
    const { server, client, io } = await serve(api, context)
    let release: (() => void) | undefined
    server.on.slow(async () => {
      await new Promise<void>(resolve => (release = resolve))
      return 'done'
    })
    const socket = await client()
    const running = ask(socket, 'slow', 0)
    await until(() => release !== undefined)
    let isClosed = false
    const closing = server.close().then(() => (isClosed = true))
    assert.is(server.close() instanceof Promise, true)
    const refused = failureOf(await ask(socket, 'slow', 0))
    assert.is(refused.code, 'OVERLOADED')
    assert.ok((refused.data as { retryAfterMs: number }).retryAfterMs > 4_000)
    assert.not(isClosed)
    release?.()
    assert.equal(await running, ['done'])
    await closing

    for (const [, own] of io.of('/').sockets)
      own.on('slow', (text: unknown, ack: (reply: unknown) => void) => ack(`plain ${text}`))
    assert.equal(await ask(socket, 'slow', 'anything'), ['plain anything'])
  })

  it('waits no longer than the option drain, and aborts the unfinished calls', async context => {
    const { server, client } = await serve(api, context)
    let [begun, aborted] = [false, false]
    server.on.slow(async ({ signal }) => {
      begun = true
      await new Promise(resolve => signal.addEventListener('abort', resolve))
      aborted = signal.aborted
      return 'aborted'
    })
    const socket = await client()
    const running = ask(socket, 'slow', 0)
    await until(() => begun)
    await server.close({ drain: 20 })
    assert.equal(await running, ['aborted'])
    assert.ok(aborted)
  })
})

/** All of a Socket.IO server that a binding could have changed. */
const stateOf = (io: Server) => {
  const { _nsps: namespaces } = io
  return {
    listeners: io.eventNames(),
    namespaces: [...namespaces.values()].map(namespace => ({
      name: namespace.name,
      listeners: namespace.eventNames(),
      middleware: [...(Reflect.get(namespace, '_fns') as unknown[])],
      sockets: [...namespace.sockets.values()].map(socket => ({
        listeners: socket.eventNames(),
        catchAll: socket.listenersAny(),
        middleware: [...(Reflect.get(socket, 'fns') as unknown[])],
      })),
    })),
  }
}

describe('detach', it => {
  it('restores the server, so that it can be attached again', async context => {
    const { server: empty, client, io } = await serve(router({}), context)
    empty.detach()
    io.of('/own').use((_, next) => next())
    const socket = await client()
    const found = stateOf(io)
    const moments: string[] = []
    const own = router({
      ping: event.input().ack(),
      '/own': router({}),
      '/own-{id}': router({ ping: event.input() }),
      '/admin': router({ ping: event.input() }),
    })
    for (let times = 0; times < 2; times++) {
      const server = attach(io, own)
      server.on.connection(() => moments.push('connection'))
      server.on.disconnect(() => moments.push('disconnect'))
      server.on.ping(() => {})
      assert.equal(await ask(socket, 'ping'), [])
      server.detach()
      server.detach()
      assert.equal(stateOf(io), found)
    }
    assert.equal(moments, [])
    await client('/admin').then(
      () => assert.unreachable(),
      ({ message }) => assert.is(message, 'Invalid namespace'),
    )
  })

  it('keeps a namespace that is in use, with its sockets', async context => {
    const { server, client, io } = await serve(api, context)
    server.of('/admin').on.ping(() => {})
    const socket = await client('/admin', { auth: { token: 'abc' } })
    server.detach()
    for (const [, one] of io.of('/admin').sockets) one.on('ping', (ack: (reply: string) => void) => ack('plain'))
    assert.equal(await ask(socket, 'ping'), ['plain'])
    await client('/admin')
    const second = attach(io, api)
    second.of('/admin').on.ping(() => {})
    assert.equal(await ask(socket, 'ping'), [])
    second.detach()
  })
})

describe('a server', it => {
  it('can be closed after a detach, and with an infinite wait', async context => {
    const { server, client, io } = await serve(api, context, { timeout: Infinity })
    let begun = 0
    server.on.slow(async () => {
      begun++
      await after(30)
      return 'done'
    })
    const socket = await client()
    const running = ask(socket, 'slow', 0)
    await until(() => begun === 1)
    await server.close({ drain: Infinity })
    assert.equal(await running, ['done'])

    const second = attach(io, api)
    second.on.slow(() => {
      begun++
      return after(40).then(() => 'late')
    })
    socket.emit('slow', 0)
    await until(() => begun === 2)
    second.detach()
    const closing = second.close()
    context.defer(() => closing)
    for (const [, own] of io.of('/').sockets) own.on('ping', (ack: () => void) => ack())
    assert.equal(await ask(socket, 'ping'), [])
  })

  it('survives a promise whose then throws', async context => {
    const { server, client, errors } = await serve(api, context)
    server.on.slow(() => {
      const promise = Promise.resolve('done')
      Reflect.set(promise, 'then', () => {
        throw new Error('then')
      })
      return promise
    })
    assert.is(failureOf(await ask(await client(), 'slow', 0)).code, 'INTERNAL')
    // It would wait past the end of the test if the call still counted.
    await server.close({ drain: 60_000 })
    errors.splice(0)
  })

  it('survives a pattern that is bound twice', async context => {
    const games = router({ '/game-{id}': router({}) })
    const { io } = await serve(games, context)
    assert.throws(() => attach(io, games), /attach: \/game-\{id\}: a contract is attached to it already/)
  })
})

describe('an undeclared event without a listener', it => {
  it('is answered if unknownEvents says so, with its name cut short', async context => {
    const { client, io } = await serve(api, context, { unknownEvents: 'answer' })
    io.on('connection', socket => socket.on('known', (ack: (reply: string) => void) => ack('own')))
    const socket = await client()
    assert.equal(failureOf(await ask(socket, `${'x'.repeat(64)}y`)), {
      code: 'UNKNOWN_EVENT',
      message: `The server does not know this event: ${'x'.repeat(64)}`,
    })
    assert.is(failureOf(await ask(socket, '__proto__', 1)).code, 'UNKNOWN_EVENT')
    assert.equal(await ask(socket, 'known'), ['own'])
    socket.emit('nobody asks for an answer')
    assert.is(failureOf(await ask(socket, 'ping')).code, 'NOT_IMPLEMENTED')
  })
})
