import { SpanKind, SpanStatusCode, type Attributes, type SpanOptions, type SpanStatus } from '@opentelemetry/api'

// OpenTelemetry's semantic conventions 1.45.0, https://github.com/open-telemetry/semantic-conventions/tree/v1.45.0/docs:
// rpc/rpc-spans.md and rpc/rpc-metrics.md, which are stable, and messaging/messaging-spans.md and
// messaging/messaging-metrics.md, which are in development. An event with an ack is a remote procedure call: it has a
// method, an outcome with a code, and a caller that waits for it. An event without an ack is a message.

/** The name of the instrumentation scope in all records. */
export const SCOPE = 'ackwire'

/** The bucket boundaries that the conventions define for histograms of durations. */
export const BUCKETS: readonly number[] = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10]

/** The side of an event that records it. */
export type Role = 'sender' | 'receiver'

/** An event to be recorded. */
export interface Recorded {
  /** The event's name on the wire. */
  readonly event: string
  /** The name of the namespace in the contract. */
  readonly namespace: string
  /**
   * The name of the namespace on the socket, which differs from `namespace` if that has parameters; `undefined` for an
   * emit to all namespaces of a pattern.
   */
  readonly nsp: string | undefined
  /** Tells whether the other side answers the event. */
  readonly isAnswered: boolean
}

/** Returns the name of an event with its namespace, such as `todo:create`, `/admin/ban` or `/game-{id}/play`. */
const placeOf = (namespace: string, event: string): string => (namespace === '/' ? event : `${namespace}/${event}`)

/** Returns the attributes that spans and measurements share. Each has few possible values. */
export const attributesOf = ({ event, namespace, nsp, isAnswered }: Recorded, role: Role): Attributes => {
  const place = placeOf(namespace, event)
  if (isAnswered) return { 'rpc.system.name': 'socket.io', 'rpc.method': place }
  return {
    'messaging.system.name': 'socket.io',
    'messaging.operation.name': OPERATIONS[role],
    'messaging.operation.type': OPERATIONS[role],
    // A name with parameters can have any number of values, so the attribute to group by is the template.
    ...(nsp === namespace ? { 'messaging.destination.name': place } : { 'messaging.destination.template': place }),
  }
}

const OPERATIONS = { sender: 'send', receiver: 'process' } as const

/** Returns the name of the span of an event. */
export const spanNameOf = ({ event, namespace, isAnswered }: Recorded, role: Role): string =>
  isAnswered ? placeOf(namespace, event) : `${OPERATIONS[role]} ${placeOf(namespace, event)}`

/** Returns the kind and the attributes with which the span of an event starts. */
export const spanOf = (recorded: Recorded, role: Role): SpanOptions => {
  const { event, nsp, isAnswered } = recorded
  const attributes = attributesOf(recorded, role)
  const kinds = isAnswered
    ? { sender: SpanKind.CLIENT, receiver: SpanKind.SERVER }
    : { sender: SpanKind.PRODUCER, receiver: SpanKind.CONSUMER }
  return {
    kind: kinds[role],
    attributes:
      isAnswered || nsp === undefined
        ? attributes
        : { ...attributes, 'messaging.destination.name': placeOf(nsp, event) },
  }
}

/** Returns the attributes of an outcome, for a span and a measurement. */
export const outcomeOf = ({ isAnswered }: Recorded, role: Role, code: string | undefined): Attributes => ({
  ...(isAnswered ? { 'rpc.status_code': code ?? 'OK' } : {}),
  ...(code !== undefined && isFailure(code, role) ? { 'error.type': code } : {}),
})

/** Returns the status of a span with this outcome. */
export const statusOf = (code: string | undefined, role: Role): SpanStatus =>
  code !== undefined && isFailure(code, role) ? { code: SpanStatusCode.ERROR } : { code: SpanStatusCode.UNSET }

/**
 * Returns whether a code is a failure of this side. For the sender every code is. For the receiver, an invalid call or
 * a declared error is not.
 */
const isFailure = (code: string, role: Role): boolean => role === 'sender' || OWN_FAULTS.has(code)

// Follows the conventions for gRPC, where the server errors are UNKNOWN, DEADLINE_EXCEEDED, UNIMPLEMENTED, INTERNAL,
// UNAVAILABLE and DATA_LOSS.
const OWN_FAULTS: ReadonlySet<string> = new Set(['INTERNAL', 'TIMEOUT', 'NOT_IMPLEMENTED', 'OVERLOADED'])
