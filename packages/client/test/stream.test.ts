import { createServer } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { createClient, EventError, safe, type ClientOptions } from '@ackwire/client'
import { serve, type ServeOptions } from '@ackwire/core/testing'
import { event, router } from '@ackwire/core'
import { attach, tracked } from '@ackwire/core/server'
import { Type } from '@sinclair/typebox'
import { Server } from 'socket.io'
import * as assert from 'uvu/assert'
import { describe, type TestContext } from '../../../test/harness.js'
import { TRANSPORTS, until } from '../../core/test/serve.js'

const Day = Type.Transform(Type.String({ format: 'date' }))
  .Decode(text => new Date(text))
  .Encode(date => date.toISOString().slice(0, 10))

const api = router({
  count: event.input(Type.Integer()).stream(Type.Integer()),
  download: event
    .input(Type.String())
    .stream(Type.Object({ percent: Type.Number() }))
    .ack(Type.Object({ size: Type.Integer() }))
    .errors({ NO_FILE: Type.Object({ name: Type.String() }) }),
  days: event.input(Day).stream(Day).ack(Day),
  log: router({ tail: event.input().stream(Type.String()) }),
  ping: event.input().ack(),
})

/** Starts a server, with a client that has the contract or its types only. Records the streams that have ended on the server. */
const start = async ({ defer }: TestContext, options: ClientOptions<unknown> = {}, served: ServeOptions = {}) => {
  const app = await serve(api, () => {}, served)
  defer(app.close)
  const errors: unknown[] = []
  app.server.onError(({ error }) => void errors.push(error))
  defer(() => assert.equal(errors, []))
  const setting = {
    transports: ['websocket'],
    reconnectionDelay: 10,
    reconnectionDelayMax: 20,
    forceNew: true,
    ...options,
  }
  const client = createClient<typeof api>(app.url, setting)
  const checked = createClient(api, app.url, setting)
  defer(() => checked.close())
  defer(() => client.close())
  const ended: string[] = []
  /** Counts from the last number that the client has, then waits until the reader leaves. */
  const count = (trackedFrom: number): void =>
    void app.server.on.count(async function* ({ input, lastEventId, signal }) {
      try {
        for (let number = Number(lastEventId ?? 0) + 1; number <= input; number++)
          yield number >= trackedFrom ? tracked(`${number}`, number) : number
        await new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)))
      } finally {
        ended.push(`${input} after ${lastEventId}`)
      }
    })
  const cut = (): void => {
    for (const [, socket] of app.io.of('/').sockets) socket.conn.close()
  }
  return { ...app, client, checked, errors, ended, count, cut }
}

const NEVER = Number.POSITIVE_INFINITY

/**
 * Resolves to the items of a loop, followed by the code of its error. `after` is called with an item once the next one is
 * requested.
 */
const all = async (loop: AsyncIterable<unknown>, after: (item: unknown) => void = () => {}): Promise<unknown[]> => {
  const items: unknown[] = []
  try {
    for await (const item of loop) {
      items.push(item)
      setTimeout(after, 5, item)
    }
  } catch (error) {
    items.push(error instanceof EventError ? error.code : error)
  }
  return items
}

const numbers = (to: number, from = 1): number[] => Array.from({ length: to - from + 1 }, (_, index) => from + index)

for (const transport of TRANSPORTS) {
  describe(`a loop over a stream over ${transport}`, it => {
    it('yields each item in order and then ends', async context => {
      const { server, client, checked } = await start(context, { transports: [transport] })
      server.on.count(async function* ({ input }) {
        for (const number of numbers(input)) {
          if (number % 50 === 0) await new Promise(resolve => setTimeout(resolve, 1))
          yield number
        }
      })
      server.on.log.tail(async function* () {
        yield 'a'
      })
      assert.equal(await all(client.stream.count(500)), numbers(500))
      assert.equal(await all(checked.stream.count(200)), numbers(200))
      assert.equal(await all(client.stream.count(0)), [])
      assert.equal(await all(client.stream.log.tail()), ['a'])
    })

    it('resumes where it stopped after a lost connection, if the items have ids', async context => {
      const { client, count, cut, ended } = await start(context, { transports: [transport] })
      count(1)
      const items: number[] = []
      for await (const item of client.stream.count(200)) {
        items.push(item)
        if (item === 30 || item === 150) cut()
        if (item === 200) break
      }
      assert.equal(items, numbers(200))
      await until(() => ended.length === 3)
      assert.is(ended[0], '200 after undefined')
      assert.not(
        ended.slice(1).some(how => /undefined|NaN/.test(how)),
        ended.join(),
      )
    })
  })
}

describe('the end of a stream', it => {
  it('carries the final value, for the iterator and for the result', async context => {
    const { server, client, checked } = await start(context)
    server.on.download(async function* () {
      yield { percent: 100 }
      return { size: 7 }
    })
    for (const stream of [client.stream.download('a'), checked.stream.download('a')]) {
      assert.equal(await stream.next(), { done: false, value: { percent: 100 } })
      assert.equal(await stream.next(), { done: true, value: { size: 7 } })
      assert.equal(await stream.next(), { done: true, value: undefined })
      assert.equal(await stream.result, { size: 7 })
    }
  })

  it('can be a typed error, after the items before it', async context => {
    const { server, client, checked } = await start(context)
    server.on.download(async function* ({ input, fail }) {
      yield { percent: 50 }
      return fail('NO_FILE', { name: input })
    })
    for (const stream of [client.stream.download('a'), checked.stream.download('a')]) {
      assert.equal(await all(stream), [{ percent: 50 }, 'NO_FILE'])
      const [error] = await safe(stream.result)
      assert.is(error?.code === 'NO_FILE' && error.data.name, 'a')
    }
  })

  it('can be a refusal at the beginning', async context => {
    const { client, checked, errors } = await start(context)
    const wrong = JSON.parse('"one"')
    assert.equal(await all(client.stream.count(1)), ['NOT_IMPLEMENTED'])
    assert.equal(await all(client.stream.count(wrong)), ['INVALID_INPUT'])
    assert.is(errors.splice(0).length, 1)
    assert.equal(await all(checked.stream.count(wrong)), ['INVALID_INPUT'], 'it is not sent')
  })

  it('is decoded like the items if the contract is given', async context => {
    const { server, client, checked } = await start(context)
    server.on.days(async function* ({ input }) {
      yield input
      return input
    })
    const stream = checked.stream.days(new Date('2024-05-01'))
    assert.equal(await stream.next(), { done: false, value: new Date('2024-05-01') })
    assert.equal(await stream.next(), { done: true, value: new Date('2024-05-01') })
    assert.equal(await all(client.stream.days('2024-05-01')), ['2024-05-01'])
  })
})

describe('leaving a stream', it => {
  it('ends the handler: by break, by return, even while the next item is awaited', async context => {
    const { client, count, ended } = await start(context)
    count(NEVER)
    const stream = client.stream.count(3)
    for await (const item of stream) if (item === 2) break
    await until(() => ended.length === 1)
    assert.is((await safe(stream.result))[0]?.code, 'ABORTED')
    assert.equal(await all(stream), [])

    const waiting = client.stream.count(1)
    assert.equal(await waiting.next(), { done: false, value: 1 })
    const asked = [waiting.next(), waiting.next()]
    const over = { done: true, value: undefined }
    assert.equal(await waiting.return(), over)
    assert.equal(await Promise.all(asked), [over, over])
    await until(() => ended.length === 2)
  })

  it('before it is open, or while it opens, leaves nothing behind', async context => {
    const { client, count, ended, server } = await start(context)
    count(NEVER)
    const unread = client.stream.count(1)
    await unread.return()
    assert.is((await safe(unread.result))[0]?.code, 'ABORTED')
    assert.equal(await all(unread), [])
    let calls = 0
    server.on.ping(() => void calls++)
    const opening = client.stream.count(2)
    const asked = opening.next()
    await opening.return()
    assert.equal(await asked, { done: true, value: undefined })
    await client.emit.ping()
    const second = client.stream.count(3)
    const next = second.next()
    await client.emit.ping()
    await second.return()
    await next
    await until(() => ended.includes('3 after undefined'))
    assert.not(ended.includes('1 after undefined'))
  })

  it('by the signal ends the handler at once, even if the loop is busy, and drops queued items', async context => {
    const { client, count, ended } = await start(context)
    count(NEVER)
    const controller = new AbortController()
    const items: unknown[] = []
    try {
      for await (const item of client.signal(controller.signal).stream.count(5)) {
        items.push(item)
        controller.abort()
        await until(() => ended.length === 1)
      }
    } catch (error) {
      items.push(error instanceof EventError && error.code)
    }
    assert.equal(items, [1, 'ABORTED'])
    const later = new AbortController()
    const aborted = await all(client.signal(later.signal).stream.count(1), () => later.abort())
    assert.equal(aborted, [1, 'ABORTED'])
    await until(() => ended.length === 2)
    assert.equal(await all(client.signal(later.signal).stream.count(1)), ['ABORTED'])
  })

  it('by close ends both sides', async context => {
    const { client, count, ended } = await start(context)
    count(1)
    const closed = await all(client.stream.count(2), item => void (item === 2 && client.close()))
    assert.equal(closed, [1, 2, 'DISCONNECTED'])
    await until(() => ended.length === 1)
    assert.equal(await all(client.stream.count(2)), ['DISCONNECTED'])
  })

  it('happens at the timeout, which applies to each next item', async context => {
    const { client, count, ended } = await start(context)
    count(NEVER)
    assert.equal(await all(client.timeout(700).stream.count(2)), [1, 2, 'TIMEOUT'])
    await until(() => ended.length === 1)
  })
})

describe('a lost connection', it => {
  it('fails a stream without an id to resume after', async context => {
    const { client, count, cut, ended } = await start(context)
    count(NEVER)
    const stream = client.stream.count(2)
    await stream.next()
    cut()
    assert.equal(await all(stream), [2, 'DISCONNECTED'])
    await until(() => ended.length === 1)
  })

  it('fails a stream whose last item has no id', async context => {
    const { client, server, cut } = await start(context)
    server.on.count(async function* () {
      yield tracked('1', 1)
      yield 2
      await new Promise(() => {})
    })
    const stream = client.stream.count(2)
    await stream.next()
    cut()
    assert.equal(await all(stream), [2, 'DISCONNECTED'])
  })

  it('is waited for as long as Socket.IO reconnects, or until the timeout', async context => {
    const { client, count, cut, io } = await start(context, { reconnectionAttempts: 2, timeout: 500 })
    count(1)
    const stream = client.stream.count(1)
    await stream.next()
    const limited = client.timeout(700).stream.count(1)
    await limited.next()
    io.engine.close()
    io.httpServer?.close()
    cut()
    assert.equal(await all(stream), ['DISCONNECTED'])
    assert.ok(['TIMEOUT', 'DISCONNECTED'].includes(String((await all(limited))[0])))
  })

  it('is not waited for if the server disconnected the client or reconnection is off', async context => {
    const { client, checked, count, io } = await start(context)
    count(1)
    const stream = client.stream.count(1)
    await stream.next()
    io.of('/').disconnectSockets(true)
    assert.equal(await all(stream), ['DISCONNECTED'])
    await until(() => !checked.socket.connected)
    checked.socket.io.reconnection(false)
    checked.socket.connect()
    const other = checked.stream.count(1)
    await other.next()
    checked.socket.io.engine.close()
    assert.equal(await all(other), ['DISCONNECTED'])
  })

  it('ends the stream if its reconnection is refused', async context => {
    const { client, count, cut, server, errors } = await start(context)
    count(1)
    const stream = client.stream.count(1)
    await stream.next()
    server.authenticate(() => {
      throw new Error('not again')
    })
    cut()
    assert.equal(await all(stream), ['DISCONNECTED'])
    assert.ok(errors.splice(0).length > 0)
  })

  it('resumes its streams even if Socket.IO recovers it', async context => {
    const { client, count, cut, ended } = await start(context, {}, { io: { connectionStateRecovery: {} } })
    count(1)
    const stream = client.stream.count(3)
    for (const number of numbers(3)) assert.is((await stream.next()).value, number)
    const back = new Promise<void>(resolve => client.socket.once('connect', resolve))
    cut()
    const next = stream.next()
    await until(() => ended.length === 1)
    await back
    await until(() => client.socket.connected)
    await stream.return()
    await next
    await until(() => ended.length === 2)
    assert.equal(ended, ['3 after undefined', '3 after 3'])
  })

  it('of a server that closes resumes at its replacement', async ({ defer }) => {
    /** Listens on a port, or on a free one for 0, and counts from the last number that the client has. */
    const listen = async (port: number) => {
      const http = createServer()
      const io = new Server(http)
      const server = attach(io, api)
      server.on.count(async function* ({ input, lastEventId, signal }) {
        for (let number = Number(lastEventId ?? 0) + 1; number <= input; number++) yield tracked(`${number}`, number)
        if (port === 0) await new Promise(resolve => signal.addEventListener('abort', resolve))
      })
      http.listen(port, '127.0.0.1')
      await once(http, 'listening')
      return { io, server, port: (http.address() as AddressInfo).port }
    }
    const first = await listen(0)
    const url = `http://127.0.0.1:${first.port}`
    const client = createClient<typeof api>(url, { transports: ['websocket'], reconnectionDelay: 10, forceNew: true })
    defer(() => client.close())
    const stream = client.stream.count(3)
    for (const number of numbers(3)) assert.is((await stream.next()).value, number)
    const next = stream.next()
    await first.server.close({ drain: 10 })
    await first.io.close()
    const second = await listen(first.port)
    defer(() => second.io.close())
    assert.equal(await next, { done: true, value: undefined })
  })

  it('is noticed by a loop that was busy at the time', async context => {
    const { client, count, cut } = await start(context)
    count(1)
    const items: unknown[] = []
    for await (const item of client.stream.count(80)) {
      items.push(item)
      if (item === 64) {
        const { id } = client.socket
        cut()
        await until(() => client.socket.connected && client.socket.id !== id)
      }
      if (item === 80) break
    }
    assert.equal(items, numbers(80))
  })
})

describe('a stream whose items have ids', it => {
  it('is not resumed after an error other than a lost connection', async ({ defer }) => {
    const http = createServer()
    const io = new Server(http)
    defer(() => io.close())
    let resumed = 0
    io.on('connection', socket => {
      socket.on('count', (_: number, ack: (answer: unknown) => void) =>
        ack({ items: [1], next: 'x', lastEventId: '1' }),
      )
      socket.on('count:next', (_: unknown, ack: (answer: unknown) => void) =>
        ack({ $error: { code: 'INTERNAL', message: 'Internal error' } }),
      )
      socket.on('count:resume', (_: string, __: number, ack: (answer: unknown) => void) => {
        // The client's test would otherwise never end.
        if (resumed++ < 5) ack({ items: [1], next: 'x', lastEventId: '1' })
        else ack({ items: [] })
      })
    })
    http.listen(0, '127.0.0.1')
    await once(http, 'listening')
    const url = `http://127.0.0.1:${(http.address() as AddressInfo).port}`
    const client = createClient<typeof api>(url, { transports: ['websocket'], forceNew: true })
    defer(() => client.close())
    assert.equal(await all(client.stream.count(1)), [1, 'INTERNAL'])
    assert.is(resumed, 0)
  })
})

describe('a stream with Socket.IO’s own options', it => {
  it('does not keep other calls waiting if retries are on', async context => {
    const { client, server, count, ended } = await start(context, { retries: 3, ackTimeout: 1_000 })
    count(NEVER)
    server.on.ping(() => {})
    const stream = client.stream.count(1)
    await stream.next()
    const next = stream.next()
    await client.emit.ping()
    await stream.return()
    assert.equal(await next, { done: true, value: undefined })
    await until(() => ended.length === 1)
  })
})

describe('a third-party server', it => {
  it('can answer garbage, and the loop ends', async ({ defer }) => {
    const http = createServer()
    const io = new Server(http)
    defer(() => io.close())
    const garbage: unknown[] = [null, 5, 'x', [], {}, { items: 5 }, { $error: 5 }]
    io.on('connection', socket => {
      socket.on('count', (index: number, ack: (answer: unknown) => void) =>
        ack(index in garbage ? garbage[index] : { items: ['one'], next: 5 }),
      )
      socket.on('count:next', (_: unknown, ack: (answer: unknown) => void) => ack({ items: [2] }))
    })
    http.listen(0, '127.0.0.1')
    await once(http, 'listening')
    const url = `http://127.0.0.1:${(http.address() as AddressInfo).port}`
    const [client, checked] = [
      createClient<typeof api>(url, { forceNew: true }),
      createClient(api, url, { forceNew: true }),
    ]
    defer(() => (client.close(), checked.close()))
    for (const index of garbage.keys()) {
      assert.equal(await all(client.stream.count(index)), ['INVALID_REPLY'])
      assert.equal(await all(checked.stream.count(index)), ['INVALID_REPLY'])
    }
    assert.equal(await all(client.stream.count(99)), ['one', 2], 'not checked without the contract')
    assert.equal(await all(checked.stream.count(99)), ['INVALID_REPLY'])
  })
})
