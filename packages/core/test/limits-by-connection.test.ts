import { event, router, type EventError, type Limit } from '@ackwire/core'
import { attach, type AttachOptions, type ErrorReport } from '@ackwire/core/server'
import { Type } from '@sinclair/typebox'
import { install } from '@sinonjs/fake-timers'
import { Server } from 'socket.io'
import type { Socket } from 'socket.io-client'
import * as assert from 'uvu/assert'
import { describe, type TestContext } from '../../../test/harness.js'
import { exchangeOf } from './fuzz/line.js'
import { settled } from './fuzz/assertions.js'
import { ask, serve, until } from './serve.js'

const HOUR = 3_600

const limited = (limit: Limit) => {
  const say = event.input().ack().limit(limit)
  return router({ say, free: event.input().ack(), '/room-{id}': router({ say }), '/other': router({ say }) })
}

const joined = (socket: Socket): Promise<void> =>
  new Promise((resolve, reject) => {
    socket.once('connect', resolve).once('connect_error', reject)
    socket.connect()
  })

/** A client of several namespaces over one connection, which a namespace that is not left keeps open. */
const start = async (context: TestContext, limit: Limit, options: AttachOptions = {}) => {
  const served = await serve(limited(limit), context, options)
  const root = await served.client()
  const join = async (namespace: string): Promise<Socket> => {
    const socket = root.io.socket(namespace)
    if (!socket.connected) await joined(socket)
    return socket
  }
  /** Leaves, and waits until the server knows: it closes a connection that joins a namespace which it has not left yet. */
  const leave = async (socket: Socket): Promise<void> => {
    const { nsp } = Object(socket) as { readonly nsp: string }
    socket.disconnect()
    await until(() => served.io.of(nsp).sockets.size === 0)
  }
  return { ...served, root, join, leave }
}

const codeOf = async (socket: Socket, name = 'say'): Promise<unknown> => {
  const [reply] = (await ask(socket, name)) as [{ $error: { code: string } } | undefined]
  return reply?.$error.code
}

const codes = (errors: ErrorReport[]): unknown[] => errors.splice(0).map(({ error }) => (error as EventError).code)

describe('the number of calls of a connection in a namespace', it => {
  const once: Limit = { rate: { perSocket: { calls: 2, seconds: HOUR } } }

  it('is not reset when it leaves and rejoins', async context => {
    const { server, join, leave, errors } = await start(context, once)
    let handled = 0
    server.of('/other').on.say(() => void handled++)
    const seen = []
    for (let round = 0; round < 20; round++) {
      const socket = await join('/other')
      seen.push(await codeOf(socket))
      await leave(socket)
    }
    assert.equal(seen.slice(0, 3), [undefined, undefined, 'RATE_LIMITED'])
    assert.is(handled, 2)
    assert.is(codes(errors).length, 18)
  })

  it('is counted in all namespaces of a pattern together, and in no other', async context => {
    const { server, join, root, errors } = await start(context, once)
    for (const each of [server, server.of('/room-{id}'), server.of('/other')]) each.on.say(() => {})
    const [one, two, three] = [await join('/room-1'), await join('/room-2'), await join('/room-3')]
    assert.equal([await codeOf(one), await codeOf(two), await codeOf(three)], [undefined, undefined, 'RATE_LIMITED'])
    assert.equal([await codeOf(await join('/other')), await codeOf(root)], [undefined, undefined])
    codes(errors)
  })

  it('is reset for another connection', async context => {
    const { server, client, errors } = await start(context, once)
    server.of('/other').on.say(() => {})
    for (let round = 0; round < 2; round++) {
      const socket = await client('/other')
      const seen = [await codeOf(socket), await codeOf(socket), await codeOf(socket)]
      assert.equal(seen, [undefined, undefined, 'RATE_LIMITED'])
    }
    codes(errors)
  })

  it('includes a call until its handler has settled, even if the client has left meanwhile', async context => {
    const { server, join, leave, errors } = await start(context, { inFlight: { perSocket: 1 } })
    const held: (() => void)[] = []
    server.of('/room-{id}').on.say(() => new Promise<void>(resolve => held.push(resolve)))
    const first = await join('/room-1')
    first.emit('say')
    await until(() => held.length === 1)
    await leave(first)
    for (let round = 0; round < 20; round++) {
      const socket = await join(`/room-${round % 2}`)
      assert.is(await codeOf(socket), 'OVERLOADED')
      await leave(socket)
    }
    assert.is(held.length, 1)
    held[0]?.()
    await new Promise(resolve => setTimeout(resolve, 10))
    const again = ask(await join('/room-1'), 'say')
    await until(() => held.length === 2)
    held[1]?.()
    assert.equal(await again, [])
    codes(errors)
  })

  it('includes a call of a plain listener until it acks or the connection closes', async context => {
    const { server, join, leave, root, client, errors } = await start(context, { inFlight: { perSocket: 1, total: 2 } })
    const acks: (() => void)[] = []
    server.of('/other').on.connection(({ socket }) => {
      socket.on('say', (...args: readonly unknown[]) => acks.push(args.at(-1) as () => void))
    })
    for (let round = 0; round < 20; round++) {
      const socket = await join('/other')
      socket.emit('say', () => {})
      if (round > 0) assert.is(await codeOf(socket), 'OVERLOADED')
      await until(() => acks.length === 1)
      await leave(socket)
    }
    assert.is(acks.length, 1)
    acks[0]?.()
    const back = await join('/other')
    back.emit('say')
    await until(() => acks.length === 2)
    root.io.engine.close()
    const others = [await client('/other'), await client('/other')]
    for (const other of others) other.emit('say')
    await until(() => acks.length === 4)
    codes(errors)
  })

  it('is released with the connection', async ({ defer }) => {
    const names = Array.from({ length: 20 }, (_, at) => `/n${at}`)
    const say = event.input().ack().limit(once)
    const io = new Server()
    const server = attach(io, router(Object.fromEntries(names.map(name => [name, router({ say })]))))
    for (const name of names) Object(Reflect.apply(server.of, server, [name])).on.say(() => {})
    const dial = exchangeOf(io)
    const call = async (): Promise<void> => {
      const line = dial()
      for (const nsp of names) line.send({ type: 0, nsp })
      await settled()
      for (const nsp of names) line.send({ type: 2, nsp, id: 1, data: ['say'] })
      // By turns, since the clock stands still; what never comes is ended by the test's limit.
      while (line.received.length < 2 * names.length) await new Promise(resolve => setImmediate(resolve))
      assert.is(line.received.length, 2 * names.length)
      line.close()
      await settled()
    }
    // It loads the library that counts.
    await call()
    const clock = install({ toFake: ['setTimeout', 'clearTimeout'] })
    defer(() => clock.uninstall())
    for (let round = 0; round < 10; round++) await call()
    assert.is(clock.countTimers(), 0)
    server.detach()
  })
})

describe('a client that is refused too often', it => {
  const options = { limits: { refusals: { calls: 5, seconds: HOUR } } } as const
  const gone = (socket: Socket): Promise<string> => new Promise(resolve => socket.once('disconnect', resolve))
  const isCutOff = ({ error, phase }: ErrorReport): boolean =>
    phase === 'limit' && String(error).includes('rejected too often')

  /** Sends until the connection is closed, at most 50 times, which is reported once, with the namespace and the event. */
  const expectCutOff = async (
    socket: Socket,
    errors: ErrorReport[],
    place: string,
    send: (at: number) => unknown,
  ): Promise<void> => {
    const state = { isGone: false }
    const left = gone(socket).then(() => (state.isGone = true))
    for (let at = 0; at < 50 && !state.isGone; at++) {
      await send(at)
      await new Promise(resolve => setTimeout(resolve, 2))
    }
    assert.ok(state.isGone, 'it was not disconnected')
    await left
    assert.equal(
      errors.filter(isCutOff).map(({ namespace, event }) => `${namespace} ${event}`),
      [place],
    )
    errors.splice(0)
  }

  it('is disconnected for streams that it opens', async context => {
    const api = router({ tail: event.input().stream(Type.Integer()) })
    const { server, client, errors } = await serve(api, context, { ...options, maxStreams: 1 })
    server.on.tail(async function* ({ signal }) {
      yield 1
      await new Promise(resolve => signal.addEventListener('abort', resolve))
    })
    const socket = await client()
    await expectCutOff(socket, errors, '/ tail', () => socket.emit('tail', () => {}))
  })

  it('is disconnected for calls to a server that closes', async context => {
    const api = router({ slow: event.input().ack(), free: event.input().ack() })
    const { server, client, errors } = await serve(api, context, options)
    let isHeld = false
    server.on.slow(() => new Promise(() => (isHeld = true)))
    server.on.free(() => {})
    const [socket, other] = [await client(), await client()]
    other.emit('slow')
    await until(() => isHeld)
    const closing = server.close({ drain: 2_000 })
    await expectCutOff(socket, errors, '/ free', () => socket.emit('free', () => {}))
    assert.is(await codeOf(other, 'free'), 'OVERLOADED')
    void closing
  })

  const auth = Type.Object({ token: Type.String() })

  it('is disconnected for namespaces that it waits for', async context => {
    const api = router({ '/room-{id}': router({ free: event.input() }) })
    const { server, client, errors } = await serve(api, context, {
      authenticateTimeout: 500,
      limits: { ...options.limits, waiting: { perTransport: 1 } },
    })
    server.of('/room-{id}').authenticate(() => new Promise(() => {}))
    const socket = await client()
    await expectCutOff(socket, errors, '/room-{id} connection', at => socket.io.socket(`/room-${at}`))
  })

  it('is disconnected for a token that it guesses', async context => {
    const api = router({ '/in': router({}, { auth }) })
    const { server, client, errors } = await serve(api, context, options)
    server.of('/in').authenticate(() => {
      throw new Error('no')
    })
    const socket = await client()
    const inside = socket.io.socket('/in', { auth: { token: 'x' } })
    await expectCutOff(socket, errors, '/in connection', () => {
      inside.disconnect()
      inside.connect()
    })
  })

  it('is disconnected for asking again while it waits', async context => {
    const api = router({ '/in': router({}) })
    const { server, client, errors } = await serve(api, context, { ...options, authenticateTimeout: 500 })
    server.of('/in').authenticate(() => new Promise(() => {}))
    const socket = await client()
    await expectCutOff(socket, errors, '/in connection', () => socket.io.engine.write('0/in,'))
  })

  it('is not disconnected for invalid input, or for undeclared events', async context => {
    const api = router({ say: event.input(Type.String()).ack(), none: event.input().ack() })
    const { server, client, errors } = await serve(api, context, { ...options, unknownEvents: 'answer' })
    server.on.say(() => {})
    const socket = await client()
    for (let at = 0; at < 10; at++) for (const name of ['say', 'none', 'unknown']) await ask(socket, name)
    assert.ok(socket.connected)
    errors.splice(0)
  })
})
