import { whyNoEvent } from './known.js'
import type { ApiEvent } from '../parse/model.js'
import { call, type Code, object } from './code.js'

/** The entries of a router in order: events and groups. */
type Group = Map<string, Code | Group>

/** The code of a namespace's events. */
export interface Entries {
  readonly entries: readonly (readonly [key: string, code: Code])[]
  readonly notes: readonly string[]
}

/**
 * Returns the entries of a namespace. `todo:create` becomes an event of a group, which has the same wire name; if a group is not
 * possible, the whole name is the key.
 */
export const entriesOf = (
  events: readonly ApiEvent[],
  write: (event: ApiEvent) => Code,
  limits: ReadonlyMap<string, Code>,
): Entries => {
  const notes: string[] = []
  const root: Group = new Map()
  const named = byName(events)
  for (const [name, { input, output, others }] of named) {
    const problem = whyNoEvent(name)
    if (problem !== undefined) {
      notes.push(`${name}: ${problem}, and is left out`)
      continue
    }
    for (const _ of others)
      notes.push(`${name}: is declared twice, and a contract has one entry per name; the first is kept`)
    const keys = keysOf(name, named)
    const codes = [input, output].flatMap(event => (event === undefined ? [] : [write(event)]))
    const [only, other] = codes
    if (only === undefined) continue
    groupOf(root, keys.slice(0, -1)).set(
      keys.at(-1) ?? name,
      other === undefined ? only : call('event.both', only, other),
    )
  }
  const found = new Set<string>()
  const own = entriesIn(root, '', limits, found)
  for (const group of limits.keys())
    if (!found.has(group)) notes.push(`${group}: there is no such group, and its limit is left out`)
  return { entries: own, notes }
}

/** The events of one name: the first in each direction, and those that a contract can't have as well. */
interface Named {
  input?: ApiEvent
  output?: ApiEvent
  readonly others: ApiEvent[]
}

const byName = (events: readonly ApiEvent[]): ReadonlyMap<string, Named> => {
  const named = new Map<string, Named>()
  for (const event of events) {
    const known = named.get(event.name) ?? { others: [] }
    named.set(event.name, known)
    if (known[event.direction] === undefined) known[event.direction] = event
    else known.others.push(event)
  }
  return named
}

const keysOf = (name: string, names: ReadonlyMap<string, unknown>): readonly string[] => {
  const keys = name.split(':')
  const isGroupable = keys.every(
    (key, index) =>
      key !== '' &&
      !key.startsWith('/') &&
      whyNoEvent(key) === undefined &&
      (index === 0 || !names.has(keys.slice(0, index).join(':'))),
  )
  return isGroupable ? keys : [name]
}

const groupOf = (root: Group, keys: readonly string[]): Group => {
  let group = root
  for (const key of keys) {
    const known = group.get(key)
    const inner: Group = known instanceof Map ? known : new Map()
    group.set(key, inner)
    group = inner
  }
  return group
}

const entriesIn = (
  group: Group,
  name: string,
  limits: ReadonlyMap<string, Code>,
  found: Set<string>,
): readonly (readonly [string, Code])[] =>
  [...group].map(([key, entry]) => {
    if (!(entry instanceof Map)) return [key, entry]
    const inner = name === '' ? key : `${name}:${key}`
    const limit = limits.get(inner)
    found.add(inner)
    const options = limit === undefined ? [] : [object([['limit', limit]])]
    return [key, call('router', object(entriesIn(entry, inner, limits, found), true), ...options)]
  })
