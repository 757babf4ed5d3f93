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
export class Slot {
  readonly #counts: readonly InFlightCount[]
  readonly #own: CallsByCount
  readonly #began = performance.now()
  #isTaken = true

  constructor(counts: readonly InFlightCount[], own: CallsByCount) {
    this.#counts = counts
    this.#own = own
    for (const count of counts) this.#add(count, 1)
  }

  /** Frees the slot, once. `hasRun` is false for calls that were not let in after all: their durations are not counted. */
  release(hasRun: boolean): void {
    if (!this.#isTaken) return
    this.#isTaken = false
    const took = hasRun ? performance.now() - this.#began : 0
    for (const count of this.#counts) {
      this.#add(count, -1)
      if (hasRun) count.meanMs += (took - count.meanMs) / SMOOTHING
    }
  }

  #add(count: InFlightCount, one: 1 | -1): void {
    count.running += one
    this.#own.set(count, (this.#own.get(count) ?? 0) + one)
  }
}

/** The slot of calls whose number is not limited. */
export const UNLIMITED = new Slot([], new Map())

/** Takes a slot of each count, or none if one of them is full. */
export const takeSlot = (counts: readonly InFlightCount[], own: CallsByCount): Slot | Refusal => {
  if (counts.length === 0) return UNLIMITED
  for (const count of counts) {
    const { perSocket = Number.POSITIVE_INFINITY, total = Number.POSITIVE_INFINITY } = count.limit
    if ((own.get(count) ?? 0) >= perSocket || count.running >= total)
      return { code: 'OVERLOADED', retryAfterMs: Math.max(1, Math.round(count.meanMs)) }
  }
  return new Slot(counts, own)
}

/** The number of calls after which a change of their duration shows. */
const SMOOTHING = 8
