// oxlint-disable-next-line typescript/triple-slash-reference -- who compiles this source from elsewhere needs it too
/// <reference path="./rate-limiter-flexible.d.mts" />
import type MemoryStorage from 'rate-limiter-flexible/lib/component/MemoryStorage/MemoryStorage.js'
import type { Rate } from '../../contract/limit.js'
import { refusalOf, type Counter } from './rate.js'

/** A counter whose memory can be freed. */
export interface MemoryCounter {
  readonly count: Counter
  /** Forgets what was counted for a key. */
  forget(this: void, key: string): void
}

/**
 * Counts in the memory of this process, as the library's `RateLimiterMemory` does, but without its promise, which would put each
 * call off. The library is loaded by the first binding that has a rate; calls that come before it is there wait for it.
 */
export const inMemory = ({ calls, seconds }: Rate): MemoryCounter => {
  let loaded: MemoryStorage | undefined
  // This file of it alone: the library's index brings a limiter for each data base.
  const loading = import('rate-limiter-flexible/lib/component/MemoryStorage/MemoryStorage.js').then(
    ({ default: Storage }) => (loaded = new Storage()),
  )
  // The rejection reaches whoever counts.
  loading.catch(() => {})
  const countIn = (storage: MemoryStorage, key: string) => {
    const { consumedPoints, msBeforeNext } = storage.incrby(key, 1, seconds)
    return consumedPoints > calls ? refusalOf(msBeforeNext, seconds) : undefined
  }
  return {
    count: key => (loaded === undefined ? loading.then(storage => countIn(storage, key)) : countIn(loaded, key)),
    forget: key => void loaded?.delete(key),
  }
}
