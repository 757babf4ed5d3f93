import { SpanKind, SpanStatusCode, type Attributes, type SpanOptions, type SpanStatus } from '@opentelemetry/api'

// OpenTelemetry's semantic conventions 1.45.0, https://github.com/open-telemetry/semantic-conventions/tree/v1.45.0/docs:
// rpc/rpc-spans.md and rpc/rpc-metrics.md, which are stable, and messaging/messaging-spans.md and
// messaging/messaging-metrics.md, which are in development. An event with an ack is a remote procedure call: it has a
// method, an outcome with a code, and a caller that waits for it. One without is a message.

/** The name that what is recorded has in it for its source. */
export const SCOPE = 'ackwire'

/** The boundaries that the conventions give to each histogram of durations. */
export const BUCKETS: readonly number[] = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10]

/** Which end of an event records it. */
export type Role = 'sender' | 'receiver'

/** An event as it is recorded. */
export interface Recorded {
  /** The event's name on the wire. */
  readonly event: string
  /** The namespace as the contract names it. */
  readonly namespace: string
  /** The namespace as the socket names it; the same but for parameters. `undefined` where it went to all that a pattern stands for. */
  readonly nsp: string | undefined
  /** Tells whether the other side answers the event. */
  readonly isAnswered: boolean
}

/** An event's name with its namespace, such as `todo:create`, `/admin/ban` and `/game-{id}/play`. */
const placeOf = (namespace: string, event: string): string => (namespace === '/' ? event : `${namespace}/${event}`)

/** What a span and a measurement have in common, of few values each. */
export const attributesOf = ({ event, namespace, nsp, isAnswered }: Recorded, role: Role): Attributes => {
  const place = placeOf(namespace, event)
  if (isAnswered) return { 'rpc.system.name': 'socket.io', 'rpc.method': place }
  return {
    'messaging.system.name': 'socket.io',
    'messaging.operation.name': OPERATIONS[role],
    'messaging.operation.type': OPERATIONS[role],
    // A name that holds parameters can have any number of values; the template says all that is to be grouped by.
    ...(nsp === namespace ? { 'messaging.destination.name': place } : { 'messaging.destination.template': place }),
  }
}

const OPERATIONS = { sender: 'send', receiver: 'process' } as const

/** What a span of an event is called. */
export const spanNameOf = ({ event, namespace, isAnswered }: Recorded, role: Role): string =>
  isAnswered ? placeOf(namespace, event) : `${OPERATIONS[role]} ${placeOf(namespace, event)}`

/** How a span of an event begins. */
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

/** What an outcome adds to a span and to a measurement. */
export const outcomeOf = ({ isAnswered }: Recorded, role: Role, code: string | undefined): Attributes => ({
  ...(isAnswered ? { 'rpc.status_code': code ?? 'OK' } : {}),
  ...(code !== undefined && isFailure(code, role) ? { 'error.type': code } : {}),
})

/** The status of a span with that outcome. */
export const statusOf = (code: string | undefined, role: Role): SpanStatus =>
  code !== undefined && isFailure(code, role) ? { code: SpanStatusCode.ERROR } : { code: SpanStatusCode.UNSET }

/** Whoever sends has failed whatever the code. Whoever receives has not if the other side was wrong, or was told what the contract says. */
const isFailure = (code: string, role: Role): boolean => role === 'sender' || OWN_FAULTS.has(code)

// As the conventions have it for gRPC: its server's errors are UNKNOWN, DEADLINE_EXCEEDED, UNIMPLEMENTED, INTERNAL,
// UNAVAILABLE and DATA_LOSS.
const OWN_FAULTS: ReadonlySet<string> = new Set(['INTERNAL', 'TIMEOUT', 'NOT_IMPLEMENTED', 'OVERLOADED'])
