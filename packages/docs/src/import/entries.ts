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

/** The state while the entries of a namespace are written. */
interface Writing {
  readonly events: readonly ApiEvent[]
  readonly root: Group
  readonly write: (event: ApiEvent) => Code
  readonly notes: string[]
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
  const both: ApiEvent[] = []
  const plain = new Set(events.map(({ name }) => name))
  for (const event of events) {
    const { name } = event
    const problem = whyNoEvent(name)
    if (problem !== undefined) {
      notes.push(`${name}: ${problem}, and is left out`)
      continue
    }
    const keys = keysOf(name, plain)
    const group = groupOf(root, keys.slice(0, -1))
    const key = keys.at(-1) ?? name
    if (group.has(key)) both.push(event)
    else group.set(key, write(event))
  }
  const found = new Set<string>()
  const own = entriesIn(root, '', limits, found)
  for (const group of limits.keys())
    if (!found.has(group)) notes.push(`${group}: there is no such group, and its limit is left out`)
  return { entries: [...own, ...twinsOf(both, { events, root, write, notes })], notes }
}

// Returns the keys for an event of the same name in the other direction: its whole name, if that has several parts.
const twinsOf = (
  twins: readonly ApiEvent[],
  { events, root, write, notes }: Writing,
): readonly (readonly [string, Code])[] =>
  twins.flatMap(event => {
    if (event.name.includes(':') && !root.has(event.name) && isOther(event, events))
      return [[event.name, write(event)] as const]
    if (!isOther(event, events)) {
      notes.push(`${event.name}: is declared twice, and a contract has one entry per name; the first is kept`)
      return []
    }
    notes.push(
      `${event.name}: is sent in both directions, and a contract has one entry per name; the ${event.direction} is left out`,
    )
    return []
  })

/** Returns true if an event is not the first of its name in its direction. */
const isOther = (event: ApiEvent, events: readonly ApiEvent[]): boolean =>
  events.find(({ name, direction }) => name === event.name && direction === event.direction) === event

const keysOf = (name: string, names: ReadonlySet<string>): readonly string[] => {
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
