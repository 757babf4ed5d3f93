import { traceContextIn, type TraceContext } from '../../trace-context.js'
import type { Ack, Exchange, Inlet } from './reply.js'
import { watchCall } from '../observe/observe-call.js'
import type { Connection } from '../connection.js'
import type { ObservedCall } from '../observe/observer.js'
import type { Route } from './route.js'
import { isReading } from './stream/open-stream.js'

/** Begins to answer a message that has come. */
export const exchangeOf = (
  inlet: Inlet,
  route: Route,
  connection: Connection,
  ack: Ack | undefined,
  traceContext?: TraceContext,
): Exchange => {
  const { watch } = inlet
  const { observers } = watch
  const isWatched = observers !== undefined && !isReading(route)
  const watched = isWatched
    ? watchCall(watch, observers, observedOf(inlet, route, connection, traceContext))
    : undefined
  return { inlet, route, connection, ack, watched }
}

/** Takes the caller's trace context out of the packet, if the contract lets one stand behind the arguments. */
export const takeTraceContext = ({ entry }: Route, packet: unknown[], hasAck: boolean): TraceContext | undefined => {
  if (!entry.hasTraceContext) return undefined
  const end = hasAck ? packet.length - 1 : packet.length
  const context = traceContextIn(entry.required, packet, 1, end)
  if (context !== undefined) packet.splice(end - 1, 1)
  return context
}

const observedOf = (
  { namespace }: Inlet,
  { name, entry, stream }: Route,
  { socket }: Connection,
  traceContext: TraceContext | undefined,
): ObservedCall =>
  Object.freeze({
    event: stream?.opener?.name ?? name,
    namespace,
    socket,
    isAnswered: entry.ack !== undefined || stream !== undefined,
    traceContext,
  })
