import type { Socket } from 'socket.io'
import type { Issue } from '../../wire.js'
import { exchangeOf, isAck, observe, type Ack, type Exchange, type Inbound } from './exchange.js'
import { rejectUncounted, rejectExcess, rejectLimited } from './reject.js'
import type { Connection, PacketMiddleware } from '../connection.js'
import { dispatch } from './dispatch.js'
import { whenAcked } from './plain-listener.js'
import type { Route } from './route.js'
import { isDueRead } from './stream/open-stream.js'
import type { Refusal } from '../limits/rate.js'
import { countRefusal } from '../limits/refusals.js'
import { Slot, takeSlot, UNLIMITED } from '../limits/in-flight.js'
import type { CountedRate } from '../limits/counted-rate.js'
import type { Limits } from '../limits/limits.js'
import { isLarger } from '../limits/size.js'
import { connectionLimitsOf, type ConnectionLimits } from '../limits/connection-limits.js'

/** Makes the middleware of a socket with limits: it dispatches the packets that they let in, and keeps a client's packets in their order. */
export const limitPackets = (inbound: Inbound, connection: Connection): PacketMiddleware => {
  const { socket } = connection
  const refused = inbound.refusals.of(socket)
  const connectionLimits = connectionLimitsOf(inbound.limits, socket)
  const { queue, blockedRates, ownCalls, unackedSlots } = connectionLimits

  const admit = (packet: unknown[], next: () => void, slot: Slot, isAnswered: boolean): void => {
    const pass = (): void => {
      // A listener can end the call only if the contract declares an ack.
      if (isAnswered && slot !== UNLIMITED) {
        unackedSlots.add(slot)
        whenAcked(packet, () => {
          unackedSlots.delete(slot)
          slot.release(true)
        })
      }
      next()
    }
    const going = dispatch(inbound, connection, packet, pass)
    if (going instanceof Promise) void going.then(() => slot.release(true))
    else if (!unackedSlots.has(slot)) slot.release(true)
  }

  const decide = (
    packet: unknown[],
    next: () => void,
    { route, limit }: Limited,
    slot: Slot | Refusal,
    rejection: Rejection,
  ): void => {
    const isTaken = slot instanceof Slot
    if (refused.isExceeded) return isTaken ? slot.release(false) : undefined
    const last = packet[packet.length - 1]
    const ack = isAck(last) ? last : undefined
    const reason = (isTaken ? rejection : slot) ?? excessOf(packet, ack, limit)
    if (isTaken) {
      if (reason === undefined) return admit(packet, next, slot, route.entry.ack !== undefined)
      slot.release(false)
    }
    if (reason === undefined || !socket.connected) return
    const exchange = exchangeOf(inbound, route, connection, ack)
    observe(exchange, undefined)
    reject(exchange, reason)
  }

  return (packet, next) => {
    // A packet that was read before its client was disconnected can still arrive.
    if (refused.isExceeded || !socket.connected) return
    const [name] = packet
    const limit = typeof name === 'string' ? inbound.limits.get(name) : undefined
    const route = limit && inbound.routes.get(String(name))
    if (limit === undefined || route === undefined || inbound.serverState.status !== 'open') {
      if (queue.length === 0) dispatch(inbound, connection, packet, next)
      else queue.enqueue(undefined, () => void dispatch(inbound, connection, packet, next))
      return
    }
    const slot = queue.length < LONGEST_QUEUE ? takeSlot(limit.inFlight, ownCalls) : QUEUE_FULL
    const rates = isDueRead(route, connection, packet) ? [] : limit.rates
    const blocked = blockedRates.refusalBy(rates)
    const isCounted = slot instanceof Slot && blocked === undefined
    const counted = isCounted ? count(rates, socket, connectionLimits) : blocked
    const limited = { route, limit }
    if (counted instanceof Promise) queue.enqueue(counted, rejection => decide(packet, next, limited, slot, rejection))
    else if (queue.length === 0) decide(packet, next, limited, slot, counted)
    else queue.enqueue(undefined, () => decide(packet, next, limited, slot, counted))
  }
}

/** An event with its limits. */
interface Limited {
  readonly route: Route
  readonly limit: Limits
}

/** The reason for the rejection of a call: a limit, its size, or an error of the server. */
type Reason = Refusal | { readonly issue: Issue } | { readonly error: unknown }
type Rejection = Reason | undefined

const reject = (exchange: Exchange, reason: Reason): void => {
  if ('code' in reason) rejectLimited(exchange, reason)
  else if ('issue' in reason) {
    rejectExcess(exchange, reason.issue)
    countRefusal(exchange.inbound, exchange.route.name, exchange.connection.socket)
  } else rejectUncounted(exchange, reason.error)
}

/** Counts a call at each rate until one rejects it. The result is a promise only if a rate is counted elsewhere. */
const count = (
  rates: readonly CountedRate[],
  socket: Socket,
  limits: ConnectionLimits,
): Rejection | Promise<Rejection> => {
  try {
    for (const [at, rate] of rates.entries()) {
      if (rate.forget !== undefined) limits.rates.add(rate)
      const counted = rate.count(rate.keyOf(socket))
      if (counted instanceof Promise)
        return counted.then(
          refusal => blocking(limits, rate, refusal) ?? count(rates.slice(at + 1), socket, limits),
          (error: unknown) => ({ error }),
        )
      if (counted !== undefined) return blocking(limits, rate, counted)
    }
    return undefined
  } catch (error) {
    return { error }
  }
}

/** Notes that a rate has refused a call, if it has. */
const blocking = (
  { blockedRates }: ConnectionLimits,
  rate: CountedRate,
  refusal: Refusal | undefined,
): Refusal | undefined => {
  if (refusal !== undefined) blockedRates.add(rate, refusal)
  return refusal
}

/** The maximum number of a connection's packets that wait to be counted, so that a client can't fill the memory with them. */
const LONGEST_QUEUE = 10_000
const QUEUE_FULL: Refusal = { code: 'OVERLOADED', retryAfterMs: 1_000 }

const excessOf = (packet: readonly unknown[], ack: Ack | undefined, { maxBytes }: Limits): Rejection => {
  if (maxBytes === Number.POSITIVE_INFINITY) return undefined
  const issue = { path: '', message: `Expected at most ${maxBytes} bytes` }
  // The application's own middleware may have put a value here whose properties throw when they are read.
  try {
    return isLarger(packet, 1, packet.length - (ack === undefined ? 0 : 1), maxBytes) ? { issue } : undefined
  } catch {
    return { issue }
  }
}
