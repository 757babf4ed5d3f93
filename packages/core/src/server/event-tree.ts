import type { EventEntry } from '../contract/contract.js'
import { label } from './label.js'

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

/** Builds an object with a member for each event, and for each group an object of its members. */
export const membersOf = (tree: EventTree, memberOf: (entry: EventEntry) => unknown): Record<string, unknown> => {
  // Without a prototype, so that an event may be called `constructor`.
  const members: Record<string, unknown> = Object.create(null)
  for (const [key, node] of tree) members[key] = isGroup(node) ? membersOf(node, memberOf) : memberOf(node)
  return label(members, '[ackwire: inputs]')
}
