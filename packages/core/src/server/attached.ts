import type { Server } from 'socket.io'
import type { NamespaceData } from '../contract/contract.js'
import { shapeOf } from '../contract/names.js'
import { throwDefinitionError } from '../definition-error.js'

/** The namespaces of each server that a contract is attached to, by their names without those of parameters. */
const attached = new WeakMap<Server, Set<string>>()

/**
 * Notes that a contract is attached to these namespaces of a server. The returned function withdraws that.
 *
 * @throws TypeError for a namespace to which another contract is attached.
 */
export const claim = (io: Server, namespaces: readonly NamespaceData[]): (() => void) => {
  const taken = attached.get(io) ?? new Set()
  const own = namespaces.filter(isDeclared)
  const twice = own.find(({ name }) => taken.has(shapeOf(name)))
  if (twice !== undefined)
    throwDefinitionError(
      `attach: ${twice.name}`,
      'a contract is attached to it already; attach one contract with all events, or detach the other first',
    )
  attached.set(io, taken)
  for (const { name } of own) taken.add(shapeOf(name))
  return () => {
    for (const { name } of own.splice(0)) taken.delete(shapeOf(name))
  }
}

/** Tells whether a contract says something about a namespace. Each has a root, even if only other namespaces are declared. */
const isDeclared = ({ name, events, options }: NamespaceData): boolean =>
  name !== '/' || events.length > 0 || options.auth !== undefined
