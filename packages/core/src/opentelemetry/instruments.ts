import type { Counter, Histogram, Meter } from '@opentelemetry/api'
import { attributesOf, BUCKETS, outcomeOf, type Recorded, type Role } from './semantics.js'

/** Records the duration of an event with its outcome. */
export type Measure = (recorded: Recorded, role: Role, code: string | undefined, durationMs: number) => void

/** Creates the instruments of the semantic conventions. */
export const instrumentsOf = (meter: Meter): Measure => {
  const duration = (name: string, description: string): Histogram =>
    meter.createHistogram(name, { description, unit: 's', advice: { explicitBucketBoundaries: [...BUCKETS] } })
  const counter = (name: string, description: string): Counter =>
    meter.createCounter(name, { description, unit: '{message}' })

  const calls = {
    receiver: duration('rpc.server.call.duration', 'Duration of calls that were answered'),
    sender: duration('rpc.client.call.duration', 'Duration of calls until their answer arrived'),
  }
  const process = duration('messaging.process.duration', 'Duration of the handling of messages that are not answered')
  const consumed = counter('messaging.client.consumed.messages', 'Messages that are not answered, received')
  const sent = counter('messaging.client.sent.messages', 'Messages that are not answered, sent')
  return (recorded, role, code, durationMs) => {
    const attributes = { ...attributesOf(recorded, role), ...outcomeOf(recorded, role, code) }
    if (recorded.isAnswered) return calls[role].record(durationMs / 1_000, attributes)
    if (role === 'sender') return sent.add(1, attributes)
    process.record(durationMs / 1_000, attributes)
    consumed.add(1, attributes)
  }
}
