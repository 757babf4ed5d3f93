import type { Namespace, Server } from 'socket.io'
import { keepNamespace, visitNamespace } from './dynamic-namespaces.js'
import { AllOf } from './outbound/broadcaster.js'
import type { Outbound } from './outbound/emitters.js'
import { Selection } from './outbound/selection.js'

/** Selects one of the namespaces that match a pattern. Emits to it leave nothing behind for long if nobody is there. */
export class ChildNamespace extends Selection {
  readonly #io: Server
  readonly #name: string

  constructor(io: Server, name: string, outbound: Outbound) {
    // Made now, so that its adapter knows the other nodes when the first emit comes.
    visitNamespace(io, name)
    super(outbound, new AllOf(() => [visitNamespace(io, name)]))
    this.#io = io
    this.#name = name
  }

  /** Socket.IO's namespace, which stays from then on. */
  get namespace(): Namespace {
    return keepNamespace(this.#io, this.#name)
  }
}
