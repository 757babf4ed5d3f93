import type { Socket } from 'socket.io'
import { kindOf, throwDefinitionError } from '../../definition-error.js'
import type { Rate, Rates } from '../../contract/limit.js'
import { assertNoPromise, holdPromise } from '../../thenable.js'
import { connectionKey } from './connection-key.js'
import { counterOf, withFallback, type Counter } from './rate.js'
import { inMemory } from './memory-counter.js'
import type { LimitSetting, RateLimiter, RateLimiterOptions } from './options.js'

/** A rate and what counts it. */
export interface CountedRate {
  readonly per: keyof Rates
  /** Returns the key whose calls are counted together. */
  readonly keyOf: (socket: Socket) => string
  readonly count: Counter
  /** Removes the count of a connection, by its key; absent for counts that connections share. */
  readonly forget: ((key: string) => void) | undefined
}

/** Reports the error of a rate limiter, with the path of the event, group or namespace that has the limit. */
export type TellUncounted = (error: unknown, path: string) => void

/** A rate that the contract declares, or that stands in its place. */
interface DeclaredRate {
  /** The path of what has it. */
  readonly path: string
  readonly per: keyof Rates
  readonly rate: Rate
}

/** Prepares the counting of a rate. @throws TypeError for one that can't be counted. */
export const countedRateOf = (
  { path, per, rate }: DeclaredRate,
  { userOf, rateLimiter, ...fallback }: LimitSetting,
  tell: TellUncounted,
): CountedRate => {
  const keyOf = keyFor(path, per, userOf)
  // Only this process knows a connection, so its rate needs no shared counter.
  if (per === 'perSocket' || rateLimiter === undefined) {
    const { count, forget } = inMemory(rate)
    return { per, keyOf, count, forget: per === 'perSocket' ? forget : undefined }
  }
  const options: RateLimiterOptions = {
    keyPrefix: `ackwire:${path}:${per}`,
    points: rate.calls,
    duration: rate.seconds,
    inMemoryBlockOnConsumed: rate.calls,
  }
  const count = counterOf(checked(rateLimiter(options)), rate.seconds)
  return {
    per,
    keyOf,
    count: withFallback(count, { ...fallback, tell: error => tell(error, path) }),
    forget: undefined,
  }
}

const keyFor = (path: string, per: keyof Rates, userOf: LimitSetting['userOf']): CountedRate['keyOf'] => {
  if (per === 'perSocket') return ({ conn }) => connectionKey(conn)
  if (per === 'total') return () => 'all'
  if (userOf === undefined)
    return throwDefinitionError(
      path,
      'a rate per user needs to know the user; give attach(io, api, { limits: { userOf } })',
    )
  return socket => {
    const user: unknown = assertNoPromise(userOf(socket), USER_OF, A_STRING, 'make it synchronous')
    return typeof user === 'string' ? user : throwDefinitionError(USER_OF, `expected ${A_STRING}, got ${kindOf(user)}`)
  }
}

const USER_OF = 'attach: limits.userOf'
const A_STRING = 'it to return a string'

const checked = (limiter: RateLimiter): RateLimiter =>
  !holdPromise(limiter) && typeof limiter?.consume === 'function'
    ? limiter
    : throwDefinitionError('attach: limits.rateLimiter', `expected it to return a rate limiter, got ${kindOf(limiter)}`)
