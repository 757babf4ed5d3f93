import { readFileSync } from 'node:fs'

// V8's format: flat lists of numbers, a number for each field that `meta` names.
interface RawSnapshot {
  readonly snapshot: {
    readonly meta: {
      readonly node_fields: readonly string[]
      readonly node_types: readonly [readonly string[], ...unknown[]]
      readonly edge_fields: readonly string[]
      readonly edge_types: readonly [readonly string[], ...unknown[]]
    }
  }
  readonly nodes: readonly number[]
  readonly edges: readonly number[]
  readonly strings: readonly string[]
}

interface HeapObject {
  readonly id: number
  /** The constructor's name, or V8's word for what has none, such as `(string)`. */
  readonly className: string
  readonly bytes: number
  readonly references: readonly { readonly label: string; readonly to: number }[]
}

/** The objects of one class that a heap has more of than it had. */
export interface ClassGrowth {
  readonly className: string
  readonly count: number
  readonly bytes: number
  /** The objects that refer to one of them, nearest first. */
  readonly heldBy: string
}

/** Reads the objects from a file of `v8.writeHeapSnapshot`; the first is the root of all. */
export const readSnapshot = (file: string): readonly HeapObject[] => {
  const { snapshot, nodes, edges, strings } = JSON.parse(readFileSync(file, 'utf8')) as RawSnapshot
  const { node_fields: nodeFields, node_types, edge_fields: edgeFields, edge_types } = snapshot.meta
  const [nodeTypes, edgeTypes] = [node_types[0], edge_types[0]]
  const nodeField = (at: number, name: string): number => nodes[at + nodeFields.indexOf(name)] ?? 0
  const edgeField = (at: number, name: string): number => edges[at + edgeFields.indexOf(name)] ?? 0

  let nextEdge = 0
  return Array.from({ length: nodes.length / nodeFields.length }, (_, index) => {
    const at = index * nodeFields.length
    const type = nodeTypes[nodeField(at, 'type')] ?? ''
    const firstEdge = nextEdge
    nextEdge += nodeField(at, 'edge_count') * edgeFields.length
    const references: HeapObject['references'][number][] = []
    for (let edge = firstEdge; edge < nextEdge; edge += edgeFields.length) {
      const edgeType = edgeTypes[edgeField(edge, 'type')] ?? ''
      if (edgeType === 'weak') continue
      const named = edgeField(edge, 'name_or_index')
      const label = ['element', 'hidden'].includes(edgeType) ? `[${named}]` : (strings[named] ?? '')
      references.push({ label, to: edgeField(edge, 'to_node') / nodeFields.length })
    }
    return {
      id: nodeField(at, 'id'),
      className: ['object', 'native', 'synthetic'].includes(type)
        ? (strings[nodeField(at, 'name')] ?? '')
        : `(${type})`,
      bytes: nodeField(at, 'self_size'),
      references,
    }
  })
}

/** Returns what a heap has more of than it had, by class, the most bytes first. */
export const growthBetween = (before: readonly HeapObject[], after: readonly HeapObject[]): readonly ClassGrowth[] => {
  const classes = new Map<string, { count: number; bytes: number; newest: number }>()
  const add = (object: HeapObject, sign: 1 | -1, index: number): void => {
    const entry = classes.get(object.className) ?? { count: 0, bytes: 0, newest: -1 }
    entry.count += sign
    entry.bytes += sign * object.bytes
    if (index >= 0) entry.newest = index
    classes.set(object.className, entry)
  }
  const known = new Set(before.map(({ id }) => id))
  before.forEach(object => add(object, -1, -1))
  after.forEach((object, index) => add(object, 1, known.has(object.id) ? -1 : index))
  const pathTo = pathsFromRoot(after)
  return [...classes]
    .filter(([, { count, newest }]) => count > 0 && newest >= 0)
    .map(([className, { count, bytes, newest }]) => ({ className, count, bytes, heldBy: pathTo(newest) }))
    .sort((one, other) => other.bytes - one.bytes)
}

/** A shortest path of references to an object, from its end. */
const pathsFromRoot = (objects: readonly HeapObject[]): ((index: number) => string) => {
  const holders = new Map<number, { readonly label: string; readonly from: number }>()
  const queue = [0]
  for (const from of queue)
    for (const { label, to } of objects[from]?.references ?? []) {
      if (to === 0 || holders.has(to)) continue
      holders.set(to, { label, from })
      queue.push(to)
    }
  return index => {
    const path: string[] = []
    for (let at = holders.get(index); at !== undefined && path.length < 6; at = holders.get(at.from))
      path.push(`${at.label} of ${objects[at.from]?.className}`)
    return path.join(', ')
  }
}
