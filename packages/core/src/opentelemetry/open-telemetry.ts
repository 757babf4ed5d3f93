import { context, metrics, propagation, ROOT_CONTEXT, trace } from '@opentelemetry/api'
import type { ObservedCall, ObservedOutput, ObservedSocket, Observer } from '../server/observe/observer.js'
import { createRecorder, type OpenTelemetryOptions, type Recording } from './recorder.js'
import { SCOPE, type Recorded } from './semantics.js'

/**
 * Records spans and metrics of a server's events with OpenTelemetry, by its semantic conventions 1.45.0: an event with
 * an ack is a remote procedure call, an event without one is a message. The span of a call is active in its handler. It
 * is a child of the client's span if the contract allows the trace context to be sent. `@opentelemetry/api` is a peer
 * dependency. Records go to the SDK that the application has registered; without one, they are discarded.
 */
export const openTelemetry = (options: OpenTelemetryOptions = {}): Observer => {
  const recorder = createRecorder(options)
  const meter = (options.meterProvider ?? metrics).getMeter(SCOPE)
  const connections = meter.createUpDownCounter('socket.io.server.connections', {
    description: 'Connected sockets',
    unit: '{connection}',
  })
  const handshakes = meter.createHistogram('socket.io.server.handshake.duration', {
    description: 'Duration of handshake checks',
    unit: 's',
  })
  const recordings = new WeakMap<ObservedCall | ObservedOutput, Recording>()
  const connected = new WeakSet<ObservedSocket['socket']>()

  return {
    onAuthenticate({ namespace }, { code, durationMs }) {
      handshakes.record(durationMs / 1_000, { ...of(namespace), ...(code === undefined ? {} : { 'error.type': code }) })
    },
    onConnection({ namespace, socket }) {
      connected.add(socket)
      connections.add(1, of(namespace))
    },
    onDisconnect({ namespace, socket }) {
      // A socket that connected before this observer was added has not been counted.
      if (connected.delete(socket)) connections.add(-1, of(namespace))
    },
    onReceive(call) {
      // Not the active context: for a websocket, that is the request that opened it.
      const parent = propagation.extract(ROOT_CONTEXT, call.traceContext ?? {})
      recordings.set(call, recorder.begin(recordedOf(call), 'receiver', parent))
    },
    onHandle(call, run) {
      const recording = recordings.get(call)
      return recording === undefined ? run() : context.with(trace.setSpan(context.active(), recording.span), run)
    },
    onAnswer: (call, { code, durationMs }) => recordings.get(call)?.end(code, durationMs),
    onEmit(output) {
      const recording = recorder.begin(recordedOf(output), 'sender', context.active())
      if (output.isAnswered) recordings.set(output, recording)
      else recording.end(undefined)
    },
    onAck: (output, { code, durationMs }) => recordings.get(output)?.end(code, durationMs),
  }
}

const of = (namespace: ObservedSocket['namespace']) => ({ 'socket.io.namespace': namespace })

const recordedOf = ({ event, namespace, socket, isAnswered }: ObservedCall | ObservedOutput): Recorded => ({
  event,
  namespace,
  nsp: socket?.nsp.name ?? (namespace.includes('{') ? undefined : namespace),
  isAnswered,
})
