import { traceContextIn, type TraceContext } from '../../trace-context.js'
import { CallObservation } from '../observe/observe-call.js'
import type { Connection } from '../connection.js'
import type { ObservedCall } from '../observe/observer.js'
import { isReading, type Route } from './route.js'
import type { Serialization } from '../serialization.js'
import type { ServerState } from '../shutdown.js'
import type { Refusals } from '../limits/refusals.js'
import type { EventLimits } from '../limits/limits.js'
import type { Reporter } from '../observe/error-handler.js'
import type { StreamMemories } from '../outbound/stream-memory.js'
import type { Observers } from '../observe/observers.js'

/** The inputs of a namespace, with the settings and the state for answering them. */
export interface Inbound {
  readonly namespace: string
  readonly routes: ReadonlyMap<string, Route>
  /** The limits by the events' names; empty if there are none. */
  readonly limits: EventLimits
  /** Counts the refusals of each client. */
  readonly refusals: Refusals
  readonly reporter: Reporter
  readonly serialization: Serialization
  readonly serverState: ServerState
  readonly observers: Observers
  /** The time limit of a handler, and of a plain listener's ack, in milliseconds; `undefined` for none. */
  readonly timeout: number | undefined
  /** The treatment of an event that the contract does not declare. */
  readonly unknownEvents: 'pass' | 'answer' | 'refuse'
  /** The treatment of an ack that a client requests of an event that declares none. */
  readonly undeclaredAcks: 'answer' | 'refuse'
  /** The number of a stream's items that may wait for its reader. */
  readonly streamWindow: number
  /** The maximum number of open streams of a connection. */
  readonly maxStreams: number
  /** The memory of the streams of each transport. */
  readonly streamMemories: StreamMemories
  /** The maximum number of issues that are reported for a value. */
  readonly maxIssues: number
}

/** Socket.IO's ack function: only its first call that does not throw has an effect. */
export type Ack = (...reply: readonly unknown[]) => void

/** Tells whether an argument is an ack: no parser can transport a function, so it is Socket.IO's. */
export const isAck = (value: unknown): value is Ack => typeof value === 'function'

/** A message that is being answered. */
export interface Exchange {
  readonly inbound: Inbound
  readonly route: Route
  readonly connection: Connection
  /** Absent if the client requested no answer. */
  readonly ack: Ack | undefined
  /** Absent without observers, and until they are notified. */
  observation: CallObservation | undefined
}

/** Creates the exchange for a message that was received. */
export const exchangeOf = (inbound: Inbound, route: Route, connection: Connection, ack: Ack | undefined): Exchange => ({
  inbound,
  route,
  connection,
  ack,
  observation: undefined,
})

/** Tells the observers of a message that was received, if there are any; reads of a stream are parts of the call that has opened it. */
export const observe = (exchange: Exchange, traceContext: TraceContext | undefined): CallObservation | undefined => {
  const { observers } = exchange.inbound
  const { list } = observers
  if (list === undefined || isReading(exchange.route)) return undefined
  exchange.observation = new CallObservation(observers, list, observedOf(exchange, traceContext))
  return exchange.observation
}

/** Removes the caller's trace context from the packet and returns it, if the contract lets one follow the arguments. */
export const takeTraceContext = ({ entry }: Route, packet: unknown[], hasAck: boolean): TraceContext | undefined => {
  if (!entry.hasTraceContext) return undefined
  const end = hasAck ? packet.length - 1 : packet.length
  const context = traceContextIn(entry.required, packet, 1, end)
  if (context !== undefined) packet.splice(end - 1, 1)
  return context
}

const observedOf = (
  { inbound, route: { name, entry, stream }, connection }: Exchange,
  traceContext: TraceContext | undefined,
): ObservedCall =>
  Object.freeze({
    event: stream?.opener?.name ?? name,
    namespace: inbound.namespace,
    socket: connection.socket,
    isAnswered: entry.ack !== undefined || stream !== undefined,
    traceContext,
  })
