import { inspect } from 'node:util'
import type { Broadcaster } from './broadcaster.js'
import type { Outbound } from './emitters.js'
import { labelled } from '../label.js'
import { timerFor } from '../../timer.js'
import { ManySockets } from './recipients.js'

/** Socket.IO's verbs over a set of sockets. Each verb returns a new selection and leaves this one as it was. */
export interface AnySelection {
  readonly emit: object
  to(room: string | string[]): AnySelection
  in(room: string | string[]): AnySelection
  except(room: string | string[]): AnySelection
  timeout(ms: number): AnySelection
  compress(compress: boolean): AnySelection
  readonly local: AnySelection
  readonly volatile: AnySelection
}

/**
 * Selects the sockets of a broadcaster. A class, since a selection is made for almost every emit: an object literal with getters
 * costs several times as much as the emit. The verbs are getters, so that they can be called without the selection.
 */
export class Selection implements AnySelection {
  readonly #outbound: Outbound
  readonly #broadcaster: Broadcaster

  constructor(outbound: Outbound, broadcaster: Broadcaster) {
    this.#outbound = outbound
    this.#broadcaster = broadcaster
  }

  get emit(): object {
    return this.#outbound.emitTo(new ManySockets(this.#broadcaster, this.#outbound))
  }

  get to(): AnySelection['to'] {
    return room => this.#with(this.#broadcaster.to(room))
  }

  get in(): AnySelection['in'] {
    return room => this.#with(this.#broadcaster.in(room))
  }

  get except(): AnySelection['except'] {
    return room => this.#with(this.#broadcaster.except(room))
  }

  get timeout(): AnySelection['timeout'] {
    return ms => new Selection({ ...this.#outbound, ackTimeout: timerFor(ms) }, this.#broadcaster)
  }

  get compress(): AnySelection['compress'] {
    return compress => this.#with(this.#broadcaster.compress(compress))
  }

  get local(): AnySelection {
    return this.#with(this.#broadcaster.local)
  }

  get volatile(): AnySelection {
    return this.#with(this.#broadcaster.volatile)
  }

  toJSON(): string {
    return labelOf(this.#outbound)
  }

  [Symbol.toPrimitive](): string {
    return labelOf(this.#outbound)
  }

  [inspect.custom](): string {
    return labelOf(this.#outbound)
  }

  #with(broadcaster: Broadcaster): Selection {
    return new Selection(this.#outbound, broadcaster)
  }
}

const labelOf = ({ namespace }: Outbound): string => `[ackwire: ${namespace}]`

/** Returns the members of a selection as properties of an object that has more of them. */
export const selectionMembers = (outbound: Outbound, broadcaster: Broadcaster): AnySelection => {
  const { emit, to, in: within, except, timeout, compress, local, volatile } = new Selection(outbound, broadcaster)
  return { ...labelled(labelOf(outbound)), emit, to, in: within, except, timeout, compress, local, volatile }
}
