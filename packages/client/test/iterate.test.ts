import { EventError } from '@ackwire/client'
import { serve } from '@ackwire/core/testing'
import { event, router } from '@ackwire/core'
import { Type } from '@sinclair/typebox'
import * as assert from 'uvu/assert'
import { describe } from '../../../test/harness.js'

const api = router({
  counted: event.output(Type.Integer()),
  placed: event.output(Type.Integer(), Type.String()),
  todo: router({ created: event.output(Type.String()) }),
})

/**
 * Starts a client. Returns it with its number of listeners, and with the items of a loop over `counted` and the error at its end.
 */
const start = async () => {
  const app = await serve(api)
  const client = await app.client()
  const listeners = (): number => client.socket.listeners('counted').length
  const all = async (loop: AsyncIterable<unknown>): Promise<unknown[]> => {
    const items: unknown[] = []
    try {
      for await (const item of loop) items.push(item)
    } catch (error) {
      items.push(error instanceof EventError ? [error.code, error.data] : error)
    }
    return items
  }
  return { app, client, listeners, all, [Symbol.asyncDispose]: app.close }
}

const count = (emit: (value: number) => void, to: number): void => {
  for (let value = 1; value <= to; value++) emit(value)
}

describe('an iteration over an output', it => {
  it('yields each output after the call until the loop ends', async () => {
    await using run = await start()
    const loop = run.client.iterate.counted()
    count(run.app.server.emit.counted, 4)
    const items: number[] = []
    for await (const item of loop) {
      items.push(item)
      if (item === 2) setTimeout(() => run.app.server.emit.counted(5), 20)
      if (item === 5) break
    }
    assert.equal(items, [1, 2, 3, 4, 5])
    assert.is(run.listeners(), 0)
    assert.equal(await loop.next(), { done: true, value: undefined })
  })

  it('yields several arguments as a tuple, and the outputs of a group', async () => {
    await using run = await start()
    const [placed, created] = [run.client.iterate.placed(), run.client.iterate.todo.created()]
    run.app.server.emit.placed(1, 'a')
    run.app.server.emit.todo.created('milk')
    assert.equal(await placed.next(), { done: false, value: [1, 'a'] })
    assert.equal(await created.next(), { done: false, value: 'milk' })
    await Promise.all([placed.return?.(), created.return?.()])
  })

  it('fails with an overflow after the outputs that were queued', async () => {
    await using run = await start()
    const loop = run.client.iterate.counted({ limit: 3 })
    const other = run.client.once.counted()
    count(run.app.server.emit.counted, 5)
    await other
    await run.client
      .timeout(1_000)
      .once.counted()
      .catch(() => {})
    assert.is(run.listeners(), 0, 'no listener is left after an overflow')
    assert.equal(await run.all(loop), [1, 2, 3, ['OVERFLOW', { limit: 3 }]])
  })

  it('ends at the timeout, the signal and the close, and stops listening', async () => {
    await using run = await start()
    const { client, all } = run
    assert.equal(await all(client.timeout(20).iterate.counted()), [['TIMEOUT', undefined]])
    const controller = new AbortController()
    setTimeout(() => controller.abort(), 20)
    assert.equal(await all(client.signal(controller.signal).iterate.counted()), [['ABORTED', undefined]])
    setTimeout(() => client.close(), 20)
    assert.equal(await all(client.iterate.counted()), [['DISCONNECTED', undefined]])
    assert.is(run.listeners(), 0)
  })

  it('drops its queue when it is aborted, and yields it when the client is closed', async () => {
    await using run = await start()
    const { client, all, app } = run
    const controller = new AbortController()
    const aborted = client.signal(controller.signal).iterate.counted()
    const closed = client.iterate.counted()
    const last = client.once.counted()
    app.server.emit.counted(1)
    await last
    controller.abort()
    client.close()
    assert.is(run.listeners(), 0, 'even if the next item is not requested')
    assert.equal(await all(aborted), [['ABORTED', undefined]])
    assert.equal(await all(closed), [1, ['DISCONNECTED', undefined]])
    const late = client.iterate.counted()
    assert.is(run.listeners(), 0)
    assert.equal(await all(late), [['DISCONNECTED', undefined]])
  })

  it('limits only unrequested outputs, and answers requests in order', async () => {
    await using run = await start()
    const loop = run.client.iterate.counted({ limit: 1 })
    const asked = [loop.next(), loop.next()]
    count(run.app.server.emit.counted, 3)
    assert.equal(await Promise.all([...asked, loop.next()]), [
      { done: false, value: 1 },
      { done: false, value: 2 },
      { done: false, value: 3 },
    ])
    await loop.return?.()
  })

  it('settles pending requests when it is left', async () => {
    await using run = await start()
    const loop = run.client.iterate.counted()
    const waiting = [loop.next(), loop.next()]
    run.app.server.emit.counted(1)
    assert.equal(await Promise.race(waiting), { done: false, value: 1 })
    await loop.return?.()
    assert.equal(await Promise.all(waiting), [
      { done: false, value: 1 },
      { done: true, value: undefined },
    ])
    assert.is(run.listeners(), 0)
  })
})
