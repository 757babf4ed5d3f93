import { event, router, type RouterOptions } from '@ackwire/core'
import type { ObservedCall } from '@ackwire/core/server'
import { Type } from '@sinclair/typebox'
import * as assert from 'uvu/assert'
import { describe } from '../../../test/harness.js'
import { ask, serve } from './serve.js'

const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01'
const closed = Type.Object({ page: Type.Optional(Type.Integer()) }, { additionalProperties: false })

const api = router(
  {
    list: event.input(Type.String(), Type.Optional(closed)).ack(Type.Unknown()),
    take: event.input(Type.Object({})).ack(Type.Unknown()),
    sum: event.input().rest(Type.Integer()).ack(Type.Unknown()),
    ping: event.input().ack(Type.Unknown()),
    plain: router({ list: event.input(Type.String()).ack(Type.Unknown()) }, { traceContext: false }),
    told: event.output(Type.String()),
  },
  { traceContext: true },
)

describe('a trace context behind the arguments', it => {
  it('is passed to observers only', async context => {
    const { server, client } = await serve(api, context)
    const told: ObservedCall['traceContext'][] = []
    server.observe({ onReceive: ({ traceContext }) => told.push(traceContext) })
    server.on.list(({ input }) => input)
    server.on.sum(({ input }) => input)
    server.on.ping(({ input }) => input ?? 'none')
    server.on.take(({ input }) => input)
    const socket = await client()
    const traced = { traceparent, tracestate: 'vendor=1' }
    assert.equal(await ask(socket, 'list', 'a', { traceparent }), [['a']])
    assert.equal(await ask(socket, 'list', 'a', { page: 1 }, traced), [['a', { page: 1 }]])
    assert.equal(await ask(socket, 'sum', 1, 2, { traceparent }), [[1, 2]])
    assert.equal(await ask(socket, 'ping', { traceparent }), ['none'])
    assert.equal(await ask(socket, 'take', { traceparent }, traced), [{ traceparent }])
    assert.equal(told, [{ traceparent }, traced, { traceparent }, { traceparent }, traced])
  })

  it('may be left out, and a required argument is never mistaken for it', async context => {
    const { server, client } = await serve(api, context)
    const told: ObservedCall['traceContext'][] = []
    server.observe({ onReceive: ({ traceContext }) => told.push(traceContext) })
    server.on.list(({ input }) => input)
    server.on.take(({ input }) => input)
    server.on.ping(() => 'pong')
    const socket = await client()
    assert.equal(await ask(socket, 'list', 'a', { page: 1 }), [['a', { page: 1 }]])
    assert.equal(await ask(socket, 'take', { traceparent }), [{ traceparent }])
    assert.equal(await ask(socket, 'ping'), ['pong'])
    assert.equal(told, [undefined, undefined, undefined])
  })

  it('is rejected as one argument too many if it is invalid', async context => {
    const { server, client, errors } = await serve(api, context)
    server.on.ping(() => 'pong')
    server.on.plain.list(() => 'listed')
    const socket = await client()
    const refused = async (name: string, ...args: readonly unknown[]) => {
      const [reply] = (await ask(socket, name, ...args)) as [
        { $error?: { code: string; issues: { message: string }[] } },
      ]
      return [reply.$error?.code, reply.$error?.issues[0]?.message]
    }
    const tooMany = ['INVALID_INPUT', 'Expected 0 arguments, got 1']
    assert.equal(await refused('ping', {}), tooMany)
    assert.equal(await refused('ping', { traceparent: 'anything' }), tooMany)
    assert.equal(await refused('ping', { traceparent, other: 1 }), tooMany)
    assert.equal(await refused('ping', { traceparent, tracestate: 1 }), tooMany)
    assert.equal(await refused('ping', [traceparent]), tooMany)
    assert.equal(await refused('ping', { traceparent }, { traceparent }), tooMany)
    assert.equal(await refused('plain:list', 'a', { traceparent }), ['INVALID_INPUT', 'Expected 1 argument, got 2'])
    assert.is(errors.splice(0).length, 7)
  })

  it('does not reach a plain listener', async context => {
    const { io, client } = await serve(api, context)
    io.on('connection', socket => {
      socket.on('ping', (...args: unknown[]) => (args.at(-1) as (reply: unknown) => void)(args.length))
    })
    assert.equal(await ask(await client(), 'ping', { traceparent }), [1])
  })

  it('can’t follow an argument that could be mistaken for it', () => {
    const define = (input: Parameters<typeof router>[0][string], options: RouterOptions = { traceContext: true }) =>
      router({ list: input }, options)
    const open = Type.Optional(Type.Object({ page: Type.Optional(Type.Integer()) }))
    assert.throws(() => define(event.input(Type.String(), open)), /list input\[1\]: a trace context.*could not be told/)
    assert.throws(() => define(event.input().rest(Type.Unknown())), /list input\.rest: a trace context/)
    define(event.input(open), { traceContext: false })
    define(event.output(open))
    define(event.input(Type.Object({})))
    assert.throws(
      () => define(event.input(), { traceContext: 'yes' as unknown as boolean }),
      /router options traceContext: expected true or false, got a string/,
    )
  })
})
