import type { Socket } from 'socket.io'
import { isPlainObject, kindOf, throwDefinitionError, assertKnownKeys } from '../../definition-error.js'
import { limitOf, type Limit } from '../../contract/limit.js'
import { assertCap } from '../validation/caps.js'
import { timerFor } from '../../timer.js'
import type { WaitingLimits } from './pending-handshakes.js'
import type { RefusalLimit } from './refusals.js'

/** The options of a rate limiter, compatible with those of the library `rate-limiter-flexible`. */
export interface RateLimiterOptions {
  /** Identifies the rate among all rates of the contract; it is equal on all nodes. */
  readonly keyPrefix: string
  /** The number of calls. */
  readonly points: number
  /** The period in seconds. */
  readonly duration: number
  /** The number of calls after which a node rejects further ones without consulting the store. */
  readonly inMemoryBlockOnConsumed: number
}

/** Counts calls, such as a `RateLimiterRedis` of the library `rate-limiter-flexible`. */
export interface RateLimiter {
  /** Counts a call. Rejects with an object that has `msBeforeNext` if the rate is exceeded, with an `Error` if it can't count. */
  consume(key: string): Promise<unknown>
}

/** Settings of the limits that the contract declares. */
export interface LimitOptions {
  /**
   * Limits that replace those of the contract; `false` removes one. The keys are the paths of error messages: `todo.create`
   * for an event, `todo` for a group, `/` or `/admin` for a namespace, `/admin.ban` for an event in it.
   *
   * @default {}
   */
  readonly override?: Readonly<Record<string, Limit | false>>
  /** Returns the user of a socket, for rates per user. It is called for each call with such a rate, so it must be fast. */
  readonly userOf?: (socket: Socket) => string
  /**
   * Creates a rate limiter for each rate `perUser` or `total`, so that several nodes can share the count. Rates `perSocket`
   * are always counted in the memory of the process.
   *
   * @default counts in the memory of the process
   * @example
   * const limits: LimitOptions = { rateLimiter: options => new RateLimiterRedis({ ...options, storeClient: redis }) }
   */
  readonly rateLimiter?: (options: RateLimiterOptions) => RateLimiter
  /**
   * The maximum time that a call waits for the rate limiter, in milliseconds.
   *
   * @default 1_000
   */
  readonly timeout?: number
  /**
   * The treatment of a call that the rate limiter can't count in time: `pass` lets it in, `refuse` answers `OVERLOADED`.
   *
   * @default 'pass'
   */
  readonly uncounted?: 'pass' | 'refuse'
  /**
   * The number of rejected calls and handshakes of a client, in all its namespaces, after which its connection is closed;
   * `false` for no limit. The default allows for the calls that a client has buffered while it was offline, and costs the
   * server some 20 ms; a client that respects `retryAfterMs` is rejected far less often.
   *
   * @default { calls: 1_000, seconds: 10 }
   */
  readonly refusals?: RefusalLimit | false
  /**
   * The number of sockets that may wait for `authenticate` at once. Others get a `connect_error` with the code `OVERLOADED`, after
   * which the client of this project tries again by itself.
   *
   * @default { perTransport: 32, perAddress: 100_000, atOnce: 1_000 }
   */
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
const WAITING: ReadonlySet<string> = new Set<keyof WaitingLimits>(['perTransport', 'perAddress', 'addressOf', 'atOnce'])

const PLACE = 'attach: limits'

/** Fills in the defaults of the options. @throws TypeError for an invalid option. */
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
  const { perTransport = 32, perAddress = 100_000, atOnce = 1_000, addressOf = ownAddress } = waiting
  assertCap(`${place}.perTransport`, perTransport)
  assertCap(`${place}.perAddress`, perAddress)
  assertCap(`${place}.atOnce`, atOnce)
  if (atOnce === 0) throwDefinitionError(`${place}.atOnce`, 'expected 1 or more, got 0')
  checkFunction(addressOf, `${place}.addressOf`)
  return { perTransport, perAddress, atOnce, addressOf }
}

// A UNIX socket has no address, so all its connections share the key `undefined`.
const ownAddress = ({ handshake }: Socket): string => String(handshake.address)

const checkObject = (given: unknown, known: ReadonlySet<string>, place: string): void => {
  if (!isPlainObject(given)) return throwDefinitionError(place, `expected an object, got ${kindOf(given)}`)
  assertKnownKeys(given, known, place)
}

const checkFunction = (value: unknown, place: string): void => {
  if (value !== undefined && typeof value !== 'function')
    throwDefinitionError(place, `expected a function, got ${kindOf(value)}`)
}

// A map, because an event may have the name of a property of `Object.prototype`.
const overridesOf = (given: unknown): ReadonlyMap<string, Limit | false> => {
  const place = `${PLACE}.override`
  if (!isPlainObject(given)) return throwDefinitionError(place, `expected an object of limits, got ${kindOf(given)}`)
  return new Map(
    Object.entries(given).map(([path, limit]) => [path, limit === false ? false : limitOf(limit, `${place} ${path}`)]),
  )
}
