import type { Socket as RawSocket } from 'node:net'
import { event, router } from '@ackwire/core'
import { attach, type LimitOptions } from '@ackwire/core/server'
import { Type } from '@sinclair/typebox'
import { Server } from 'socket.io'
import type { Socket } from 'socket.io-client'
import * as assert from 'uvu/assert'
import { describe } from '../../../test/harness.js'
import { ask, serve, TRANSPORTS, until, type Served } from './serve.js'

const api = router({
  once: event
    .input(Type.Integer())
    .ack(Type.Integer())
    .limit({ rate: { perSocket: { calls: 1, seconds: 3_600 } } }),
  free: event.input().ack(),
  '/admin': router({ free: event.input().ack() }),
})

/** Starts a server whose handlers note what they are called with. */
const listen = async (
  context: Parameters<typeof serve>[1],
  refusals: LimitOptions['refusals'],
  transport = TRANSPORTS[0],
) => {
  const limits: LimitOptions = refusals === undefined ? {} : { refusals }
  const served = await serve(api, context, { limits, ...(transport && { transport }) })
  const handled: number[] = []
  served.server.on.once(({ input }) => handled.push(input))
  served.server.on.free(() => {})
  served.server.of('/admin').on.free(() => {})
  return { ...served, handled }
}

/** Sends calls without waiting, and counts how often each is answered. */
const flood = (socket: Socket, calls: number): number[] => {
  const answers = Array.from({ length: calls }, () => 0)
  for (const at of answers.keys()) socket.emit('once', at, () => void answers[at]!++)
  return answers
}

const left = (socket: Socket): Promise<string> => new Promise(resolve => socket.once('disconnect', resolve))

/** Takes the reports out: what is left fails the test. */
const told = ({ errors }: Pick<Served<typeof api>, 'errors'>): string[] =>
  errors.splice(0).map(({ phase, event: name, error }) => `${phase} ${name} ${String(error)}`)

const REFUSED = 'limit once EventError: Too many calls, try again later'
const CUT_OFF = 'limit once EventError: The client was disconnected because its messages were rejected too often'

describe('a client that is refused too often', it => {
  for (const transport of TRANSPORTS) {
    it(`is disconnected, and only it, over ${transport}`, async context => {
      const served = await listen(context, { calls: 5, seconds: 3_600 }, transport)
      const [flooder, neighbour] = [await served.client(), await served.client()]
      const gone = left(flooder)
      const answers = flood(flooder, 500)
      assert.equal(await ask(neighbour, 'free'), [])
      assert.match(await gone, /^transport (close|error)$/)
      assert.equal(served.handled, [0])
      assert.ok(answers.every(times => times <= 1))
      assert.ok(answers.filter(times => times === 1).length <= 7)
      assert.equal(told(served), [...Array.from({ length: 6 }, () => REFUSED), CUT_OFF])
      await until(() => served.io.of('/').sockets.size === 1)
      assert.equal(await ask(neighbour, 'free'), [])
    })
  }

  it('is not read any more, even if it was upgraded and does not read', { timeoutMs: 300_000 }, async context => {
    const served = await listen(context, { calls: 5, seconds: 3_600 })
    const open = new Set<RawSocket>()
    served.io.httpServer.on('upgrade', (_, raw: RawSocket) => {
      open.add(raw)
      raw.once('close', () => open.delete(raw))
    })
    const flooder = await served.client('/', { transports: ['polling', 'websocket'] })
    await until(() => flooder.io.engine.transport.name === 'websocket')
    assert.equal(await ask(flooder, 'free'), [])
    assert.is(open.size, 1)
    // What closes the connection politely is never read.
    const { ws } = flooder.io.engine.transport as unknown as { readonly ws: { pause(): void } }
    ws.pause()
    flood(flooder, 500)
    await until(() => open.size === 0)
    assert.is(told(served).at(-1), CUT_OFF)
  })

  it('leaves all its namespaces', async context => {
    const served = await listen(context, { calls: 5, seconds: 3_600 })
    const root = await served.client()
    const admin = root.io.socket('/admin')
    await new Promise<void>(resolve => admin.once('connect', resolve))
    const gone = [left(root), left(admin)]
    flood(root, 500)
    await Promise.all(gone)
    await until(() => served.io.of('/admin').sockets.size === 0)
    assert.is(told(served).filter(line => line === CUT_OFF).length, 1)
  })

  it('may connect again, with a count that starts from zero', async context => {
    const served = await listen(context, { calls: 5, seconds: 3_600 })
    const first = await served.client()
    const gone = left(first)
    flood(first, 500)
    await gone
    const again = await served.client()
    assert.equal(
      await ask(again, 'once', 7),
      [7].map(() => served.handled.length),
    )
    told(served)
  })

  it('stays connected if it waits for retryAfterMs', async context => {
    const limited = router({
      say: event
        .input()
        .ack()
        .limit({ rate: { perSocket: { calls: 5, seconds: 1 } } }),
    })
    const served = await serve(limited, context, { limits: { refusals: { calls: 10, seconds: 3_600 } } })
    let handled = 0
    served.server.on.say(() => void handled++)
    const socket = await served.client()
    for (let left = 12; left > 0;) {
      const [reply] = (await ask(socket, 'say')) as [{ $error?: { data: { retryAfterMs: number } } } | undefined]
      if (reply === undefined) left--
      else await new Promise(resolve => setTimeout(resolve, reply.$error?.data.retryAfterMs))
    }
    assert.equal([handled, socket.connected], [12, true])
    served.errors.splice(0)
  })

  it('stays connected if it is refused seldom', async context => {
    const served = await listen(context, { calls: 3, seconds: 0.2 })
    const socket = await served.client()
    for (let round = 0; round < 3; round++) {
      for (let call = 0; call < 3; call++) await ask(socket, 'once', call)
      await new Promise(resolve => setTimeout(resolve, 250))
    }
    assert.ok(socket.connected)
    assert.ok(told(served).every(line => line === REFUSED))
  })

  it('stays connected without a limit if refusals is false', async context => {
    const served = await listen(context, false)
    const socket = await served.client()
    flood(socket, 1_500)
    assert.equal(await ask(socket, 'free'), [])
    assert.ok(socket.connected)
    assert.is(told(served).length, 1_499)
  })

  it('is disconnected by default', async context => {
    const served = await listen(context, undefined)
    const socket = await served.client()
    const gone = left(socket)
    flood(socket, 1_500)
    await gone
    assert.is(told(served).length, 1_002)
  })
})

describe('the refusals of a client', it => {
  const refused = (refusals: unknown): string => {
    const io = new Server()
    try {
      attach(io, api, { limits: { refusals: refusals as never } })
    } catch (error) {
      return String(error)
    }
    return 'not refused'
  }

  it('have a limit in whole numbers and seconds', () => {
    const place = 'TypeError: ackwire: attach: limits.refusals'
    assert.is(refused(5), `${place}: expected an object, got a number`)
    assert.match(refused({ calls: 1.5, seconds: 1 }), `${place}.calls: expected a non-negative integer`)
    assert.is(refused({ calls: 1, seconds: 0 }), `${place}.seconds: expected a number above 0, got 0`)
    assert.match(refused({ calls: 1, seconds: 1, per: 2 }), `${place}: unknown key "per"`)
  })
})
