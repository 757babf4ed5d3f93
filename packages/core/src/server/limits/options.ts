import type { Socket } from 'socket.io'
import { isPlainObject, kindOf, throwDefinitionError, assertKnownKeys } from '../../definition-error.js'
import { limitOf, type Limit } from '../../contract/limit.js'
import { assertCap } from '../validation/caps.js'
import { timerFor } from '../../timer.js'
import type { WaitingLimits } from './pending-handshakes.js'
import type { RefusalLimit } from './refusals.js'

/** The options of a rate limiter, as those of the library `rate-limiter-flexible` take them. */
export interface RateLimiterOptions {
  /** Identifies the rate among all of the contract; the same on each node. */
  readonly keyPrefix: string
  /** The number of calls. */
  readonly points: number
  /** The period in seconds. */
  readonly duration: number
  /** The number of calls from which on a node rejects by itself, without asking again. */
  readonly inMemoryBlockOnConsumed: number
}

/** Counts calls, such as a `RateLimiterRedis` of the library `rate-limiter-flexible`. */
export interface RateLimiter {
  /** Counts one. Rejects with an object that has `msBeforeNext` if it is one too many, with an `Error` if it can't count. */
  consume(key: string): Promise<unknown>
}

/** Settings of the limits that the contract declares. */
export interface LimitOptions {
  /**
   * Limits instead of those that the contract declares, or where it declares none; `false` for none. The keys are as in
   * messages: `todo.create` for an event, `todo` for a group, `/` or `/admin` for a namespace, `/admin.ban` for an event in it.
   */
  readonly override?: Readonly<Record<string, Limit | false>>
  /** Returns the user of a socket, for rates per user. It is called for each call that has such a rate, and must not be slow. */
  readonly userOf?: (socket: Socket) => string
  /**
   * Makes what counts the rates per user and in total, one for each, so that several nodes can share them. By default each
   * process counts for itself in memory, as it always does what is per socket.
   *
   * @example
   * const limits: LimitOptions = { rateLimiter: options => new RateLimiterRedis({ ...options, storeClient: redis }) }
   */
  readonly rateLimiter?: (options: RateLimiterOptions) => RateLimiter
  /**
   * The time that a call waits for the rate limiter, in milliseconds.
   *
   * @default 1_000
   */
  readonly timeout?: number
  /**
   * The treatment of a call that the rate limiter can't count in time: it passes, or is answered `OVERLOADED`.
   *
   * @default 'pass'
   */
  readonly uncounted?: 'pass' | 'refuse'
  /**
   * How often one client may be refused before its connection is closed, in all its namespaces: by limits, by `maxStreams`, by a
   * server that closes, and where it is not let into a namespace or asks again while it waits; 1,000 times within 10 seconds by default, `false` for no end. That is more than a client has kept back while it was away, and some 20 ms of
   * work; one that waits as long as it is told is refused far more seldom.
   */
  readonly refusals?: RefusalLimit | false
  /** How many sockets may wait for `authenticate`. Others are refused with a `connect_error` whose `data` is `OVERLOADED`. */
  readonly waiting?: WaitingLimits
}

/** Options with the defaults filled in. */
export interface LimitSetting extends Pick<LimitOptions, 'userOf' | 'rateLimiter'> {
  readonly override: ReadonlyMap<string, Limit | false>
  readonly timeout: number
  readonly uncounted: 'pass' | 'refuse'
  readonly refusals: RefusalLimit | false
  readonly waiting: Required<WaitingLimits>
}

const KNOWN: ReadonlySet<string> = new Set<keyof LimitOptions>([
  'override',
  'userOf',
  'rateLimiter',
  'timeout',
  'uncounted',
  'refusals',
  'waiting',
])
const REFUSALS: ReadonlySet<string> = new Set<keyof RefusalLimit>(['calls', 'seconds'])
const WAITING: ReadonlySet<string> = new Set<keyof WaitingLimits>(['perTransport', 'perAddress', 'addressOf'])

const PLACE = 'attach: limits'

/** Fills in what is not given. @throws TypeError for an option that can't hold. */
export const limitSettingOf = (options: LimitOptions = {}): LimitSetting => {
  checkObject(options, KNOWN, PLACE)
  const { override = {}, userOf, rateLimiter, timeout = 1_000, uncounted = 'pass', refusals, waiting } = options
  checkFunction(userOf, `${PLACE}.userOf`)
  checkFunction(rateLimiter, `${PLACE}.rateLimiter`)
  if (uncounted !== 'pass' && uncounted !== 'refuse')
    throwDefinitionError(`${PLACE}.uncounted`, `expected "pass" or "refuse", got ${JSON.stringify(uncounted)}`)
  assertCap(`${PLACE}.timeout`, timeout)
  return {
    ...(userOf !== undefined && { userOf }),
    ...(rateLimiter !== undefined && { rateLimiter }),
    override: overridesOf(override),
    timeout: timerFor(timeout),
    uncounted,
    refusals: refusalLimitOf(refusals),
    waiting: waitingLimitsOf(waiting),
  }
}

const refusalLimitOf = (refusals: RefusalLimit | false = { calls: 1_000, seconds: 10 }): RefusalLimit | false => {
  const place = `${PLACE}.refusals`
  if (refusals === false) return false
  checkObject(refusals, REFUSALS, place)
  const { calls, seconds } = refusals
  assertCap(`${place}.calls`, calls)
  if (!(typeof seconds === 'number' && seconds > 0))
    throwDefinitionError(`${place}.seconds`, `expected a number above 0, got ${JSON.stringify(seconds)}`)
  return { calls, seconds }
}

const waitingLimitsOf = (waiting: WaitingLimits = {}): Required<WaitingLimits> => {
  const place = `${PLACE}.waiting`
  checkObject(waiting, WAITING, place)
  const { perTransport = 32, perAddress = 1_000, addressOf = ownAddress } = waiting
  assertCap(`${place}.perTransport`, perTransport)
  assertCap(`${place}.perAddress`, perAddress)
  checkFunction(addressOf, `${place}.addressOf`)
  return { perTransport, perAddress, addressOf }
}

// Over a UNIX socket there is none, and all come from there.
const ownAddress = ({ handshake }: Socket): string => String(handshake.address)

const checkObject = (said: unknown, known: ReadonlySet<string>, place: string): void => {
  if (!isPlainObject(said)) return throwDefinitionError(place, `expected an object, got ${kindOf(said)}`)
  assertKnownKeys(said, known, place)
}

const checkFunction = (value: unknown, place: string): void => {
  if (value !== undefined && typeof value !== 'function')
    throwDefinitionError(place, `expected a function, got ${kindOf(value)}`)
}

// A map, because an event may have the name of what every object has.
const overridesOf = (said: unknown): ReadonlyMap<string, Limit | false> => {
  const place = `${PLACE}.override`
  if (!isPlainObject(said)) return throwDefinitionError(place, `expected an object of limits, got ${kindOf(said)}`)
  return new Map(
    Object.entries(said).map(([path, limit]) => [path, limit === false ? false : limitOf(limit, `${place} ${path}`)]),
  )
}
