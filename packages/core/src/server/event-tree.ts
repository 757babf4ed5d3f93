import type { EventEntry } from '../contract/contract.js'

/** Events by their key, and groups of them, as the contract nests them. */
export type Tree = ReadonlyMap<string, EventEntry | Tree>

type Growing = Map<string, EventEntry | Growing>

/** Nests a namespace's flat events again. */
export const treeOf = (entries: Iterable<EventEntry>): Tree => {
  const root: Growing = new Map()
  for (const entry of entries) plant(root, entry, 0)
  return root
}

const plant = (tree: Growing, entry: EventEntry, depth: number): void => {
  const key = entry.keys[depth] ?? ''
  if (depth === entry.keys.length - 1) return void tree.set(key, entry)
  const group = tree.get(key)
  const inner: Growing = group instanceof Map ? group : new Map()
  tree.set(key, inner)
  plant(inner, entry, depth + 1)
}

/** Whether a node of the tree is a group. */
export const isGroup = (node: EventEntry | Tree): node is Tree => node instanceof Map

/** Builds an object with a member for each event, and for each group an object of its members. */
export const membersOf = (tree: Tree, memberOf: (entry: EventEntry) => unknown): Record<string, unknown> => {
  // Without a prototype, so that an event may be called `constructor`.
  const members: Record<string, unknown> = Object.create(null)
  for (const [key, inside] of tree) members[key] = isGroup(inside) ? membersOf(inside, memberOf) : memberOf(inside)
  return members
}
