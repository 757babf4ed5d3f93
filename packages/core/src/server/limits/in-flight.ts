import type { InFlight } from '../../contract/limit.js'
import type { Refusal } from './rate.js'

/** How many calls are at work of those that share a limit. */
export interface Gauge {
  readonly limit: InFlight
  /** Of all sockets. */
  running: number
  /** How long the last ones took, in milliseconds, smoothed: about then a place will be free. A second is a guess. */
  pace: number
}

/** A gauge with nothing at work. */
export const gaugeOf = (limit: InFlight): Gauge => ({ limit, running: 0, pace: 1_000 })

/** What one connection has at work, by gauge. */
export type Own = Map<Gauge, number>

/** What a call takes while it is at work. */
export interface Place {
  /** Gives it back; only the first time counts. Those that were not let in after all say nothing of how long calls take. */
  leave(hasRun: boolean): void
}

/** Takes a place in each gauge, or none if one of them is full. */
export const occupy = (gauges: readonly Gauge[], own: Own): Place | Refusal => {
  for (const gauge of gauges) {
    const { perSocket = Number.POSITIVE_INFINITY, total = Number.POSITIVE_INFINITY } = gauge.limit
    if ((own.get(gauge) ?? 0) >= perSocket || gauge.running >= total)
      return { code: 'OVERLOADED', retryAfterMs: Math.max(1, Math.round(gauge.pace)) }
  }
  const began = performance.now()
  const add = (gauge: Gauge, one: 1 | -1): void => {
    gauge.running += one
    own.set(gauge, (own.get(gauge) ?? 0) + one)
  }
  for (const gauge of gauges) add(gauge, 1)
  let isTaken = true
  return {
    leave(hasRun) {
      if (!isTaken) return
      isTaken = false
      const took = performance.now() - began
      for (const gauge of gauges) {
        add(gauge, -1)
        if (hasRun) gauge.pace += (took - gauge.pace) / SMOOTHING
      }
    },
  }
}

/** About how many calls a change of pace takes to be seen. */
const SMOOTHING = 8
