import type { Namespace, Server } from 'socket.io'
import { keepNamespace, visitNamespace } from './dynamic-namespaces.js'
import { allOf } from './outbound/broadcaster.js'
import type { Outbound } from './outbound/emitters.js'
import { selectionOf, type AnySelection } from './outbound/selection.js'

/** A namespace that matches a pattern. */
export interface ChildNamespace extends AnySelection {
  /** Socket.IO's namespace, which stays from then on. */
  readonly namespace: Namespace
}

/** Selects one of the namespaces that match a pattern. Emits to it leave nothing behind for long if nobody is there. */
export const childOf = (io: Server, name: string, outbound: Outbound): ChildNamespace => {
  const member = (): Namespace => visitNamespace(io, name)
  // Made now, so that its adapter knows the other nodes when the first emit comes.
  member()
  return {
    ...selectionOf(
      outbound,
      allOf(() => [member()]),
    ),
    get namespace() {
      return keepNamespace(io, name)
    },
  }
}
