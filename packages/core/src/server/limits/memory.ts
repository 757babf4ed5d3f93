// oxlint-disable-next-line typescript/triple-slash-reference -- who compiles this source from elsewhere needs it too
/// <reference path="./rate-limiter-flexible.d.mts" />
import type { RateLimiter, RateLimiterOptions } from './options.js'

/**
 * Counts in the memory of this process. The library is loaded by the first binding that has a rate; calls that come before
 * it is there wait for it.
 */
export const inMemory = (options: RateLimiterOptions): RateLimiter => {
  let loaded: RateLimiter | undefined
  // This file of it alone: the library's index brings a limiter for each data base.
  const loading = import('rate-limiter-flexible/lib/RateLimiterMemory.js').then(
    ({ default: RateLimiterMemory }) => (loaded = new RateLimiterMemory(options)),
  )
  // Who consumes is told.
  loading.catch(() => {})
  return {
    consume: key => (loaded === undefined ? loading.then(limiter => limiter.consume(key)) : loaded.consume(key)),
  }
}
