import type { EventEntry, NamespaceData, RouterOptions } from '@ackwire/core'
import { refuse } from './definition.js'
import { createChannelKeys, createKeys, pascal } from './names.js'

/** One event with its names in the document. */
export interface Entry {
  readonly event: EventEntry
  /** What holds for it besides its own description: its namespace's options, then its groups', innermost last. */
  readonly around: readonly RouterOptions[]
  /** The way to it in the contract, for messages. */
  readonly path: string
  readonly action: 'receive' | 'send'
  /** The key of its channel. */
  readonly channel: string
  /** The key of its operation, an identifier. */
  readonly id: string
  /** The key of its message; those of its answers begin with it. */
  readonly key: string
  /** The title of its payload, if that has none. */
  readonly title: string
}

/** One namespace with its names in the document. */
export interface Channel {
  readonly namespace: NamespaceData
  readonly key: string
  readonly entries: readonly Entry[]
}

const actionOf = (event: EventEntry): Entry['action'] => (event.direction === 'input' ? 'receive' : 'send')

const pathOf = (namespace: string, event: EventEntry): string =>
  [...(namespace === '/' ? [] : [namespace]), ...event.keys].join('.')

/** Gives each namespace and each event its names. They depend on the contract's names alone, not on their order. */
export const createChannels = (namespaces: readonly NamespaceData[]): readonly Channel[] => {
  const used = namespaces.filter(({ name, events, options }) => name !== '/' || events.length > 0 || options.auth)
  const keys = createChannelKeys(used.map(({ name }) => name))
  const channels = used.map(namespace => createChannel(namespace, keys.get(namespace.name) ?? 'root'))
  const owners = new Map<string, string>()
  for (const { id, path } of channels.flatMap(({ entries }) => entries)) {
    const owner = owners.get(id)
    if (owner !== undefined) refuse(path, `its operation would be "${id}", which ${owner} has already; rename one`)
    owners.set(id, path)
  }
  return channels
}

const createChannel = (namespace: NamespaceData, key: string): Channel => {
  const { name, events, options } = namespace
  const prefix = name === '/' ? '' : `${key}_`
  const keys = {
    receive: keysOf(
      name,
      events.filter(event => event.direction === 'input'),
    ),
    send: keysOf(
      name,
      events.filter(event => event.direction === 'output'),
    ),
  }
  const entries = events.map((event): Entry => {
    const action = actionOf(event)
    const word = keys[action].get(event.name) ?? event.name
    // An event that goes both ways has two payloads, and so needs two titles.
    const both = keys.receive.has(event.name) && keys.send.has(event.name)
    return {
      event,
      around: [options, ...event.groups],
      path: pathOf(name, event),
      action,
      channel: key,
      id: `${prefix}${action}_${word}`,
      key: `${action}.${word}`,
      title: (both ? pascal(action) : '') + pascal(prefix) + (pascal(event.name) || pascal(word)),
    }
  })
  return { namespace, key, entries }
}

const keysOf = (namespace: string, events: readonly EventEntry[]): ReadonlyMap<string, string> => {
  const paths = new Map(events.map(event => [event.name, pathOf(namespace, event)]))
  return createKeys([...paths.keys()], name => paths.get(name) ?? name)
}
