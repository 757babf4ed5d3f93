import type { Socket } from 'socket.io'
import type { Issue } from '../../wire.js'
import { exchangeOf, isAck, observe, type Ack, type Exchange, type Inbound } from './exchange.js'
import { rejectUncounted, rejectExcess, rejectLimited } from './reject.js'
import type { Connection, PacketMiddleware } from '../connection.js'
import { dispatch } from './dispatch.js'
import { whenAcked } from './plain-listener.js'
import { isDueRead } from './stream/open-stream.js'
import type { Refusal } from '../limits/rate.js'
import { countRefusal } from '../limits/refusals.js'
import { takeSlot, type Slot } from '../limits/in-flight.js'
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
    const going = dispatch(inbound, connection, packet, () => {
      // A listener can end the call only if the contract declares an ack.
      if (isAnswered) {
        unackedSlots.add(slot)
        whenAcked(packet, () => {
          unackedSlots.delete(slot)
          slot.release(true)
        })
      }
      next()
    })
    if (going instanceof Promise) void going.then(() => slot.release(true))
    else if (!unackedSlots.has(slot)) slot.release(true)
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
    const last = packet.at(-1)
    const ack = isAck(last) ? last : undefined
    const slotOrRefusal = queue.length < LONGEST_QUEUE ? takeSlot(limit.inFlight, ownCalls) : QUEUE_FULL
    const slot = 'release' in slotOrRefusal ? slotOrRefusal : undefined
    const decide = (rejection: Rejection): void => {
      if (refused.isExceeded) return slot?.release(false)
      const reason = ('release' in slotOrRefusal ? rejection : slotOrRefusal) ?? excessOf(packet, ack, limit)
      if (slot !== undefined && reason === undefined) return admit(packet, next, slot, route.entry.ack !== undefined)
      slot?.release(false)
      if (reason === undefined || !socket.connected) return
      const exchange = exchangeOf(inbound, route, connection, ack)
      observe(exchange, undefined)
      reject(exchange, reason)
    }
    const rates = isDueRead(route, connection, packet) ? [] : limit.rates
    const blocked = blockedRates.refusalBy(rates)
    const isCounted = slot !== undefined && blocked === undefined && rates.length > 0
    const counted = isCounted ? count(rates, socket, connectionLimits) : undefined
    if (counted === undefined && queue.length === 0) decide(blocked)
    else queue.enqueue(counted, rejection => decide(blocked ?? rejection))
  }
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

/** Counts a call at each rate until one rejects it. */
const count = async (
  rates: readonly CountedRate[],
  socket: Socket,
  { blockedRates, rates: used }: ConnectionLimits,
): Promise<Rejection> => {
  try {
    for (const rate of rates) {
      if (rate.forget !== undefined) used.add(rate)
      const refusal = await rate.count(rate.keyOf(socket))
      if (refusal === undefined) continue
      blockedRates.add(rate, refusal)
      return refusal
    }
    return undefined
  } catch (error) {
    return { error }
  }
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
