import { createClient, EventError } from '@ackwire/client'
import { event, router } from '@ackwire/core'
import { serve } from '@ackwire/core/testing'
import { Type } from '@sinclair/typebox'
import type { Server, Socket } from 'socket.io'
import * as assert from 'uvu/assert'
import { describe, type TestContext } from '../../../test/harness.js'
import { until } from '../../core/test/serve.js'

const api = router({
  ask: event.input().ack(Type.Integer()),
  tail: event.input().stream(Type.Integer()),
})

/** Starts a plain server and two clients of it: one with the contract's type only, one with the contract. */
const start = async ({ defer }: TestContext, connect: (socket: Socket) => void, prepare?: (io: Server) => void) => {
  const { io, url, close } = await serve(router({}))
  defer(close)
  prepare?.(io)
  io.on('connection', connect)
  const options = { transports: ['websocket'], forceNew: true, reconnection: false }
  const clients = [createClient<typeof api>(url, options), createClient(api, url, options)]
  for (const client of clients) defer(() => client.close())
  return clients
}

const failureOf = async (call: PromiseLike<unknown>): Promise<EventError> => {
  try {
    await call
  } catch (error) {
    if (error instanceof EventError) return error
    throw error
  }
  throw new Error('expected a failure')
}

const LONG = 'x'.repeat(5_000)
const issue = { path: '/0', message: 'Expected more' }

type Ack = (answer: unknown) => void

describe('a failure from a hostile server, with the contract’s type and with the contract', it => {
  it('is no failure without a code', async context => {
    const garbage: unknown[] = [
      null,
      'x',
      [],
      {},
      { code: 5 },
      { code: null, message: 'x' },
      { code: LONG },
      { code: {} },
    ]
    for (const $error of garbage) {
      for (const { emit } of await start(context, socket => socket.on('ask', (ack: Ack) => ack({ $error })))) {
        const { code, message, issues, data } = await failureOf(emit.ask())
        assert.is(code, 'INVALID_REPLY')
        assert.ok(message.length < 100 && issues.length === 0 && data === undefined)
      }
    }
  })

  it('has a message that is a string of bounded length', async context => {
    for (const message of [LONG, 5, null, {}, ['x'], undefined]) {
      const $error = { code: 'INTERNAL', message }
      for (const { emit } of await start(context, socket => socket.on('ask', (ack: Ack) => ack({ $error })))) {
        const error = await failureOf(emit.ask())
        assert.equal([error.code, error.message], ['INTERNAL', 'INTERNAL'])
      }
    }
  })

  it('has well-formed issues, and a bounded number of them', async context => {
    const long = [
      { path: LONG, message: 'x' },
      { path: 'x', message: LONG },
      { ...issue, value: LONG },
    ]
    const cases: readonly (readonly [issues: unknown, count: number])[] = [
      [Array.from({ length: 100_000 }, () => issue), 64],
      [[null, 5, 'x', [], {}, { path: 1, message: 'x' }, { path: 'x' }, ...long, issue], 2],
      [{ length: 5 }, 0],
      ['issues', 0],
      [null, 0],
    ]
    for (const [issues, count] of cases) {
      const $error = { code: 'INVALID_INPUT', message: 'x', issues }
      for (const { emit } of await start(context, socket => socket.on('ask', (ack: Ack) => ack({ $error })))) {
        const error = await failureOf(emit.ask())
        assert.is(error.code, 'INVALID_INPUT')
        assert.equal(
          error.issues,
          Array.from({ length: count }, () => issue),
        )
      }
    }
  })

  it('is checked in a refused handshake, too', async context => {
    const known = { code: 'UNAUTHORIZED', message: 'no' }
    for (const [data, expected] of [
      [known, known],
      [
        { ...known, issues: [issue] },
        { ...known, issues: [issue] },
      ],
      [
        { ...known, data: { retryAfterMs: 5 } },
        { ...known, data: { retryAfterMs: 5 } },
      ],
      [
        { code: 'X', message: LONG, issues: [5, issue], more: LONG },
        { code: 'X', message: 'X', issues: [issue] },
      ],
      [{ code: {} }, { code: 'INVALID_REPLY', message: 'INVALID_REPLY' }],
      // An application's own error shape, which is no failure.
      ['text', 'text'],
      [{ content: 'at noon' }, { content: 'at noon' }],
      [undefined, undefined],
    ]) {
      const clients = await start(
        context,
        () => {},
        io => io.use((_, next) => setTimeout(next, 5, Object.assign(new Error('refused'), { data }))),
      )
      for (const client of clients) {
        const error = await client.once.connect_error()
        assert.instance(error, Error)
        assert.equal([error.message, error.data], ['refused', expected])
      }
    }
  })
})

/** Answers each page request of a stream at once with the given page, and counts the requests. */
const answering = (pages: () => unknown) => {
  const seen = { asked: 0, stopped: 0 }
  const connect = (socket: Socket): void => {
    for (const verb of ['', ':next', ':resume'])
      socket.on(`tail${verb}`, (...args: unknown[]) => {
        seen.asked++
        const [ack] = args.slice(-1) as [Ack]
        ack(pages())
      })
    socket.on('tail:stop', () => seen.stopped++)
  }
  return { seen, connect }
}

const EMPTY = { items: [], next: 'again' }
const pause = (ms: number): Promise<void> => new Promise(resolve => setTimeout(resolve, ms))

describe('a loop over a stream of a hostile server, with the contract’s type and with the contract', it => {
  for (const kind of [0, 1]) {
    it(`is not kept busy by empty pages, and ends at once (${kind})`, async context => {
      const { seen, connect } = answering(() => EMPTY)
      const client = (await start(context, connect))[kind]!
      const stream = client.stream.tail()
      const next = stream.next()
      await until(() => seen.asked > 2)
      await pause(600)
      assert.ok(seen.asked < 12, `${seen.asked} pages in 600 ms`)
      // The next pause is at least half a second long.
      await until(() => seen.asked > 9)
      const since = performance.now()
      assert.equal(await stream.return(), { done: true, value: undefined })
      assert.equal(await next, { done: true, value: undefined })
      assert.ok(performance.now() - since < 400)
      assert.is((await failureOf(stream.result)).code, 'ABORTED')
      await until(() => seen.stopped === 1)
      const { asked } = seen
      await pause(100)
      assert.is(seen.asked, asked)
    })

    it(`ends with the signal, with close and with the connection (${kind})`, async context => {
      const { seen, connect } = answering(() => EMPTY)
      for (const [how, code] of [
        ['abort', 'ABORTED'],
        ['close', 'DISCONNECTED'],
        ['cut', 'DISCONNECTED'],
      ]) {
        seen.asked = 0
        const client = (await start(context, connect))[kind]!
        const controller = new AbortController()
        const next = client.signal(controller.signal).stream.tail().next()
        await until(() => seen.asked > 6)
        if (how === 'abort') controller.abort()
        else if (how === 'close') client.close()
        else client.socket.io.engine.close()
        assert.is((await failureOf(next)).code, code)
      }
    })

    it(`is not kept busy by a retryable end (${kind})`, async context => {
      let first = true
      const { seen, connect } = answering(() => {
        if (!first) return { $error: { code: 'DISCONNECTED', message: '' } }
        first = false
        return { items: [1], lastEventId: '1', next: 'next' }
      })
      const client = (await start(context, connect))[kind]!
      const stream = client.stream.tail()
      await stream.next()
      const next = stream.next()
      await pause(600)
      assert.ok(seen.asked < 12, `${seen.asked} in 600 ms`)
      await until(() => seen.asked > 4)
      await stream.return()
      assert.equal(await next, { done: true, value: undefined })
    })

    it(`does not delay items, nor a single empty page between them (${kind})`, async context => {
      let page = 0
      const { connect } = answering(() =>
        ++page > 1_000 ? { items: [] } : page % 2 === 0 ? { items: [page], next: 'next' } : EMPTY,
      )
      const client = (await start(context, connect))[kind]!
      await until(() => client.socket.connected)
      const pauses: (number | undefined)[] = []
      const { setTimeout: original } = globalThis
      Object.assign(globalThis, {
        setTimeout: (run: () => void, ms?: number) => {
          if (ms === undefined || ms <= 1_000) pauses.push(ms)
          return original(run, ms)
        },
      })
      context.defer(() => void Object.assign(globalThis, { setTimeout: original }))
      let items = 0
      for await (const _ of client.stream.tail()) items++
      assert.is(items, 500)
      assert.equal(pauses, [])
    })
  }
})

describe('a loop that ends while its page is in flight', it => {
  it('stops the stream once, since a second stop would count as a call', async context => {
    let stops = 0
    let page: (() => void) | undefined
    const [client] = await start(context, socket => {
      socket.on('tail', (ack: Ack) => ack(EMPTY))
      socket.on('tail:next', (_: string, ack: Ack) => (page = () => ack({ items: [1], next: 'more' })))
      socket.on('tail:stop', () => stops++)
      socket.on('ask', (ack: Ack) => ack(1))
    })
    const stream = client!.stream.tail()
    const next = stream.next()
    await until(() => page !== undefined)
    await stream.return()
    await next
    page?.()
    await client!.emit.ask()
    assert.is(await client!.emit.ask(), 1)
    assert.is(stops, 1)
  })
})
