import type { Refusal } from './rate.js'
import type { CountedRate } from './counted-rate.js'

/** Remembers until when a connection's own rates refuse, so that calls in the meantime need no counting. */
export interface BlockedRates {
  /** Returns the refusal of a rate that still blocks the connection, if there is one. */
  refusalBy(rates: readonly CountedRate[]): Refusal | undefined
  /** Records that a rate has refused. */
  add(rate: CountedRate, refusal: Refusal): void
}

/** Creates the record of a connection that no rate has refused. */
export const blockedRatesOf = (): BlockedRates => {
  const untils = new Map<CountedRate, number>()
  return {
    refusalBy(rates) {
      if (untils.size === 0) return undefined
      for (const rate of rates) {
        const left = (untils.get(rate) ?? 0) - performance.now()
        if (left > 0) return { code: 'RATE_LIMITED', retryAfterMs: Math.ceil(left) }
        untils.delete(rate)
      }
      return undefined
    },
    add(rate, { retryAfterMs }) {
      if (rate.per === 'perSocket') untils.set(rate, performance.now() + retryAfterMs)
    },
  }
}
