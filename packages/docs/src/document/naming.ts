import type { Direction, EventEntry, NamespaceData, RouterOptions } from '@ackwire/core'
import type { Action } from '../asyncapi/channel-types.js'
import { throwDefinitionError } from '../definition/definition-error.js'
import { createChannelKeys, createKeys, pascal } from '../asyncapi/identifiers.js'
import type { Perspective } from '../options/perspective.js'

/** An event with its names in the document. */
export interface Entry {
  readonly event: EventEntry
  /** The options that apply to the event besides its own: its namespace's, then its groups', the innermost last. */
  readonly around: readonly RouterOptions[]
  readonly action: Action
  /** The key of the event's channel. */
  readonly channel: string
  /** The key of its operation; it is an identifier. */
  readonly id: string
  /** The key of its message; the keys of its answers begin with it. */
  readonly key: string
  /** The title of its payload, unless the payload's schema has one. */
  readonly title: string
}

/** Returns true if an event is answered, by an acknowledgement or by a stream. */
export const isAnswered = ({ event }: Entry): boolean => event.ack !== undefined || event.stream !== undefined

/** Returns true if the ack of an event takes an error first. */
export const isErrorFirst = ({ event }: Entry): boolean => Boolean(event.ack?.errorFirst)

/** A namespace with its names in the document. */
export interface Channel {
  readonly namespace: NamespaceData
  readonly key: string
  readonly entries: readonly Entry[]
}

/** Gives each namespace and each event its names in the document. They depend on the contract's names, not on their order. */
export const nameChannels = (namespaces: readonly NamespaceData[], perspective: Perspective): readonly Channel[] => {
  const used = namespaces.filter(
    ({ name, events, options }) => name !== '/' || events.length > 0 || options.auth || options.errors,
  )
  const keys = createChannelKeys(used.map(({ name }) => name))
  const channels = used.map(namespace => nameChannel(namespace, keys.get(namespace.name) ?? 'root', perspective))
  const owners = new Map<string, string>()
  for (const { id, event } of channels.flatMap(({ entries }) => entries)) {
    const owner = owners.get(id)
    if (owner !== undefined)
      throwDefinitionError(event.path, `its operation would be "${id}", which ${owner} has already; rename one`)
    owners.set(id, event.path)
  }
  return channels
}

const nameChannel = (namespace: NamespaceData, key: string, perspective: Perspective): Channel => {
  const { name, events, options } = namespace
  const prefix = name === '/' ? '' : `${key}_`
  const keys = { input: keysOf(events, 'input'), output: keysOf(events, 'output') }
  const entries = events.map((event): Entry => {
    const action = actionOf(event.direction, perspective)
    const word = keys[event.direction].get(event.name) ?? event.name
    // An event in both directions has two payloads, which need two titles.
    const both = keys.input.has(event.name) && keys.output.has(event.name)
    return {
      event,
      around: [options, ...event.groups],
      action,
      channel: key,
      id: `${prefix}${action}_${word}`,
      key: `${action}.${word}`,
      title: (both ? pascal(action) : '') + pascal(prefix) + (pascal(event.name) || pascal(word)),
    }
  })
  return { namespace, key, entries }
}

const keysOf = (events: readonly EventEntry[], direction: Direction): ReadonlyMap<string, string> => {
  const paths = new Map(events.filter(event => event.direction === direction).map(({ name, path }) => [name, path]))
  return createKeys([...paths.keys()], name => paths.get(name) ?? name)
}

/** Returns the action of the described application: a server receives inputs, a client sends them. */
const actionOf = (direction: Direction, perspective: Perspective): Action =>
  (direction === 'input') === (perspective === 'server') ? 'receive' : 'send'
