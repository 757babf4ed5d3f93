/**
 * Spans and metrics of a client's calls.
 *
 * @module
 */

import type { Router } from '@ackwire/core'
import type { ClientContract, TypedContract, View } from '@ackwire/core/declarations'
import { createRecorder, type OpenTelemetryOptions, type Recorder } from '@ackwire/core/opentelemetry'
import { EventError } from '@ackwire/core/wire'
import { context, propagation, trace, type Context } from '@opentelemetry/api'
import type { Socket } from 'socket.io-client'
import type { Client } from './infer.js'
import { withoutTrailing } from './outgoing.js'
import { eventsOf, MEMBER, type Act, type Member } from './proxy.js'
import { internalsOf } from './socket-io-internals.js'

/** Options of `traced`. */
export interface TracedOptions extends OpenTelemetryOptions {
  /**
   * The calls that carry the trace context to the server: those for which this contract, imported at run time, declares it, or
   * all of them with `'all'`, for a server whose whole contract declares it; another server rejects them with `INVALID_INPUT`.
   *
   * @default none
   */
  readonly propagate?: Router | 'all'
}

/** The verbs of a client that are traced, or that return a client. */
interface AnyClient {
  readonly emit: object
  readonly socket: Socket
  timeout(ms: number): AnyClient
  signal(signal: AbortSignal): AnyClient
  of(name: string, ...rest: readonly object[]): AnyClient
  connect(): AnyClient
  close(): AnyClient
}

/**
 * Returns a client whose calls are recorded with OpenTelemetry: each has a span from the call to its answer, as a child of the
 * active span, and a value in `rpc.client.call.duration`. `@opentelemetry/api` is a peer dependency.
 *
 * @example
 * const client = traced(createClient(api, url, { auth: { token } }), { propagate: api })
 */
export function traced<Contract extends TypedContract, Side extends View>(
  client: Client<Contract, Side>,
  options?: TracedOptions,
): Client<Contract, Side>
export function traced(client: AnyClient, { propagate, ...options }: TracedOptions = {}): AnyClient {
  return wrap(client, '/', {
    recorder: createRecorder(options),
    contractOf: name => (propagate === 'all' ? undefined : propagate?.['~peer'](name)),
    all: propagate === 'all',
  })
}

interface Setting {
  readonly recorder: Recorder
  /** Returns the codecs of a namespace, if the contract is given. */
  contractOf(this: void, name: string): ClientContract | undefined
  /** True if all calls carry the trace context. */
  readonly all: boolean
}

const wrap = (client: AnyClient, namespace: string, setting: Setting): AnyClient => {
  const contract = setting.contractOf(namespace)
  const wrapped: AnyClient = {
    ...client,
    emit: eventsOf(client.socket, (event, values, adjust) => {
      const input = contract?.input(event)
      const { nsp } = internalsOf(client.socket)
      const recorded = { event, namespace, nsp, isAnswered: input?.isAnswered ?? true }
      const { span, end } = setting.recorder.begin(recorded, 'sender', context.active())
      const active = trace.setSpan(context.active(), span)
      const given = setting.all || input?.hasTraceContext === true ? withTraceContext(values, active) : values
      try {
        const answer = context.with(active, () => actOf(client.emit, event)(event, given, adjust))
        if (answer instanceof Promise)
          answer.then(
            () => end(undefined),
            (error: unknown) => end(codeOf(error)),
          )
        else end(undefined)
        return answer
      } catch (error) {
        end(codeOf(error))
        throw error
      }
    }),
    timeout: ms => wrap(client.timeout(ms), namespace, setting),
    signal: signal => wrap(client.signal(signal), namespace, setting),
    of: (name, ...rest) => wrap(client.of(name, ...rest), name, setting),
    connect: () => (client.connect(), wrapped),
    close: () => (client.close(), wrapped),
  }
  return wrapped
}

const actOf = (events: object, event: string): Act => {
  const member = event.split(':').reduce<object>((members, key) => Reflect.get(members, key), events)
  const [, , act] = Reflect.get(member, MEMBER) as Member
  return act
}

/** Returns the values followed by the trace context, if the application's propagator writes one in the W3C's format. */
const withTraceContext = (values: unknown[], active: Context): unknown[] => {
  const carrier: { traceparent?: string; tracestate?: string } = {}
  propagation.inject(active, carrier)
  const { traceparent, tracestate } = carrier
  if (traceparent === undefined) return values
  // Only these two entries: baggage may hold private data.
  const traceContext = tracestate === undefined ? { traceparent } : { traceparent, tracestate }
  return [...withoutTrailing(values), traceContext]
}

const codeOf = (error: unknown): string => (error instanceof EventError ? error.code : 'INTERNAL')
