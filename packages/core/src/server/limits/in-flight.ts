import type { InFlight } from '../../contract/limit.js'
import type { Refusal } from './rate.js'

/** How many calls are at work of those that share a limit. */
export interface InFlightCount {
  readonly limit: InFlight
  /** Of all sockets. */
  running: number
  /** How long the last ones took, in milliseconds, smoothed: about then a place will be free. A second is a guess. */
  meanMs: number
}

/** A gauge with nothing at work. */
export const inFlightCountOf = (limit: InFlight): InFlightCount => ({ limit, running: 0, meanMs: 1_000 })

/** What one connection has at work, by gauge. */
export type CallsByCount = Map<InFlightCount, number>

/** What a call takes while it is at work. */
export interface Slot {
  /** Gives it back; only the first time counts. Those that were not let in after all say nothing of how long calls take. */
  release(hasRun: boolean): void
}

/** Takes a place in each gauge, or none if one of them is full. */
export const takeSlot = (gauges: readonly InFlightCount[], own: CallsByCount): Slot | Refusal => {
  for (const gauge of gauges) {
    const { perSocket = Number.POSITIVE_INFINITY, total = Number.POSITIVE_INFINITY } = gauge.limit
    if ((own.get(gauge) ?? 0) >= perSocket || gauge.running >= total)
      return { code: 'OVERLOADED', retryAfterMs: Math.max(1, Math.round(gauge.meanMs)) }
  }
  const began = performance.now()
  const add = (gauge: InFlightCount, one: 1 | -1): void => {
    gauge.running += one
    own.set(gauge, (own.get(gauge) ?? 0) + one)
  }
  for (const gauge of gauges) add(gauge, 1)
  let isTaken = true
  return {
    release(hasRun) {
      if (!isTaken) return
      isTaken = false
      const took = performance.now() - began
      for (const gauge of gauges) {
        add(gauge, -1)
        if (hasRun) gauge.meanMs += (took - gauge.meanMs) / SMOOTHING
      }
    },
  }
}

/** About how many calls a change of pace takes to be seen. */
const SMOOTHING = 8
