import type { EventEntry, NamespaceData } from '../../contract/contract.js'
import { throwDefinitionError } from '../../definition-error.js'
import type { Limit } from '../../contract/limit.js'
import { eventName } from '../../contract/names.js'
import type { Reporter } from '../observe/error-handler.js'
import { LONGEST_CURSOR } from '../../codec/cursor.js'
import { countedRateOf, type CountedRate, type TellUncounted } from './counted-rate.js'
import { inFlightCountOf, type InFlightCount } from './in-flight.js'
import type { LimitSetting } from './options.js'

/** The limits of one event: its own, and those of its groups and its namespace. */
export interface Limits {
  readonly inFlight: readonly InFlightCount[]
  /** Rates per socket first, so that one client does not use up what is for all. */
  readonly rates: readonly CountedRate[]
  /** In bytes. */
  readonly maxBytes: number
}

/** The limits of a namespace's inputs, by the events' names; those without any are not in it. */
export type EventLimits = ReadonlyMap<string, Limits>

/** The limit of an event, a group or a namespace, compiled. */
interface CompiledLimit {
  readonly inFlight: InFlightCount | undefined
  readonly rates: readonly CountedRate[]
  readonly maxBytes: number
}

/** The settings that limits depend on. */
interface LimitingSetting {
  readonly limits: LimitSetting
  readonly reporter: Reporter
}

/** The limits of a namespace's inputs by their names; those without any are not in it. @throws TypeError for one that can't be kept. */
export const limitsOf = (data: NamespaceData, { limits: setting, reporter }: LimitingSetting): EventLimits => {
  const tell: TellUncounted = (error, event) =>
    void reporter.tell({ error, phase: 'count', event, namespace: data.name, socket: undefined })
  const scopes = new Map<string, CompiledLimit | undefined>()
  const scopeAt = (path: string, declared: Limit | undefined): CompiledLimit | undefined => {
    // Groups and the namespace are shared by the events in them.
    if (!scopes.has(path)) scopes.set(path, compileLimit(path, limitAt(path, declared, setting), setting, tell))
    return scopes.get(path)
  }
  const found = new Map<string, Limits>()
  for (const entry of data.events) {
    if (entry.direction === 'output') continue
    const around = placesOf(entry, data).map(({ path, limit }) => scopeAt(path, limit))
    const all = around.filter(scope => scope !== undefined)
    if (all.length === 0) continue
    found.set(entry.name, combine(all))
    if (entry.stream === undefined) continue
    // To resume a stream is to open it.
    found.set(eventName(entry.name, 'resume'), combine(all))
    for (const verb of ['next', 'stop'] as const) found.set(eventName(entry.name, verb), combineForReading(all))
  }
  return found
}

/** Returns the places of an event's limits, from the event outwards. */
const placesOf = (
  { path, keys, groups, limit }: EventEntry,
  { name: namespace, options }: NamespaceData,
): { readonly path: string; readonly limit: Limit | undefined }[] => [
  { path, limit },
  ...groups
    .map((group, depth) => ({ path: pathOf(namespace, keys.slice(0, depth + 1)), limit: group.limit }))
    .toReversed(),
  { path: namespace, limit: options.limit },
]

const pathOf = (namespace: string, keys: readonly string[]): string =>
  [...(namespace === '/' ? [] : [namespace]), ...keys].join('.')

const limitAt = (path: string, declared: Limit | undefined, { override }: LimitSetting): Limit | undefined =>
  override.has(path) ? override.get(path) || undefined : declared

const compileLimit = (
  path: string,
  limit: Limit | undefined,
  setting: LimitSetting,
  tell: TellUncounted,
): CompiledLimit | undefined => {
  if (limit === undefined) return undefined
  const { inFlight, rate = {}, maxBytes = Number.POSITIVE_INFINITY } = limit
  const rates = ORDER.flatMap(per => {
    const one = rate[per]
    return one === undefined ? [] : [countedRateOf({ path, per, rate: one }, setting, tell)]
  })
  return { inFlight: inFlight && inFlightCountOf(inFlight), rates, maxBytes }
}

/** The kinds of rates in the order in which they are asked. */
const ORDER = ['perSocket', 'perUser', 'total'] as const

const combine = (scopes: readonly CompiledLimit[]): Limits => {
  const rates = scopes.flatMap(scope => scope.rates)
  return {
    inFlight: scopes.flatMap(({ inFlight }) => inFlight ?? []),
    rates: ORDER.flatMap(kind => rates.filter(({ per }) => per === kind)),
    maxBytes: Math.min(...scopes.map(({ maxBytes }) => maxBytes)),
  }
}

/** The limits of what reads a stream, which is at work already: only the call that has opened it has a place. */
const combineForReading = (scopes: readonly CompiledLimit[]): Limits => {
  const { rates, maxBytes } = combine(scopes)
  return { inFlight: [], rates, maxBytes: Math.max(maxBytes, CURSOR_BYTES) }
}

/** The most bytes that a cursor can count for: a stream can be read whatever the `maxBytes` of its event. */
const CURSOR_BYTES = 4 * LONGEST_CURSOR

/** Refuses limits for what the contract does not have. */
export const assertOverridesExist = (namespaces: readonly NamespaceData[], { override }: LimitSetting): void => {
  const known = new Set<string>()
  for (const data of namespaces) {
    known.add(data.name)
    for (const entry of data.events.filter(({ direction }) => direction === 'input'))
      for (const { path } of placesOf(entry, data)) known.add(path)
  }
  for (const path of override.keys())
    if (!known.has(path))
      throwDefinitionError(
        `attach: limits.override ${path}`,
        `there is no such input, group or namespace; expected one of ${[...known].join(', ')}`,
      )
}
