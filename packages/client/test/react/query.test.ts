import { createClient, EventError } from '@ackwire/client'
import { traced } from '@ackwire/client/opentelemetry'
import { mutationOptions, queryKey, queryOptions } from '@ackwire/client/react'
import { event, router } from '@ackwire/core'
import { serve } from '@ackwire/core/testing'
import { Type } from '@sinclair/typebox'
import * as assert from 'uvu/assert'
import { describe, type TestContext } from '../../../../test/harness.js'

const api = router({
  add: event.input(Type.Number(), Type.Number()).ack(Type.Number()),
  double: event.input(Type.Number()).ack(Type.Number()),
  count: event.input().ack(Type.Number()),
  wait: event.input().ack(Type.Number()),
  todo: router({ list: event.input(Type.Optional(Type.Boolean())).ack(Type.Array(Type.String())) }),
  '/game-{id}': router({ turn: event.input().ack(Type.Integer()) }),
})

const start = async ({ defer }: TestContext) => {
  const { client, close, url } = await serve(api, server =>
    server.handle({
      add: ({ input: [a, b] }) => a + b,
      double: ({ input }) => 2 * input,
      count: () => 7,
      wait: () => new Promise(() => {}),
      todo: { list: ({ input }) => [String(input)] },
      '/game-{id}': { turn: () => 1 },
    }),
  )
  defer(close)
  return { client: await client(), url }
}

const signal = AbortSignal.abort()

/** Resolves to the code that a promise rejects with. */
const codeOf = async (promise: Promise<unknown>): Promise<unknown> => {
  try {
    return await promise
  } catch (error) {
    return error instanceof EventError ? error.code : error
  }
}

describe('the key of a call', it => {
  it('begins with the namespace and the parts of the name, and ends with the arguments', () => {
    const client = createClient<typeof api>('http://localhost', { autoConnect: false })
    const all = ['ackwire', '/', 'todo']
    assert.equal(queryKey(client.emit.todo), all)
    assert.equal(queryOptions(client.emit.todo.list, true).queryKey, [...all, 'list', [true]])
    assert.equal(queryOptions(client.emit.todo.list).queryKey, [...all, 'list', []])
    assert.equal(mutationOptions(client.emit.todo.list).mutationKey, [...all, 'list'])
    const game = client.of('/game-{id}', { id: '4' })
    assert.equal(queryOptions(game.emit.turn).queryKey, ['ackwire', '/game-4', 'turn', []])
  })

  it('exists only for events of a client', () => {
    const expected = /expected an event of a client, such as client\.emit\.todo\.list, got .*Promise/
    assert.throws(() => queryOptions(() => Promise.resolve(1)), expected)
    assert.throws(() => queryKey({}), /queryKey: expected an event of a client/)
  })
})

describe('the options of a query', it => {
  it('call, and are aborted with the query or with the client', async context => {
    const { client } = await start(context)
    const open = new AbortController()
    assert.is(await queryOptions(client.emit.add, 1, 2).queryFn(open), 3)
    assert.equal(await queryOptions(client.emit.todo.list).queryFn(open), ['undefined'])

    for (const each of [client, traced(client)]) {
      assert.is(await codeOf(queryOptions(each.emit.wait).queryFn({ signal })), 'ABORTED')
      assert.is(await codeOf(queryOptions(each.signal(signal).emit.wait).queryFn(open)), 'ABORTED')
      assert.is(await codeOf(queryOptions(each.timeout(10).emit.wait).queryFn(open)), 'TIMEOUT')
    }
  })

  it('retry transient failures after the time that the server gave', () => {
    const client = createClient<typeof api>('http://localhost', { autoConnect: false })
    const { retry, retryDelay } = queryOptions(client.emit.count)
    const failed = { DISCONNECTED: true, TIMEOUT: true, INVALID_INPUT: false, INTERNAL: false, ABORTED: false } as const
    for (const [code, again] of Object.entries(failed)) {
      const error = new EventError(code as keyof typeof failed, undefined)
      assert.is(retry(0, error), again, code)
      assert.is(retry(3, error), false, code)
    }
    assert.is(retryDelay(0, new EventError('RATE_LIMITED', { retryAfterMs: 70 })), 70)
    assert.equal(
      [0, 1, 9].map(failures => retryDelay(failures, new EventError('TIMEOUT', undefined))),
      [1_000, 2_000, 30_000],
    )
  })
})

describe('the options of a mutation', it => {
  it('call with the arguments that their function makes of the variables', async context => {
    const { client, url } = await start(context)
    const checked = createClient(api, url, { transports: ['websocket'], forceNew: true })
    context.defer(() => checked.close())
    for (const each of [client, checked]) {
      assert.is(await mutationOptions(each.emit.double).mutationFn(4), 8)
      assert.is(await mutationOptions(each.emit.count).mutationFn(), 7)
      const add = mutationOptions(each.emit.add, ({ a, b }: { a: number; b: number }) => [a, b])
      assert.is(await add.mutationFn({ a: 1, b: 2 }), 3)
      assert.is(add.retry(0, new EventError('TIMEOUT', undefined)), false)
    }
  })
})
