import { isJson, type Json, jsonOf, numberOf } from '../parse/json.js'
import type { Change } from './change.js'

/** Compares limits: a lower one refuses clients that behave as before. */
export const compareLimits = (before: unknown, after: unknown, where: string, part = 'limit'): readonly Change[] => {
  const [old, now] = [boundsOf(before), boundsOf(after)]
  return [...new Set([...old.keys(), ...now.keys()])].flatMap(key =>
    compare(old.get(key), now.get(key), { where, part: `${part}.${key}` }),
  )
}

/** Compares the limits of a namespace's groups. */
export const compareGroupLimits = (before: Json, after: Json, where: string): readonly Change[] =>
  [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap(group =>
    compareLimits(before[group], after[group], where, `${group} limit`),
  )

/** An upper bound, which for a rate applies to a number of seconds. */
interface Bound {
  readonly most: number
  readonly seconds: number | undefined
}

/** Returns the bounds of a limit by their paths: `inFlight.perSocket`. */
const boundsOf = (limit: unknown): ReadonlyMap<string, Bound> => {
  const { inFlight, rate, maxBytes } = jsonOf(limit)
  const entries = [
    ...Object.entries(jsonOf(inFlight)).map(([key, value]) => [`inFlight.${key}`, boundOf(value)] as const),
    ...Object.entries(jsonOf(rate)).map(([key, value]) => [`rate.${key}`, boundOf(value)] as const),
    ['maxBytes', boundOf(maxBytes)] as const,
  ]
  return new Map(entries.flatMap(([key, bound]) => (bound === undefined ? [] : [[key, bound] as const])))
}

const boundOf = (value: unknown): Bound | undefined => {
  const most = numberOf(isJson(value) ? value['calls'] : value)
  return most === undefined ? undefined : { most, seconds: numberOf(jsonOf(value)['seconds']) }
}

const compare = (
  old: Bound | undefined,
  now: Bound | undefined,
  at: Pick<Change, 'where' | 'part'>,
): readonly Change[] => {
  if (shown(old) === shown(now)) return []
  const what = `${shown(old)} → ${shown(now)}`
  return isTighter(old, now)
    ? [{ class: 'breaking', ...at, what, why: 'clients that send as before may be refused' }]
    : [{ class: 'compatible', ...at, what }]
}

// Fewer at once may be too few, and so may fewer over time.
const isTighter = (old: Bound | undefined, now: Bound | undefined): boolean => {
  if (now === undefined) return false
  return old === undefined || now.most < old.most || paceOf(now) < paceOf(old)
}

const paceOf = ({ most, seconds }: Bound): number => most / (seconds ?? 1)

const shown = (bound: Bound | undefined): string => {
  if (bound === undefined) return 'any'
  return bound.seconds === undefined ? String(bound.most) : `${bound.most} in ${bound.seconds} s`
}
