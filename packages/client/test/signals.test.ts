import { EventError } from '@ackwire/client'
import { queryOptions } from '@ackwire/client/react'
import { event, router } from '@ackwire/core'
import { serve } from '@ackwire/core/testing'
import { Type } from '@sinclair/typebox'
import * as assert from 'uvu/assert'
import { describe, type TestContext } from '../../../test/harness.js'
import { until } from '../../core/test/serve.js'

const api = router({
  wait: event.input().ack(Type.Integer()),
  tail: event.input().stream(Type.Integer()),
  counted: event.output(Type.Integer()),
  abort: event.output(),
})

const start = async ({ defer }: TestContext) => {
  const app = await serve(api, server => {
    server.on.wait(() => new Promise(() => {}))
    server.on.tail(async function* ({ signal }) {
      yield 1
      await new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)))
    })
  })
  defer(app.close)
  return { ...app, client: await app.client() }
}

/** A signal as polyfills, jsdom and other windows have it: not an instance of this realm's class. */
class ForeignSignal extends EventTarget {
  aborted = false

  abort(): void {
    this.aborted = true
    this.dispatchEvent(new Event('abort'))
  }
}

/** Returns the signal with the type that a program with the polyfill sees. */
const typed = (signal: ForeignSignal): AbortSignal => signal as unknown as AbortSignal

const codeOf = async (promise: Promise<unknown>): Promise<unknown> => {
  try {
    return await promise
  } catch (error) {
    return error instanceof EventError ? error.code : error
  }
}

describe('a signal of another realm', it => {
  it('is no instance of this one’s class', () => assert.not(new ForeignSignal() instanceof AbortSignal))

  it('ends a call, once, an iteration and a stream', async context => {
    const { client } = await start(context)
    const signal = new ForeignSignal()
    const aborting = client.signal(typed(signal))
    const stream = aborting.stream.tail()
    assert.equal(await stream.next(), { done: false, value: 1 })
    const waits = [aborting.emit.wait(), aborting.once.counted(), aborting.iterate.counted().next(), stream.next()]
    signal.abort()
    assert.equal(await Promise.all(waits.map(codeOf)), ['ABORTED', 'ABORTED', 'ABORTED', 'ABORTED'])
    assert.is(await codeOf(aborting.emit.wait()), 'ABORTED', 'and what begins later')
  })

  it('ends a query, as the signal of the query does', async context => {
    const { client } = await start(context)
    for (const [own, other] of [
      [new ForeignSignal(), new ForeignSignal()],
      [new AbortController(), new ForeignSignal()],
      [new ForeignSignal(), new AbortController()],
    ] as const) {
      const signalOf = (each: ForeignSignal | AbortController): AbortSignal =>
        each instanceof AbortController ? each.signal : typed(each)
      const options = queryOptions(client.signal(signalOf(own)).emit.wait)
      const queries = [options.queryFn({ signal: signalOf(other) }), options.queryFn(new AbortController())]
      other.abort()
      assert.is(await codeOf(queries[0] ?? Promise.resolve()), 'ABORTED')
      own.abort()
      assert.is(await codeOf(queries[1] ?? Promise.resolve()), 'ABORTED')
    }
  })
})

describe('an output called abort', it => {
  it('ends no wait', async context => {
    const { client, server } = await start(context)
    const heard = client.once.abort()
    let isOver = false
    const call = client.emit.wait()
    call.catch(() => {}).finally(() => (isOver = true))
    server.emit.abort()
    await heard
    await new Promise(resolve => setImmediate(resolve))
    assert.is(isOver, false)
    client.close()
    await until(() => isOver)
  })
})
