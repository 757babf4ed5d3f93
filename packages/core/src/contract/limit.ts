import { isPlainObject, kindOf, throwDefinitionError, assertKnownKeys } from '../definition-error.js'
import { LONGEST_TIMER_MS } from '../timer.js'

/** A maximum number of calls within a period, which begins with the first of them. */
export interface Rate {
  /** The number of calls. */
  readonly calls: number
  /** The length of the period: an integer of at most 2,147,483 seconds, which is 24 days. */
  readonly seconds: number
}

/** Limits of the calls in flight. A call ends when its handler has returned or its promise has settled. */
export interface InFlight {
  /**
   * The limit for one connection in the namespace, even if it leaves and rejoins, and over all namespaces that a
   * pattern matches. A new connection starts from zero, so only `total` protects from hostile clients.
   */
  readonly perSocket?: number
  /** The limit for all sockets of a server process. */
  readonly total?: number
}

/** Limits of the rate of calls. */
export interface Rates {
  /**
   * The limit for one connection in the namespace, even if it leaves and rejoins, and over all namespaces that a
   * pattern matches. A new connection starts from zero, so only `perUser` and `total` protect from hostile clients.
   */
  readonly perSocket?: Rate
  /** The limit for all sockets of one user, whom the option `limits.userOf` of `attach` identifies. */
  readonly perUser?: Rate
  /** The limit for all sockets. */
  readonly total?: Rate
}

/** Limits of an event or, on a router, of all its inputs together. They are checked before the arguments are. */
export interface Limit {
  /** Answers `OVERLOADED` to calls beyond it. */
  readonly inFlight?: InFlight
  /** Answers `RATE_LIMITED` to calls beyond it. */
  readonly rate?: Rates
  /**
   * The maximum size of the arguments of each call, in bytes: of JSON in UTF-8 without escapes, plus that of binary
   * data. Answers `INVALID_INPUT` to calls beyond it.
   */
  readonly maxBytes?: number
}

const LIMIT: ReadonlySet<string> = new Set<keyof Limit>(['inFlight', 'rate', 'maxBytes'])
const IN_FLIGHT: ReadonlySet<string> = new Set<keyof InFlight>(['perSocket', 'total'])
const RATES: ReadonlySet<string> = new Set<keyof Rates>(['perSocket', 'perUser', 'total'])
const RATE: ReadonlySet<string> = new Set<keyof Rate>(['calls', 'seconds'])

/** The longest delay of a timer, in seconds. */
const MOST_SECONDS = Math.floor(LONGEST_TIMER_MS / 1_000)

/**
 * Checks a limit and returns it as frozen data. @throws TypeError for an invalid limit, with the path to the mistake.
 */
export const limitOf = (given: unknown, path: string): Limit => {
  const { inFlight, rate, maxBytes } = partsOf(given, LIMIT, path)
  const limit: Limit = Object.freeze({
    ...(inFlight !== undefined && { inFlight: inFlightOf(inFlight, `${path} inFlight`) }),
    ...(rate !== undefined && { rate: ratesOf(rate, `${path} rate`) }),
    ...(maxBytes !== undefined && { maxBytes: countOf(maxBytes, `${path} maxBytes`) }),
  })
  return assertNotEmpty(limit, LIMIT, path)
}

const inFlightOf = (given: unknown, path: string): InFlight => {
  const parts = partsOf(given, IN_FLIGHT, path)
  return assertNotEmpty(
    mapped(parts, (value, key) => countOf(value, `${path}.${key}`)),
    IN_FLIGHT,
    path,
  )
}

const ratesOf = (given: unknown, path: string): Rates => {
  const parts = partsOf(given, RATES, path)
  return assertNotEmpty(
    mapped(parts, (value, key) => rateOf(value, `${path}.${key}`)),
    RATES,
    path,
  )
}

const rateOf = (given: unknown, path: string): Rate => {
  const { calls, seconds } = partsOf(given, RATE, path)
  return Object.freeze({
    calls: countOf(calls, `${path}.calls`),
    seconds: countOf(seconds, `${path}.seconds`, MOST_SECONDS),
  })
}

const partsOf = (given: unknown, known: ReadonlySet<string>, path: string): Readonly<Record<string, unknown>> => {
  if (!isPlainObject(given))
    return throwDefinitionError(path, `expected an object with ${[...known].join(', ')}, got ${kindOf(given)}`)
  assertKnownKeys(given, known, path)
  return given
}

/** Maps the properties of an object, except those that are `undefined`. */
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
