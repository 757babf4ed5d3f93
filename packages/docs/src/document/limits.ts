import type { Limit, NamespaceData } from '@ackwire/core'
import type { GroupLimits } from '../asyncapi/asyncapi-types.js'
import { objectOf } from '../definition/definition-error.js'
import type { Channel, Entry } from './naming.js'

/** A limit that a call counts for, and the name of what has it. */
export interface NamedLimit {
  readonly of: string
  readonly limit: Limit
}

/** The limits of the groups of a namespace. Only clients are limited, so that a group of outputs has none. */
export const groupLimitsOf = ({ entries }: Channel): GroupLimits | undefined =>
  objectOf(
    entries
      .filter(({ event }) => event.direction === 'input')
      .flatMap(entry => groupsOf(entry).map(({ of, limit }) => [of, limit] as const)),
  )

/** All limits that a call of an event counts for: its own, its groups', innermost first, its namespace's. */
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
