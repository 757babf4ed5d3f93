import type { Socket } from 'socket.io'
import type { Issue } from '../../wire.js'
import { isAck, refuseBroken, refuseExcess, refuseLimit, type Ack, type Exchange, type Inlet } from '../answer.js'
import type { Connection } from '../connection.js'
import { dispatch } from '../dispatch.js'
import { exchangeOf } from '../exchange.js'
import type { Refusal } from './counter.js'
import { occupy, type Own, type Place } from './gauge.js'
import { lineOf } from './line.js'
import type { CountedRate, Limits } from './scope.js'
import { isLarger } from './size.js'

/** Stands before the dispatch of one socket's packets. */
export interface Intake {
  /** The same as `dispatch`, for those packets that the limits let in; a client's packets keep their order. */
  take(packet: unknown[], next: () => void): void
  /** The socket has left: what it still had at plain listeners, nobody will end. */
  leave(): void
}

/** Makes the intake of a socket. Where nothing is limited, nothing is looked for. */
export const intakeOf = (inlet: Inlet, connection: Connection): Intake =>
  inlet.limits.size > 0
    ? limited(inlet, connection)
    : { take: (packet, next) => void dispatch(inlet, connection, packet, next), leave() {} }

const limited = (inlet: Inlet, connection: Connection): Intake => {
  const { socket } = connection
  const line = lineOf()
  const own: Own = new Map()
  const unanswered = new Set<Place>()

  const enter = (packet: unknown[], next: () => void, place: Place, isAnswered: boolean): void => {
    const going = dispatch(inlet, connection, packet, () => {
      // What is not declared, a listener does not call.
      if (isAnswered) {
        unanswered.add(place)
        tellOfAck(packet, () => {
          unanswered.delete(place)
          place.leave(true)
        })
      }
      next()
    })
    if (going instanceof Promise) void going.then(() => place.leave(true))
    else if (!unanswered.has(place)) place.leave(true)
  }

  return {
    take(packet, next) {
      const [name] = packet
      const limit = typeof name === 'string' ? inlet.limits.get(name) : undefined
      const route = limit && inlet.routes.get(String(name))
      if (limit === undefined || route === undefined || inlet.duty.state !== 'open') {
        if (line.length === 0) dispatch(inlet, connection, packet, next)
        else line.stand(undefined, () => void dispatch(inlet, connection, packet, next))
        return
      }
      const last = packet.at(-1)
      const ack = isAck(last) ? last : undefined
      const taken = line.length < LONGEST_LINE ? occupy(limit.gauges, own) : CROWDED
      const place = 'leave' in taken ? taken : undefined
      const decide = (verdict: Verdict): void => {
        const why = ('leave' in taken ? verdict : taken) ?? excessOf(packet, ack, limit)
        if (place !== undefined && why === undefined) return enter(packet, next, place, route.entry.ack !== undefined)
        place?.leave(false)
        if (why !== undefined && socket.connected) refuse(exchangeOf(inlet, route, connection, ack), why)
      }
      const counted = place === undefined || limit.rates.length === 0 ? undefined : count(limit.rates, socket)
      if (counted === undefined && line.length === 0) decide(undefined)
      else line.stand(counted, decide)
    },
    leave() {
      for (const place of unanswered) place.leave(false)
      unanswered.clear()
    },
  }
}

/** Why a call is not let in: a limit, its size, or an error of the server's. */
type Reason = Refusal | { readonly issue: Issue } | { readonly error: unknown }
type Verdict = Reason | undefined

const refuse = (exchange: Exchange, why: Reason): void => {
  if ('code' in why) refuseLimit(exchange, why)
  else if ('issue' in why) refuseExcess(exchange, why.issue)
  else refuseBroken(exchange, why.error)
}

/** Counts a call at each rate, until one refuses it. */
const count = async (rates: readonly CountedRate[], socket: Socket): Promise<Verdict> => {
  try {
    for (const { count, keyOf } of rates) {
      const refusal = await count(keyOf(socket))
      if (refusal !== undefined) return refusal
    }
    return undefined
  } catch (error) {
    return { error }
  }
}

/** How many packets of one socket may wait to be counted. Their memory is the client's to fill. */
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

/** Tells when a plain listener calls the ack that it is given. */
const tellOfAck = (packet: unknown[], tell: () => void): void => {
  const last = packet.at(-1)
  if (!isAck(last)) return tell()
  packet[packet.length - 1] = (...reply: readonly unknown[]) => {
    tell()
    last(...reply)
  }
}
