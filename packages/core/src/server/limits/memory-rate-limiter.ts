// oxlint-disable-next-line typescript/triple-slash-reference -- who compiles this source from elsewhere needs it too
/// <reference path="./rate-limiter-flexible.d.mts" />
import type { RateLimiterMemory } from 'rate-limiter-flexible'
import type { RateLimiter, RateLimiterOptions } from './options.js'

/** A rate limiter whose memory can be freed. */
export interface MemoryLimiter extends RateLimiter {
  /** Forgets what was counted for a key. */
  forget(key: string): void
}

/**
 * Counts in the memory of this process. The library is loaded by the first binding that has a rate; calls that come before
 * it is there wait for it.
 */
export const inMemory = (options: RateLimiterOptions): MemoryLimiter => {
  let loaded: RateLimiterMemory | undefined
  // This file of it alone: the library's index brings a limiter for each data base.
  const loading = import('rate-limiter-flexible/lib/RateLimiterMemory.js').then(
    ({ default: Limiter }) => (loaded = new Limiter(options)),
  )
  // The rejection reaches whoever calls `consume`.
  loading.catch(() => {})
  return {
    forget: key => void loaded?.delete(key),
    consume: key => (loaded === undefined ? loading.then(limiter => limiter.consume(key)) : loaded.consume(key)),
  }
}
