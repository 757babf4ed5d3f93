import type { EventEntry } from '../contract/contract.js'
import { isNamespace } from '../contract/names.js'
import { isPlainObject, kindOf } from '../definition-error.js'
import { isGroup, type EventTree } from './event-tree.js'

/**
 * Pairs the inputs of a namespace with the handlers that `handle` is given, in an object literal or an instance of a class. Each
 * handler is bound to its object. A class may have other members besides, a literal may not.
 *
 * @throws TypeError that names the events without a handler, and the handlers of literals without an event.
 */
export const pairHandlers = (
  inputs: EventTree,
  handlers: unknown,
  namespace: string,
): [entry: EventEntry, handler: unknown][] => {
  const pairs: [EventEntry, unknown][] = []
  const problems: string[] = []
  const pairGroup = (group: EventTree, given: unknown, path: string): void => {
    const at = (key: string): string => (path === '' ? key : `${path}.${key}`)
    if (typeof given === 'function') return void problems.push(`${path}: ${describeFunction()}`)
    const isLiteral = isPlainObject(given)
    const place = typeof given !== 'object' || given === null || isLiteral ? '' : ` in ${kindOf(given)}`
    for (const [key, node] of group) {
      const value = memberOf(given, key)
      if (isGroup(node)) pairGroup(node, value, at(key))
      else if (typeof value === 'function') pairs.push([node, value.bind(given)])
      else problems.push(`${at(key)}: expected a function, got ${kindOf(value)}${place}`)
    }
    for (const key of isLiteral ? Object.keys(given) : []) {
      const isElsewhere = path === '' && isNamespace(key)
      if (!group.has(key) && !isElsewhere) problems.push(`${at(key)} is not an input of the contract`)
    }
  }
  pairGroup(inputs, handlers, namespace === '/' ? '' : namespace)
  if (problems.length > 0) throw new TypeError(`ackwire: handle: ${problems.join('; ')}`)
  return pairs
}

/**
 * Takes the handlers of each namespace out of those of a contract. What is not a namespace belongs to the root.
 *
 * @throws TypeError unless the handlers are in an object.
 */
export const splitByNamespace = (handlers: unknown, names: Iterable<string>): Map<string, unknown> => {
  if (typeof handlers === 'function') throw new TypeError(`ackwire: handle: ${describeFunction()}`)
  if (typeof handlers !== 'object' || handlers === null)
    throw new TypeError(`ackwire: handle: expected an object of handlers, got ${kindOf(handlers)}`)
  const all = new Set([...names, ...Object.keys(handlers).filter(isNamespace)])
  return new Map(Array.from(all, name => [name, name === '/' ? handlers : memberOf(handlers, name)]))
}

const describeFunction = (): string =>
  'expected an object of handlers, got a function; if it is a class, pass an instance of it'

/** Returns a member of an object or of the classes that it is an instance of, but nothing that all objects inherit. */
const memberOf = (given: unknown, key: string): unknown => {
  let owner: unknown = given
  while (typeof owner === 'object' && owner !== null) {
    const next: unknown = Object.getPrototypeOf(owner)
    const isInherited = owner !== given
    // The last one is `Object.prototype`, perhaps that of another realm.
    if (isInherited && next === null) return undefined
    // The `constructor` of a prototype is the class.
    if (Object.hasOwn(owner, key))
      return isInherited && key === 'constructor' ? undefined : Reflect.get(Object(given), key)
    owner = next
  }
  return undefined
}
