import type { Socket } from 'socket.io'
import { signalOf, type Connection } from './connection.js'
import type { DeclaredErrors } from './failure.js'
import { oneSocket } from './recipients.js'
import { selectionOf, type AnySelection } from './selection.js'

/**
 * What a lifecycle listener is given. A class, so that what few listeners and handlers use is made when it is read: a
 * getter on a prototype is free until then, on an object literal it is paid for with every message.
 */
export class Visit {
  readonly socket: Socket
  /** Why the socket leaves; only where it does. */
  readonly reason: string | undefined
  readonly #connection: Connection

  constructor(connection: Connection, reason?: string) {
    this.socket = connection.socket
    this.reason = reason
    this.#connection = connection
  }

  get emit(): object {
    const connection = this.#connection
    return (connection.emit ??= connection.outlet.emitTo(oneSocket(connection)))
  }

  get to(): (room: string | string[]) => AnySelection {
    return room => selectionOf(this.#connection.outlet, this.socket.to(room))
  }

  get broadcast(): AnySelection {
    return selectionOf(this.#connection.outlet, this.socket.broadcast)
  }

  get signal(): AbortSignal {
    return signalOf(this.#connection)
  }
}

/** What a handler is given. */
export class Call extends Visit {
  readonly event: string
  readonly input: unknown
  readonly fail: DeclaredErrors['fail']

  constructor(connection: Connection, event: string, input: unknown, fail: DeclaredErrors['fail']) {
    super(connection)
    this.event = event
    this.input = input
    this.fail = fail
  }
}
