/** Runs one server of the comparison in a process of its own: `node contender.ts NAME`. Reports its CPU time on request. */
import type { AddressInfo } from 'node:net'
import { createServer } from 'node:http'
import { event, router } from '@ackwire/core'
import { openTelemetry } from '@ackwire/core/opentelemetry'
import { attach, type Observer } from '@ackwire/core/server'
import { metrics, trace, context } from '@opentelemetry/api'
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks'
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics'
import { BasicTracerProvider, BatchSpanProcessor, InMemorySpanExporter } from '@opentelemetry/sdk-trace-base'
import { Type } from '@sinclair/typebox'
import { Server } from 'socket.io'

const Input = Type.Object({ email: Type.String(), password: Type.String({ minLength: 6 }) })
const Reply = Type.Object({ success: Type.Boolean() })
const api = router({ sign_up: event.input(Input).ack(Reply) })

const bind = (io: Server, observer?: Observer): void => {
  const server = attach(io, api)
  server.onError(() => undefined)
  server.on.sign_up(() => ({ success: true }))
  if (observer !== undefined) server.observe(observer)
}

/** An observer with every callback, none of which does anything. */
const idle: Observer = {
  onReceive: () => {},
  onHandle: (_, run) => run(),
  onHandled: () => {},
  onAnswer: () => {},
}

/** Registers an OpenTelemetry SDK as an application would, with everything sampled, except that nothing is exported. */
const registerSdk = (): void => {
  const exporter = new InMemorySpanExporter()
  exporter.export = (_, done) => done({ code: 0 })
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable())
  trace.setGlobalTracerProvider(new BasicTracerProvider({ spanProcessors: [new BatchSpanProcessor(exporter)] }))
  const reader = new PeriodicExportingMetricReader({
    exporter: new InMemoryMetricExporter(AggregationTemporality.DELTA),
  })
  metrics.setGlobalMeterProvider(new MeterProvider({ readers: [reader] }))
}

const contenders: Readonly<Record<string, (io: Server) => void>> = {
  plain: io =>
    io.on('connection', socket =>
      socket.on('sign_up', (_input: unknown, ack: (reply: unknown) => void) => ack({ success: true })),
    ),
  ackwire: io => bind(io),
  'ackwire, observed': io => bind(io, idle),
  'ackwire, OpenTelemetry': io => {
    registerSdk()
    bind(io, openTelemetry())
  },
}

const http = createServer()
const io = new Server(http, { transports: ['websocket'] })
contenders[process.argv[2] ?? '']?.(io)
http.listen(0, '127.0.0.1', () => process.send?.({ port: (http.address() as AddressInfo).port }))
process.on('message', () => process.send?.({ cpuMicros: process.cpuUsage().user + process.cpuUsage().system }))
