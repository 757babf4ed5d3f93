import type { EventEntry } from '../contract/contract.js'
import { eventHolder, unknownMember, type Place } from './event-members.js'

/** Events by their key, and groups of them, as the contract nests them. */
export type EventTree = ReadonlyMap<string, EventEntry | EventTree>

type MutableTree = Map<string, EventEntry | MutableTree>

/** Nests a namespace's flat events again. */
export const eventTreeOf = (entries: Iterable<EventEntry>): EventTree => {
  const root: MutableTree = new Map()
  for (const entry of entries) insert(root, entry, 0)
  return root
}

const insert = (tree: MutableTree, entry: EventEntry, depth: number): void => {
  const key = entry.keys[depth] ?? ''
  if (depth === entry.keys.length - 1) return void tree.set(key, entry)
  const group = tree.get(key)
  const inner: MutableTree = group instanceof Map ? group : new Map()
  tree.set(key, inner)
  insert(inner, entry, depth + 1)
}

/** Tells whether a node of the tree is a group. */
export const isGroup = (node: EventEntry | EventTree): node is EventTree => node instanceof Map

/**
 * Builds an object with a member for each event, and for each group an object of its members, and with further members. Any other
 * property is a function that throws.
 */
export const membersOf = (
  tree: EventTree,
  memberOf: (entry: EventEntry) => unknown,
  place: Place,
  more: Readonly<Record<string, unknown>> = {},
): object => {
  const members = eventHolder(place, '[ackwire: inputs]')
  const add = (key: string, value: unknown) => Object.defineProperty(members, key, { value, enumerable: true })
  for (const [key, node] of tree) {
    const inner = { ...place, keys: [...place.keys, key] }
    add(key, isGroup(node) ? membersOf(node, memberOf, inner) : memberOf(node))
  }
  for (const [key, value] of Object.entries(more)) add(key, value)
  return new Proxy(Object.freeze(members), {
    get: (target, key) => (key in target ? Reflect.get(target, key) : unknownMember(place, key)),
  })
}
