import type { Socket } from 'socket.io'
import { addSignal, departureOf, disconnectSignalOf, signalReporter, type Connection } from '../connection.js'
import { createAbortController } from '../signal.js'
import type { Sink } from '../stream-handles.js'
import type { DeclaredErrors } from '../../codec/failure.js'
import type { Params } from '../../codec/parameters.js'
import { OneSocket } from '../outbound/recipients.js'
import { Selection, type AnySelection } from '../outbound/selection.js'

/**
 * The argument of handlers and listeners. A class, so that what few of them use is made when it is read: a getter on a
 * prototype is free until then, on an object literal it is paid for with every message.
 */
export class Call {
  readonly socket: Socket
  readonly event: string
  readonly input: unknown
  readonly fail: DeclaredErrors['fail'] | undefined
  /** The context that middleware added. */
  readonly ctx: object
  readonly #connection: Connection
  readonly #limit: TimeLimit | undefined
  readonly #sink: Sink | undefined

  constructor(
    connection: Connection,
    event: string,
    { input, fail, ctx = NOTHING, limit, sink }: CallParts = NO_PARTS,
  ) {
    this.socket = connection.socket
    this.event = event
    this.input = input
    this.fail = fail
    this.ctx = ctx
    this.#connection = connection
    this.#limit = limit
    this.#sink = sink
  }

  /** Returns the call with another context. */
  static withContext(call: Call, ctx: object): Call {
    const { input, fail } = call
    return new Call(call.#connection, call.event, { input, fail, ctx, limit: call.#limit, sink: call.#sink })
  }

  /** The stream that a call opens, if it opens one. */
  static sinkOf(call: Call): Sink | undefined {
    return call.#sink
  }

  get lastEventId(): string | undefined {
    return this.#sink?.lastEventId
  }

  get emit(): object {
    const connection = this.#connection
    return (connection.emit ??= connection.outbound.emitTo(
      new OneSocket(this.socket, connection.outbound, departureOf(connection)),
    ))
  }

  get to(): (room: string | string[]) => AnySelection {
    return room => new Selection(this.#connection.outbound, this.socket.to(room))
  }

  get broadcast(): AnySelection {
    return new Selection(this.#connection.outbound, this.socket.broadcast)
  }

  get data(): unknown {
    return this.socket.data
  }

  get params(): Params {
    const connection = this.#connection
    return (connection.params ??= connection.parameters.in(this.socket.nsp.name))
  }

  get signal(): AbortSignal {
    if (this.#sink !== undefined) return this.#sink.signal
    const connection = this.#connection
    return this.#limit === undefined
      ? disconnectSignalOf(connection)
      : callSignalOf(this.#limit, connection, this.event)
  }
}

/** The parts of a call besides its socket; a lifecycle listener has none of them. */
interface CallParts {
  readonly input?: unknown
  readonly fail?: DeclaredErrors['fail'] | undefined
  readonly ctx?: object
  readonly limit?: TimeLimit | undefined
  /** The stream that the call opens. */
  readonly sink?: Sink | undefined
}

const NOTHING: object = Object.freeze({})
const NO_PARTS: CallParts = Object.freeze({})

/** The time limit of one call. */
export interface TimeLimit {
  isOver: boolean
  /** Made for the first that asks for the signal: it costs as much as the rest of a message. */
  controller: AbortController | undefined
}

/** A limit that is not over. */
export const createTimeLimit = (): TimeLimit => ({ isOver: false, controller: undefined })

/** Ends the time, and aborts its signal. */
export const expire = (limit: TimeLimit): void => {
  limit.isOver = true
  limit.controller?.abort()
}

/** The signal that is aborted when the time is over or the socket leaves, or is already if either has happened. */
const callSignalOf = (limit: TimeLimit, connection: Connection, event: string): AbortSignal => {
  if (limit.controller === undefined) {
    limit.controller = createAbortController(signalReporter(connection, event))
    addSignal(connection, limit.controller)
  }
  if (limit.isOver) limit.controller.abort()
  return limit.controller.signal
}
