import { event, router } from '@ackwire/core'
import { openTelemetry } from '@ackwire/core/opentelemetry'
import { context, SpanKind, SpanStatusCode, trace, type Attributes } from '@opentelemetry/api'
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks'
import {
  AggregationTemporality,
  DataPointType,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics'
import { BasicTracerProvider, InMemorySpanExporter, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-base'
import { Type } from '@sinclair/typebox'
import * as assert from 'uvu/assert'
import { describe } from '../../../test/harness.js'
import { ask, serve, until } from './serve.js'

context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable())

const api = router({
  double: event
    .input(Type.Integer())
    .ack(Type.Integer())
    .errors({ ODD: Type.Object({}) }),
  note: event.input(Type.String()),
  told: event.output(Type.String()),
  probe: event.output(Type.Integer()).ack(Type.Integer()),
  '/room-{id}': router({ enter: event.input() }),
})

/** An SDK of its own for a test. */
const recorder = () => {
  const spans = new InMemorySpanExporter()
  const tracerProvider = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(spans)] })
  const exporter = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE)
  const reader = new PeriodicExportingMetricReader({ exporter })
  const meterProvider = new MeterProvider({ readers: [reader] })
  /** By the name of a metric, the attributes and the value (how many there were, of a histogram) of each series. */
  const measured = async (): Promise<Record<string, { unit: string; series: [Attributes, number][] }>> => {
    exporter.reset()
    await meterProvider.forceFlush()
    const metrics = exporter.getMetrics().flatMap(({ scopeMetrics }) => scopeMetrics.flatMap(({ metrics }) => metrics))
    return Object.fromEntries(
      metrics.map(metric => [
        metric.descriptor.name,
        {
          unit: metric.descriptor.unit,
          series:
            metric.dataPointType === DataPointType.HISTOGRAM
              ? metric.dataPoints.map(({ attributes, value }): [Attributes, number] => [attributes, value.count])
              : metric.dataPointType === DataPointType.SUM
                ? metric.dataPoints.map(({ attributes, value }): [Attributes, number] => [attributes, value])
                : [],
        },
      ]),
    )
  }
  const shutdown = (): Promise<unknown> => Promise.all([tracerProvider.shutdown(), meterProvider.shutdown()])
  return { tracerProvider, meterProvider, measured, shutdown, spans: () => spans.getFinishedSpans() }
}

const RPC = { 'rpc.system.name': 'socket.io', 'rpc.method': 'double' }

describe('OpenTelemetry on a server', it => {
  it('records a call as a remote procedure call, with its code', async context => {
    const sdk = recorder()
    context.defer(sdk.shutdown)
    const { server, client, errors } = await serve(api, context)
    server.observe(openTelemetry(sdk))
    server.on.double(({ input, fail }) => {
      if (input === 13) throw new Error('secret')
      return input % 2 === 0 ? input * 2 : fail('ODD', {})
    })
    const socket = await client()
    for (const input of [2, 3, 13, 'four']) await ask(socket, 'double', input)
    assert.equal(
      sdk.spans().map(({ name, kind, attributes, status }) => ({ name, kind, attributes, status })),
      [
        [{ 'rpc.status_code': 'OK' }, SpanStatusCode.UNSET],
        [{ 'rpc.status_code': 'ODD' }, SpanStatusCode.UNSET],
        [{ 'rpc.status_code': 'INTERNAL', 'error.type': 'INTERNAL' }, SpanStatusCode.ERROR],
        [{ 'rpc.status_code': 'INVALID_INPUT' }, SpanStatusCode.UNSET],
      ].map(([attributes, code]) => ({
        name: 'double',
        kind: SpanKind.SERVER,
        attributes: { ...RPC, ...(attributes as object) },
        status: { code },
      })),
    )
    assert.not.match(
      JSON.stringify(sdk.spans().map(({ attributes, events }) => ({ attributes, events }))),
      /secret|four/,
    )
    const { 'rpc.server.call.duration': duration } = await sdk.measured()
    assert.is(duration?.unit, 's')
    assert.equal(
      duration?.series.map(([attributes, count]) => [attributes['rpc.status_code'], attributes['error.type'], count]),
      [
        ['OK', undefined, 1],
        ['ODD', undefined, 1],
        ['INTERNAL', 'INTERNAL', 1],
        ['INVALID_INPUT', undefined, 1],
      ],
    )
    assert.is(errors.splice(0).length, 2)
  })

  it('records an event without an ack as a message, and a namespace with parameters by its pattern', async context => {
    const sdk = recorder()
    context.defer(sdk.shutdown)
    const { server, client } = await serve(api, context)
    server.observe(openTelemetry(sdk))
    server.on.note(() => {})
    server.of('/room-{id}').on.enter(() => {})
    ;(await client()).emit('note', 'milk')
    ;(await client('/room-7')).emit('enter')
    await until(() => sdk.spans().length === 2)
    const message = (operation: string) => ({
      'messaging.system.name': 'socket.io',
      'messaging.operation.name': operation,
      'messaging.operation.type': operation,
    })
    server.emit.told('all')
    const recorded = sdk.spans().map(({ name, kind, attributes }) => ({ name, kind, attributes }))
    assert.equal(recorded, [
      {
        name: 'process note',
        kind: SpanKind.CONSUMER,
        attributes: { ...message('process'), 'messaging.destination.name': 'note' },
      },
      {
        name: 'process /room-{id}/enter',
        kind: SpanKind.CONSUMER,
        attributes: {
          ...message('process'),
          'messaging.destination.template': '/room-{id}/enter',
          'messaging.destination.name': '/room-7/enter',
        },
      },
      {
        name: 'send told',
        kind: SpanKind.PRODUCER,
        attributes: { ...message('send'), 'messaging.destination.name': 'told' },
      },
    ])
    const measured = await sdk.measured()
    assert.equal(measured['messaging.process.duration']?.series, [
      [{ ...message('process'), 'messaging.destination.name': 'note' }, 1],
      [{ ...message('process'), 'messaging.destination.template': '/room-{id}/enter' }, 1],
    ])
    assert.equal(measured['messaging.client.consumed.messages']?.unit, '{message}')
    assert.equal(measured['messaging.client.sent.messages']?.series, [
      [{ ...message('send'), 'messaging.destination.name': 'told' }, 1],
    ])
  })

  it('makes a call’s span the parent of the spans of its handler', async context => {
    const sdk = recorder()
    context.defer(sdk.shutdown)
    const { server, client } = await serve(api, context)
    server.observe(openTelemetry(sdk))
    server.on.double(async ({ input, emit }) => {
      await new Promise(resolve => setTimeout(resolve, 1))
      assert.is(trace.getActiveSpan()?.isRecording(), true)
      return (await emit.probe(input)) * 2
    })
    const socket = await client()
    socket.on('probe', (value: number, ack: (reply: unknown) => void) => ack(value))
    assert.equal(await ask(socket, 'double', 1), [2])
    const [probe, double] = sdk.spans()
    assert.equal([probe?.name, probe?.kind], ['probe', SpanKind.CLIENT])
    assert.equal([double?.name, double?.kind], ['double', SpanKind.SERVER])
    assert.is(probe?.parentSpanContext?.spanId, double?.spanContext().spanId)
    assert.is(double?.parentSpanContext, undefined)
    assert.is((await sdk.measured())['rpc.client.call.duration']?.series.length, 1)
  })

  it('counts connections, except those that it did not see begin', async context => {
    const sdk = recorder()
    context.defer(sdk.shutdown)
    const { server, io, client } = await serve(api, context)
    const early = await client()
    server.observe(openTelemetry(sdk))
    const [first, second] = [await client(), await client()]
    for (const socket of [early, first]) socket.disconnect()
    await until(() => io.sockets.sockets.size === 1)
    assert.equal((await sdk.measured())['socket.io.server.connections']?.series, [[{ 'socket.io.namespace': '/' }, 1]])
    assert.ok(second.connected)
  })

  it('does nothing if no SDK is registered', async context => {
    const { server, client } = await serve(api, context)
    server.observe(openTelemetry())
    server.on.double(({ input }) => input * 2)
    assert.equal(await ask(await client(), 'double', 2), [4])
  })
})
