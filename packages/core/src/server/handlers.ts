import type { EventEntry } from '../contract/contract.js'
import { kindOf } from '../definition-error.js'
import { isGroup, type Tree } from './event-tree.js'

/**
 * Pairs the inputs of a namespace with the handlers that `handle` is given.
 *
 * @throws TypeError that names the events without a handler, and the handlers without an event.
 */
export const handlersIn = (
  inputs: Tree,
  handlers: unknown,
  namespace: string,
): [entry: EventEntry, handler: unknown][] => {
  const found: [EventEntry, unknown][] = []
  const problems: string[] = []
  pair(inputs, handlers, namespace === '/' ? '' : `${namespace}.`, found, problems)
  if (problems.length > 0) throw new TypeError(`ackwire: handle: ${problems.join('; ')}`)
  return found
}

const pair = (
  inputs: Tree,
  handlers: unknown,
  at: string,
  found: [EventEntry, unknown][],
  problems: string[],
): void => {
  const given = new Map(typeof handlers === 'object' && handlers !== null ? Object.entries(handlers) : [])
  for (const [key, node] of inputs) {
    const value = given.get(key)
    given.delete(key)
    if (isGroup(node)) pair(node, value, `${at}${key}.`, found, problems)
    else if (typeof value === 'function') found.push([node, value])
    else problems.push(`${at}${key} expects a function, came ${kindOf(value)}`)
  }
  for (const key of given.keys()) problems.push(`${at}${key} is no input of the contract`)
}
