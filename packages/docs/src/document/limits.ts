import type { Limit, NamespaceData } from '@ackwire/core'
import type { GroupLimits } from '../asyncapi/channel-types.js'
import { objectOf } from '../definition/definition-error.js'
import type { Channel, Entry } from './naming.js'

/** A limit that applies to a call, with the name of the event, group or namespace that declares it. */
export interface NamedLimit {
  readonly of: string
  readonly limit: Limit
}

/** Returns the limits of a namespace's groups. Limits apply to what clients send, so groups with outputs only are left out. */
export const groupLimitsOf = ({ entries }: Channel): GroupLimits | undefined =>
  objectOf(
    entries
      .filter(({ event }) => event.direction === 'input')
      .flatMap(entry => groupsOf(entry).map(({ of, limit }) => [of, limit] as const)),
  )

/**
 * Returns all limits that apply to a call of an event: its own, its groups' from the innermost outwards, then its namespace's.
 */
export const limitsOf = (entry: Entry, { name, options }: NamespaceData): readonly NamedLimit[] | undefined => {
  const { event } = entry
  if (event.direction === 'output') return undefined
  const limits = [...named(event.name, event.limit), ...groupsOf(entry).toReversed(), ...named(name, options.limit)]
  return limits.length === 0 ? undefined : limits
}

const groupsOf = ({ event }: Entry): readonly NamedLimit[] =>
  event.groups.flatMap(({ limit }, depth) => named(event.keys.slice(0, depth + 1).join(':'), limit))

const named = (of: string, limit: Limit | undefined): readonly NamedLimit[] =>
  limit === undefined ? [] : [{ of, limit }]
