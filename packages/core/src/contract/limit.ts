import { isPlainObject, kindOf, throwDefinitionError, assertKnownKeys } from '../definition-error.js'
import { LONGEST_TIMER_MS } from '../timer.js'

/** At most so many calls within so many seconds, which begin with the first of them. */
export interface Rate {
  /** The number of calls. */
  readonly calls: number
  /** Whole seconds, at most 2,147,483, which are 24 days. */
  readonly seconds: number
}

/** How many calls may be at work at once. A call is over when its handler has returned or settled. */
export interface InFlight {
  /**
   * Of one connection in the namespace, however often it leaves and joins it, and in all those together that a pattern stands
   * for. A new connection begins anew: against hostile clients, `total` is the limit.
   */
  readonly perSocket?: number
  /** Of all sockets of a server process. */
  readonly total?: number
}

/** How often calls may come. */
export interface Rates {
  /**
   * From one connection in the namespace, however often it leaves and joins it, and in all those together that a pattern stands
   * for. A new connection begins anew: against hostile clients, `perUser` and `total` are the limits.
   */
  readonly perSocket?: Rate
  /** From all sockets of a user: `attach` is told who that is, with its option `limits.userOf`. */
  readonly perUser?: Rate
  /** From all sockets. */
  readonly total?: Rate
}

/**
 * What a server takes of an event or, at a router, of all its inputs together. It is looked at before the arguments are
 * checked.
 */
export interface Limit {
  /** AckTypes `OVERLOADED` beyond it. */
  readonly inFlight?: InFlight
  /** AckTypes `RATE_LIMITED` beyond it. */
  readonly rate?: Rates
  /**
   * How large the arguments of each call may be, in bytes: as JSON writes them in UTF-8 without escapes, and binary as it is.
   * AckTypes `INVALID_INPUT` beyond it.
   */
  readonly maxBytes?: number
}

const LIMIT: ReadonlySet<string> = new Set<keyof Limit>(['inFlight', 'rate', 'maxBytes'])
const IN_FLIGHT: ReadonlySet<string> = new Set<keyof InFlight>(['perSocket', 'total'])
const RATES: ReadonlySet<string> = new Set<keyof Rates>(['perSocket', 'perUser', 'total'])
const RATE: ReadonlySet<string> = new Set<keyof Rate>(['calls', 'seconds'])

/** A timer takes no more milliseconds than these. */
const MOST_SECONDS = Math.floor(LONGEST_TIMER_MS / 1_000)

/** Takes a limit as it was written. @throws TypeError for one that can't hold, with the path to what is wrong in it. */
export const limitOf = (said: unknown, path: string): Limit => {
  const { inFlight, rate, maxBytes } = partsOf(said, LIMIT, path)
  const limit: Limit = Object.freeze({
    ...(inFlight !== undefined && { inFlight: inFlightOf(inFlight, `${path} inFlight`) }),
    ...(rate !== undefined && { rate: ratesOf(rate, `${path} rate`) }),
    ...(maxBytes !== undefined && { maxBytes: countOf(maxBytes, `${path} maxBytes`) }),
  })
  return assertNotEmpty(limit, LIMIT, path)
}

const inFlightOf = (said: unknown, path: string): InFlight => {
  const parts = partsOf(said, IN_FLIGHT, path)
  return assertNotEmpty(
    mapped(parts, (value, key) => countOf(value, `${path}.${key}`)),
    IN_FLIGHT,
    path,
  )
}

const ratesOf = (said: unknown, path: string): Rates => {
  const parts = partsOf(said, RATES, path)
  return assertNotEmpty(
    mapped(parts, (value, key) => rateOf(value, `${path}.${key}`)),
    RATES,
    path,
  )
}

const rateOf = (said: unknown, path: string): Rate => {
  const { calls, seconds } = partsOf(said, RATE, path)
  return Object.freeze({
    calls: countOf(calls, `${path}.calls`),
    seconds: countOf(seconds, `${path}.seconds`, MOST_SECONDS),
  })
}

const partsOf = (said: unknown, known: ReadonlySet<string>, path: string): Readonly<Record<string, unknown>> => {
  if (!isPlainObject(said))
    return throwDefinitionError(path, `expected an object with ${[...known].join(', ')}, got ${kindOf(said)}`)
  assertKnownKeys(said, known, path)
  return said
}

/** What is given as `undefined` is not given. */
const mapped = <Value>(
  parts: Readonly<Record<string, unknown>>,
  make: (value: unknown, key: string) => Value,
): Readonly<Record<string, Value>> =>
  Object.freeze(
    Object.fromEntries(
      Object.entries(parts)
        .filter(([, value]) => value !== undefined)
        .map(([key, value]) => [key, make(value, key)]),
    ),
  )

const assertNotEmpty = <Part extends object>(part: Part, known: ReadonlySet<string>, path: string): Part =>
  Object.keys(part).length > 0
    ? part
    : throwDefinitionError(path, `it limits nothing; give at least one of ${[...known].join(', ')}`)

const countOf = (value: unknown, path: string, most = Number.MAX_SAFE_INTEGER): number => {
  if (typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= most) return value
  const range = most === Number.MAX_SAFE_INTEGER ? 'of at least 1' : `from 1 to ${most}`
  return throwDefinitionError(
    path,
    `expected an integer ${range}, got ${typeof value === 'number' ? value : kindOf(value)}`,
  )
}
