import { partsOf, pointersIn } from '../parse/parts.js'
import type { Cluster, Component } from './cluster.js'

/** The number of parts above which a component with everything that it refers to is large. */
const MOST_PARTS = 5_000

/** The number of components inside each other above which they are deep. */
const MOST_NESTED = 50

/** The number of components inside each other that a contract may have, since a server follows them when it starts. */
const MOST_DEEP = 5_000

/** The size of a component with everything that it refers to written out, and the number of components inside each other. */
interface Extent {
  readonly parts: number
  readonly nested: number
}

/**
 * Joins the components that would become too large or too deep if they contained each other, as constants do: in a module, they name
 * each other. `clusters` are in an order in which they can be defined.
 *
 * @throws RangeError for more components inside each other than a contract may have.
 */
export const mergedIfLarge = (clusters: readonly Cluster[]): readonly Cluster[] => {
  const extents = new Map<string, Extent>()
  const large: Cluster[] = []
  for (const cluster of clusters) {
    const extent = extentOf(cluster, extents)
    for (const { pointer } of cluster.members) extents.set(pointer, extent)
    if (extent.nested > MOST_DEEP)
      throw new RangeError(
        `is nested too deeply, directly or by references: more than ${MOST_DEEP} schemas inside each other; flatten it`,
      )
    if (extent.parts > MOST_PARTS || extent.nested > MOST_NESTED) large.push(cluster)
  }
  if (large.length === 0) return clusters
  const inside = reachable(
    large.flatMap(({ members }) => members),
    clusters,
  )
  const isInside = ({ members: [member] }: Cluster): boolean => member !== undefined && inside.has(member.pointer)
  const members = clusters.filter(isInside).flatMap(cluster => cluster.members)
  if (members.length === 1) return clusters
  // It refers to nothing else, so that it can be the first.
  return [{ members, isRecursive: true }, ...clusters.filter(cluster => !isInside(cluster))]
}

const extentOf = ({ members }: Cluster, extents: ReadonlyMap<string, Extent>): Extent => {
  const own = new Set(members.map(({ pointer }) => pointer))
  let [parts, nested] = [0, 0]
  for (const { schema } of members) {
    parts += countOf(schema, false)
    for (const pointer of pointersIn(schema)) {
      const extent = own.has(pointer) ? undefined : extents.get(pointer)
      if (extent === undefined) continue
      parts += extent.parts
      nested = Math.max(nested, extent.nested)
    }
  }
  return { parts, nested: nested + 1 }
}

const countOf = (schema: unknown, areNames: boolean): number =>
  partsOf(schema, areNames).reduce((sum, part) => sum + countOf(part.value, part.areNames), 1)

const reachable = (from: readonly Component[], clusters: readonly Cluster[]): ReadonlySet<string> => {
  const schemas = new Map(clusters.flatMap(({ members }) => members.map(({ pointer, schema }) => [pointer, schema])))
  const found = new Set<string>()
  const next = from.map(({ pointer }) => pointer)
  for (let pointer = next.pop(); pointer !== undefined; pointer = next.pop()) {
    if (found.has(pointer) || !schemas.has(pointer)) continue
    found.add(pointer)
    next.push(...pointersIn(schemas.get(pointer)))
  }
  return found
}
