import { event, router } from '@ackwire/core'
import { createClient } from '@ackwire/client'
import { traced } from '@ackwire/client/opentelemetry'
import { serve } from '@ackwire/core/testing'
import { openTelemetry } from '@ackwire/core/opentelemetry'
import { context, propagation, SpanKind, trace } from '@opentelemetry/api'
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks'
import { W3CTraceContextPropagator } from '@opentelemetry/core'
import { BasicTracerProvider, InMemorySpanExporter, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-base'
import { Type } from '@sinclair/typebox'
import * as assert from 'uvu/assert'
import { describe, type TestContext } from '../../../test/harness.js'

context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable())
propagation.setGlobalPropagator(new W3CTraceContextPropagator())

const Page = Type.Object({ page: Type.Integer() }, { additionalProperties: false })

const api = router(
  {
    list: event.input(Type.String(), Type.Optional(Page)).ack(Type.String()),
    slow: event.input().ack(),
    note: event.input(Type.String()),
    plain: router({ list: event.input(Type.String()).ack(Type.Integer()) }, { traceContext: false }),
    told: event.output(Type.String()),
    '/room-{id}': router({ enter: event.input().ack(Type.String()) }, { traceContext: true }),
  },
  { traceContext: true },
)

/** Starts a server and records the spans of both ends. */
const started = async ({ defer }: TestContext) => {
  const exporter = new InMemorySpanExporter()
  const tracerProvider = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] })
  defer(() => tracerProvider.shutdown())
  const inputs: unknown[] = []
  const app = await serve(api, server => {
    server.observe(openTelemetry({ tracerProvider }))
    server.onError(() => undefined)
    server.on.list(async ({ input }) => {
      inputs.push(input)
      await Promise.resolve()
      return trace.getActiveSpan()?.spanContext().traceId ?? ''
    })
    server.on.plain.list(({ input }) => input.length)
    server.on.slow(() => new Promise(() => {}))
    server.of('/room-{id}').on.enter(() => trace.getActiveSpan()?.spanContext().traceId ?? '')
  })
  defer(() => app.close())
  const spans = (kind: SpanKind) => exporter.getFinishedSpans().filter(span => span.kind === kind)
  return { ...app, tracerProvider, inputs, spans }
}

const options = { transports: ['websocket'], reconnection: false, forceNew: true }

describe('a traced client', it => {
  it('is the parent of the server’s spans', async test => {
    const { url, tracerProvider, inputs, spans } = await started(test)
    const client = traced(createClient(api, url, options), { tracerProvider, propagate: api })
    test.defer(() => client.close())
    const outer = tracerProvider.getTracer('test').startSpan('outer')
    const answers = await context.with(trace.setSpan(context.active(), outer), () =>
      Promise.all([
        client.emit.list('a'),
        client.emit.list('b', { page: 1 }),
        client.timeout(5_000).of('/room-{id}', { id: '7' }).emit.enter(),
      ]),
    )
    assert.equal(
      answers,
      answers.map(() => outer.spanContext().traceId),
    )
    assert.equal(inputs, [['a'], ['b', { page: 1 }]])
    const [calls, handled] = [spans(SpanKind.CLIENT), spans(SpanKind.SERVER)]
    assert.equal(
      handled.map(({ parentSpanContext }) => parentSpanContext?.spanId).toSorted(),
      calls.map(call => call.spanContext().spanId).toSorted(),
    )
    assert.ok(handled.every(({ parentSpanContext }) => parentSpanContext?.isRemote === true))
    assert.equal(calls.map(({ name }) => name).toSorted(), ['/room-{id}/enter', 'list', 'list'])
    assert.ok(calls.every(({ parentSpanContext }) => parentSpanContext?.spanId === outer.spanContext().spanId))
  })

  it('needs no contract at run time if all inputs accept the context', async test => {
    const { url, tracerProvider, inputs, spans } = await started(test)
    const client = traced(createClient<typeof api>(url, options), { tracerProvider, propagate: 'all' })
    test.defer(() => client.close())
    const traceId = await client.emit.list('a', undefined)
    assert.equal(inputs, [['a']])
    assert.is(spans(SpanKind.CLIENT)[0]?.spanContext().traceId, traceId)
    assert.is(spans(SpanKind.SERVER)[0]?.spanContext().traceId, traceId)
  })

  it('sends no context unless it is enabled and the contract accepts it', async test => {
    const { url, tracerProvider, spans } = await started(test)
    const client = traced(createClient(api, url, options), { tracerProvider, propagate: api })
    test.defer(() => client.close())
    assert.is(await client.emit.plain.list('abc'), 3)
    const quiet = traced(createClient<typeof api>(url, options), { tracerProvider })
    test.defer(() => quiet.close())
    await quiet.emit.list('a')
    assert.is(spans(SpanKind.CLIENT).length, 2)
    assert.ok(spans(SpanKind.SERVER).every(({ parentSpanContext }) => parentSpanContext === undefined))
  })

  it('records the outcome of a call by its code', async test => {
    const { url, tracerProvider, spans } = await started(test)
    const client = traced(createClient(api, url, options), { tracerProvider, propagate: api })
    test.defer(() => client.close())
    const codes: unknown[] = []
    const failing = (call: Promise<unknown>) => call.catch((error: { code: string }) => codes.push(error.code))
    await client.emit.list('a')
    await failing(client.emit.list(1 as unknown as string))
    await failing(client.timeout(20).emit.slow())
    await failing(client.signal(AbortSignal.abort()).emit.slow())
    assert.throws(() => client.emit.note(1 as unknown as string), /input does not match/)
    client.emit.note('fine')
    const recorded = [...spans(SpanKind.CLIENT), ...spans(SpanKind.PRODUCER)].map(({ attributes }) => [
      attributes['rpc.status_code'],
      attributes['error.type'],
    ])
    assert.equal(codes, ['INVALID_INPUT', 'TIMEOUT', 'ABORTED'])
    assert.equal(recorded, [
      ['OK', undefined],
      ['INVALID_INPUT', 'INVALID_INPUT'],
      ['TIMEOUT', 'TIMEOUT'],
      ['ABORTED', 'ABORTED'],
      [undefined, 'INVALID_INPUT'],
      [undefined, undefined],
    ])
  })

  it('has all other methods', async test => {
    const { url, server } = await started(test)
    const client = traced(createClient<typeof api>(url, options))
    test.defer(() => client.close())
    await client.emit.list('a')
    const told = client.once.told()
    const heard = new Promise(resolve => client.on.told(resolve))
    server.emit.told('news')
    assert.equal([await told, await heard], ['news', 'news'])
    assert.is(client.close(), client)
    const [reason] = await Promise.allSettled([client.emit.list('a')])
    assert.is(reason.status, 'rejected')
    assert.is(client.connect(), client)
    await client.emit.list('a')
  })
})
