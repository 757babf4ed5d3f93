import { pascal } from '../asyncapi/identifiers.js'
import { isJson, type Json } from '../parse/json.js'
import { lookUp } from '../parse/reference.js'
import { isLoop } from './loop.js'

/** A schema that others refer to. */
export interface Component {
  readonly pointer: string
  readonly schema: unknown
  /** The name in the document, which becomes its `$id`. */
  readonly id: string
  /** The name of its constant. */
  readonly name: string
}

/** A component by itself, or several that contain each other and must be defined together. */
export interface Cluster {
  readonly members: readonly Component[]
  /** The name of the constant that defines several components together. */
  readonly module?: string
  readonly isRecursive: boolean
}

/** Returns the references in a schema, except those in annotations and examples. */
export const pointersIn = (schema: unknown): readonly string[] => {
  if (Array.isArray(schema)) return schema.flatMap(pointersIn)
  if (!isJson(schema)) return []
  const { $ref, default: _, examples: __, example: ___, const: ____, enum: _____, ...parts } = schema
  return [...(typeof $ref === 'string' ? [$ref] : []), ...Object.values(parts).flatMap(pointersIn)]
}

/** Returns the components that schemas refer to, directly or indirectly, each after those that it depends on. */
export const clustersOf = (
  document: Json,
  schemas: readonly unknown[],
  taken: ReadonlySet<string>,
): readonly Cluster[] => {
  const components = new Map<string, Component>()
  const names = new Set(taken)
  const ids = new Set<string>()
  const collect = (schema: unknown): void => {
    for (const pointer of pointersIn(schema)) {
      const target = lookUp(document, pointer)
      if (components.has(pointer) || target === undefined || isLoop(document, pointer)) continue
      const word = pointer.split('/').at(-1) ?? ''
      const id = free(idOf(word), ids)
      components.set(pointer, { pointer, schema: target, id, name: free(identifier(word), names) })
      collect(target)
    }
  }
  for (const schema of schemas) collect(schema)
  return connected([...components.values()]).map(cluster => {
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

/** Returns the strongly connected components (Tarjan), in an order in which they can be defined. */
const connected = (components: readonly Component[]): readonly Cluster[] => {
  const byPointer = new Map(components.map(component => [component.pointer, component]))
  const index = new Map<string, number>()
  const lowest = new Map<string, number>()
  const stack: Component[] = []
  const clusters: Cluster[] = []
  const visit = (component: Component): void => {
    const { pointer, schema } = component
    index.set(pointer, index.size)
    lowest.set(pointer, index.size - 1)
    stack.push(component)
    const targets = pointersIn(schema)
    for (const target of targets) {
      const other = byPointer.get(target)
      if (other === undefined) continue
      if (!index.has(target)) visit(other)
      if (stack.includes(other)) lowest.set(pointer, Math.min(lowest.get(pointer) ?? 0, lowest.get(target) ?? 0))
    }
    if (lowest.get(pointer) !== index.get(pointer)) return
    const members = stack.splice(stack.indexOf(component))
    clusters.push({ members, isRecursive: members.length > 1 || targets.includes(pointer) })
  }
  for (const component of components) if (!index.has(component.pointer)) visit(component)
  return clusters
}
