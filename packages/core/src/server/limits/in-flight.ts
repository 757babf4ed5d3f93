import type { InFlight } from '../../contract/limit.js'
import type { Refusal } from './rate.js'

/** Counts the running calls that share a limit. */
export interface InFlightCount {
  readonly limit: InFlight
  /** The running calls of all sockets. */
  running: number
  /** The smoothed duration of the last calls, in milliseconds: about then a slot will be free. Begins with a guess. */
  meanMs: number
}

/** Creates a count with no running call. */
export const inFlightCountOf = (limit: InFlight): InFlightCount => ({ limit, running: 0, meanMs: 1_000 })

/** The running calls of one connection, by their count. */
export type CallsByCount = Map<InFlightCount, number>

/** A place among the calls in flight, which a call holds while it runs. */
export interface Slot {
  /** Frees the slot, once. `hasRun` is false for calls that were not let in after all: their durations are not counted. */
  release(hasRun: boolean): void
}

/** Takes a slot of each count, or none if one of them is full. */
export const takeSlot = (counts: readonly InFlightCount[], own: CallsByCount): Slot | Refusal => {
  for (const count of counts) {
    const { perSocket = Number.POSITIVE_INFINITY, total = Number.POSITIVE_INFINITY } = count.limit
    if ((own.get(count) ?? 0) >= perSocket || count.running >= total)
      return { code: 'OVERLOADED', retryAfterMs: Math.max(1, Math.round(count.meanMs)) }
  }
  const began = performance.now()
  const add = (count: InFlightCount, one: 1 | -1): void => {
    count.running += one
    own.set(count, (own.get(count) ?? 0) + one)
  }
  for (const count of counts) add(count, 1)
  let isTaken = true
  return {
    release(hasRun) {
      if (!isTaken) return
      isTaken = false
      const took = performance.now() - began
      for (const count of counts) {
        add(count, -1)
        if (hasRun) count.meanMs += (took - count.meanMs) / SMOOTHING
      }
    },
  }
}

/** The number of calls after which a change of their duration shows. */
const SMOOTHING = 8
