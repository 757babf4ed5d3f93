import {
  context,
  metrics,
  ROOT_CONTEXT,
  trace,
  type Context,
  type MeterProvider,
  type Span,
  type TracerProvider,
} from '@opentelemetry/api'
import type { ObservedCall, ObservedOutput, ObservedSocket, Observer } from '../server/observer.js'
import { instrumentsOf } from './instruments.js'
import { outcomeOf, SCOPE, spanNameOf, spanOf, statusOf, type Recorded, type Role } from './semantics.js'

/** Where spans and measurements go. */
export interface OpenTelemetryOptions {
  /** The global one by default. */
  readonly tracerProvider?: TracerProvider
  /** The global one by default. */
  readonly meterProvider?: MeterProvider
}

/**
 * Records spans and metrics of a server's events with OpenTelemetry, by its semantic conventions 1.45.0: an event with an
 * ack is a remote procedure call, one without a message. A call's span is active in its handler. `@opentelemetry/api` is a
 * peer dependency; what is recorded goes to the SDK that the application has registered, and nowhere if there is none.
 *
 * @example
 * server.observe(openTelemetry())
 */
export const openTelemetry = ({ tracerProvider, meterProvider }: OpenTelemetryOptions = {}): Observer => {
  const tracer = (tracerProvider ?? trace).getTracer(SCOPE)
  const meter = (meterProvider ?? metrics).getMeter(SCOPE)
  const instruments = instrumentsOf(meter)
  const connections = meter.createUpDownCounter('socket.io.server.connections', {
    description: 'Sockets that are connected',
    unit: '{connection}',
  })
  const handshakes = meter.createHistogram('socket.io.server.handshake.duration', {
    description: 'Duration of the check of handshakes',
    unit: 's',
  })
  const spans = new WeakMap<ObservedCall | ObservedOutput, Span>()
  const connected = new WeakSet<ObservedSocket['socket']>()

  const begin = (observed: ObservedCall | ObservedOutput, role: Role, parent: Context): Span => {
    const recorded = recordedOf(observed)
    const span = tracer.startSpan(spanNameOf(recorded, role), spanOf(recorded, role), parent)
    spans.set(observed, span)
    return span
  }
  const end = (observed: ObservedCall | ObservedOutput, role: Role, code: string | undefined): void => {
    spans
      .get(observed)
      ?.setAttributes(outcomeOf(recordedOf(observed), role, code))
      .setStatus(statusOf(code, role))
      .end()
    spans.delete(observed)
  }

  return {
    onAuthenticate({ namespace }, { code, durationMs }) {
      handshakes.record(durationMs / 1_000, { ...of(namespace), ...(code === undefined ? {} : { 'error.type': code }) })
    },
    onConnection({ namespace, socket }) {
      connected.add(socket)
      connections.add(1, of(namespace))
    },
    onDisconnect({ namespace, socket }) {
      // One that was there before has not been counted.
      if (connected.delete(socket)) connections.add(-1, of(namespace))
    },
    // Not in the active context: that of a websocket is the request by which it was opened.
    onReceive: call => void begin(call, 'receiver', ROOT_CONTEXT),
    onHandle(call, run) {
      const span = spans.get(call)
      return span === undefined ? run() : context.with(trace.setSpan(context.active(), span), run)
    },
    onAnswer(call, { code, durationMs }) {
      end(call, 'receiver', code)
      instruments.record(recordedOf(call), 'receiver', code, durationMs)
    },
    onEmit(output) {
      begin(output, 'sender', context.active())
      if (output.isAnswered) return
      end(output, 'sender', undefined)
      instruments.sent(recordedOf(output))
    },
    onAck(output, { code, durationMs }) {
      end(output, 'sender', code)
      instruments.record(recordedOf(output), 'sender', code, durationMs)
    },
  }
}

const of = (namespace: ObservedSocket['namespace']) => ({ 'socket.io.namespace': namespace })

const recordedOf = ({ event, namespace, socket, isAnswered }: ObservedCall | ObservedOutput): Recorded => ({
  event,
  namespace,
  nsp: socket?.nsp.name ?? (namespace.includes('{') ? undefined : namespace),
  isAnswered,
})
