import { pascal } from '../asyncapi/identifiers.js'
import type { Json } from '../parse/json.js'
import { pointersIn } from '../parse/parts.js'
import { lookUp } from '../parse/reference.js'
import type { Cluster, Component } from './cluster.js'
import { mergedIfLarge } from './large.js'
import { isLoop } from './loop.js'

/** Returns the components that schemas refer to, directly or indirectly, each after those that it depends on. */
export const clustersOf = (
  document: Json,
  schemas: readonly unknown[],
  taken: ReadonlySet<string>,
): readonly Cluster[] => {
  const components = new Map<string, Component>()
  const names = new Set(taken)
  const ids = new Set<string>()
  // The next ones stand at the end, those of a component before the others. An explicit stack, since a chain can be of any length.
  const next = pointersIn(schemas).toReversed()
  while (next.length > 0) {
    const pointer = next.pop() ?? ''
    const target = lookUp(document, pointer)
    if (components.has(pointer) || target === undefined || isLoop(document, pointer)) continue
    const word = pointer.split('/').at(-1) ?? ''
    const id = free(idOf(word), ids)
    components.set(pointer, { pointer, schema: target, id, name: free(identifier(word), names) })
    next.push(...pointersIn(target).toReversed())
  }
  return mergedIfLarge(connected([...components.values()])).map(cluster => {
    const [first, second] = cluster.members
    return first === undefined || second === undefined
      ? cluster
      : Object.assign({}, cluster, { module: free(`${first.name}Module`, names) })
  })
}

/** Returns a valid `$id`. It is a key of a module, where `__proto__` would not work. */
const idOf = (word: string): string => {
  const id = word.replaceAll(/[^\w.-]/g, '_')
  return id === '' || id === '__proto__' ? 'Schema' : id
}

/** Returns an identifier that begins with a capital, so that it is neither a reserved word nor one of the file's other names. */
const identifier = (word: string): string => {
  const name = pascal(pascal(word).replaceAll(/\W/g, ''))
  return /^[A-Z]/.test(name) ? name : `Schema${name}`
}

const free = (name: string, taken: Set<string>): string => {
  let result = name
  for (let count = 2; taken.has(result); count++) result = `${name}${count}`
  taken.add(result)
  return result
}

/** A component whose targets are being visited. */
interface Visit {
  readonly component: Component
  readonly targets: readonly string[]
  next: number
}

/** Returns the strongly connected components (Tarjan), in an order in which they can be defined. */
const connected = (components: readonly Component[]): readonly Cluster[] => {
  const byPointer = new Map(components.map(component => [component.pointer, component]))
  const index = new Map<string, number>()
  const lowest = new Map<string, number>()
  const stack: Component[] = []
  const stacked = new Set<string>()
  const clusters: Cluster[] = []
  const visits: Visit[] = []
  const open = (component: Component): void => {
    const { pointer, schema } = component
    lowest.set(pointer, index.size)
    index.set(pointer, index.size)
    stack.push(component)
    stacked.add(pointer)
    visits.push({ component, targets: pointersIn(schema), next: 0 })
  }
  const lower = (pointer: string, to: number | undefined): void =>
    void lowest.set(pointer, Math.min(lowest.get(pointer) ?? 0, to ?? 0))
  const close = ({ component: { pointer }, targets }: Visit): void => {
    const outer = visits.at(-1)
    if (outer !== undefined) lower(outer.component.pointer, lowest.get(pointer))
    if (lowest.get(pointer) !== index.get(pointer)) return
    const members = stack.splice(stack.findLastIndex(member => member.pointer === pointer))
    for (const member of members) stacked.delete(member.pointer)
    clusters.push({ members, isRecursive: members.length > 1 || targets.includes(pointer) })
  }
  for (const component of components) {
    if (!index.has(component.pointer)) open(component)
    for (let visit = visits.at(-1); visit !== undefined; visit = visits.at(-1)) {
      const target = visit.targets[visit.next++]
      const other = target === undefined ? undefined : byPointer.get(target)
      if (target === undefined) close(visits.pop() ?? visit)
      else if (other !== undefined && !index.has(target)) open(other)
      else if (stacked.has(target)) lower(visit.component.pointer, index.get(target))
    }
  }
  return clusters
}
