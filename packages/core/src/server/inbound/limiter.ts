import type { Socket } from 'socket.io'
import type { Issue } from '../../wire.js'
import { isAck, type Ack, type Exchange, type Inlet } from './exchange.js'
import { refuseBroken, refuseExcess, refuseLimit } from './reject.js'
import type { Connection } from '../connection.js'
import { dispatch } from './dispatch.js'
import { whenAcked } from './plain-listener.js'
import { exchangeOf } from './exchange.js'
import { isStep } from './stream/open-stream.js'
import type { Refusal } from '../limits/rate.js'
import { countRefusal } from '../limits/refusals.js'
import { occupy, type Place } from '../limits/in-flight.js'
import type { CountedRate, Limits } from '../limits/limits.js'
import { isLarger } from '../limits/size.js'
import { standingOf, type Standing } from '../limits/connection-limits.js'

/** Takes a packet of a socket, and goes on to the application's own listeners by `next`. */
export type PacketMiddleware = (packet: unknown[], next: () => void) => void

/** Makes the middleware of a socket with limits: it dispatches the packets that they let in, and keeps a client's packets in their order. */
export const limiterOf = (inlet: Inlet, connection: Connection): PacketMiddleware => {
  const { socket } = connection
  const tally = inlet.patience.of(socket)
  const standing = standingOf(inlet.limits, socket)
  const { line, block, own, unanswered } = standing

  const enter = (packet: unknown[], next: () => void, place: Place, isAnswered: boolean): void => {
    const going = dispatch(inlet, connection, packet, () => {
      // What is not declared, a listener does not call.
      if (isAnswered) {
        unanswered.add(place)
        whenAcked(packet, () => {
          unanswered.delete(place)
          place.leave(true)
        })
      }
      next()
    })
    if (going instanceof Promise) void going.then(() => place.leave(true))
    else if (!unanswered.has(place)) place.leave(true)
  }

  return (packet, next) => {
    // What had been read when it was cut off, or has left.
    if (tally.isOver || !socket.connected) return
    const [name] = packet
    const limit = typeof name === 'string' ? inlet.limits.get(name) : undefined
    const route = limit && inlet.routes.get(String(name))
    if (limit === undefined || route === undefined || inlet.duty.status !== 'open') {
      if (line.length === 0) dispatch(inlet, connection, packet, next)
      else line.stand(undefined, () => void dispatch(inlet, connection, packet, next))
      return
    }
    const last = packet.at(-1)
    const ack = isAck(last) ? last : undefined
    const taken = line.length < LONGEST_LINE ? occupy(limit.gauges, own) : CROWDED
    const place = 'leave' in taken ? taken : undefined
    const decide = (verdict: Verdict): void => {
      if (tally.isOver) return place?.leave(false)
      const why = ('leave' in taken ? verdict : taken) ?? excessOf(packet, ack, limit)
      if (place !== undefined && why === undefined) return enter(packet, next, place, route.entry.ack !== undefined)
      place?.leave(false)
      if (why === undefined || !socket.connected) return
      refuse(exchangeOf(inlet, route, connection, ack), why)
    }
    const rates = isStep(route, connection, packet) ? [] : limit.rates
    const known = block.refusalBy(rates)
    const isCounted = place !== undefined && known === undefined && rates.length > 0
    const counted = isCounted ? count(rates, socket, standing) : undefined
    if (counted === undefined && line.length === 0) decide(known)
    else line.stand(counted, verdict => decide(known ?? verdict))
  }
}

/** Why a call is not let in: a limit, its size, or an error of the server's. */
type Reason = Refusal | { readonly issue: Issue } | { readonly error: unknown }
type Verdict = Reason | undefined

const refuse = (exchange: Exchange, why: Reason): void => {
  if ('code' in why) refuseLimit(exchange, why)
  else if ('issue' in why) {
    refuseExcess(exchange, why.issue)
    countRefusal(exchange.inlet, exchange.route.name, exchange.connection.socket)
  } else refuseBroken(exchange, why.error)
}

/** Counts a call at each rate, until one refuses it. */
const count = async (
  rates: readonly CountedRate[],
  socket: Socket,
  { block, rates: used }: Standing,
): Promise<Verdict> => {
  try {
    for (const rate of rates) {
      if (rate.forget !== undefined) used.add(rate)
      const refusal = await rate.count(rate.keyOf(socket))
      if (refusal === undefined) continue
      block.add(rate, refusal)
      return refusal
    }
    return undefined
  } catch (error) {
    return { error }
  }
}

/** How many packets of one connection may wait to be counted. Their memory is the client's to fill. */
const LONGEST_LINE = 10_000
const CROWDED: Refusal = { code: 'OVERLOADED', retryAfterMs: 1_000 }

const excessOf = (packet: readonly unknown[], ack: Ack | undefined, { maxBytes }: Limits): Verdict => {
  if (maxBytes === Number.POSITIVE_INFINITY) return undefined
  const issue = { path: '', message: `Expected at most ${maxBytes} bytes` }
  // Middleware of the application may have put something there whose properties throw when they are read.
  try {
    return isLarger(packet, 1, packet.length - (ack === undefined ? 0 : 1), maxBytes) ? { issue } : undefined
  } catch {
    return { issue }
  }
}
