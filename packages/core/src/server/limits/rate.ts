import { within } from '../promise.js'
import type { RateLimiter } from './options.js'

/** The reason why a call is rejected, and when it is worth another try. */
export interface Refusal {
  readonly code: 'RATE_LIMITED' | 'OVERLOADED'
  readonly retryAfterMs: number
}

/** Counts a call of one rate; says why it is one too many, if it is. A promise only if the counter is elsewhere. */
export type Counter = (key: string) => Refusal | undefined | Promise<Refusal | undefined>

/** Counts with a limiter. It rejects if the limiter can't count. */
export const counterOf =
  (limiter: RateLimiter, seconds: number) =>
  async (key: string): Promise<Refusal | undefined> => {
    try {
      await limiter.consume(key)
      return undefined
    } catch (reason) {
      const ms = waitIn(reason)
      if (ms === undefined) throw reason
      return refusalOf(ms, seconds)
    }
  }

/** Returns the refusal of a call that exceeds a rate, with the time until its next period. */
export const refusalOf = (ms: number, seconds: number): Refusal => ({
  code: 'RATE_LIMITED',
  retryAfterMs: Math.min(Math.max(1, Math.ceil(ms)), seconds * 1_000),
})

/** Returns the wait that the library reports for a call that exceeds the rate; `undefined` for an error. */
const waitIn = (reason: unknown): number | undefined => {
  if (typeof reason !== 'object' || reason === null || reason instanceof Error || !('msBeforeNext' in reason)) return
  return typeof reason.msBeforeNext === 'number' ? reason.msBeforeNext : undefined
}

/** The treatment of calls that a counter fails to count. */
export interface Fallback {
  /** The time that a call waits, in milliseconds; after a failure no call waits that long. */
  readonly timeout: number
  readonly uncounted: 'pass' | 'refuse'
  /** Called with the first failure, and again once the counter has worked in between. */
  readonly tell: (error: unknown) => void
}

/**
 * Wraps a counter that is elsewhere, so that it never rejects. After a failure it is asked by one call at a time only, and the
 * others are not kept waiting, so that an outage costs a client's events no more than one time-out.
 */
export const withFallback = (count: ReturnType<typeof counterOf>, { timeout, uncounted, tell }: Fallback): Counter => {
  const instead: Refusal | undefined =
    uncounted === 'pass' ? undefined : { code: 'OVERLOADED', retryAfterMs: Math.max(1, timeout) }
  let isDown = false
  let askAgainAt = 0
  return async key => {
    const now = performance.now()
    if (isDown && now < askAgainAt) return instead
    askAgainAt = now + timeout
    try {
      const refusal = await inTime(count(key), timeout)
      isDown = false
      return refusal
    } catch (error) {
      if (!isDown) tell(error)
      isDown = true
      askAgainAt = performance.now() + timeout
      return instead
    }
  }
}

const inTime = async (counted: Promise<Refusal | undefined>, ms: number): Promise<Refusal | undefined> => {
  let refusal: Refusal | undefined
  const kept = counted.then(result => void (refusal = result))
  await within(kept, ms, () => {
    throw new Error(`ackwire: limits: the rate limiter took more than ${ms} ms`)
  })
  return refusal
}
