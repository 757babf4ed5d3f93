import type { Refusal } from './rate.js'
import type { CountedRate } from './counted-rate.js'

/** Remembers until when a connection's own rates refuse: to count what comes meanwhile would tell nothing new. */
export interface BlockedRates {
  /** Says what a rate has said already, if one of them still refuses. */
  refusalBy(rates: readonly CountedRate[]): Refusal | undefined
  /** A rate has refused. */
  add(rate: CountedRate, refusal: Refusal): void
}

/** A connection that nothing has refused. */
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
