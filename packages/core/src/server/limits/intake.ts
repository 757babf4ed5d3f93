import type { Socket } from 'socket.io'
import { EventError, type Issue } from '../../wire.js'
import { isAck, type Ack, type Exchange, type Inlet } from '../answer.js'
import { refuseBroken, refuseExcess, refuseLimit } from '../refuse.js'
import type { Connection } from '../connection.js'
import { dispatch } from '../dispatch.js'
import { exchangeOf } from '../exchange.js'
import { blockOf, type Block } from './block.js'
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
  const { patience } = inlet
  const tally = patience.of(socket)
  const line = lineOf()
  const block = blockOf()
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
      // What had been read when it was cut off.
      if (tally.isOver) return
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
        if (tally.isOver) return place?.leave(false)
        const why = ('leave' in taken ? verdict : taken) ?? excessOf(packet, ack, limit)
        if (place !== undefined && why === undefined) return enter(packet, next, place, route.entry.ack !== undefined)
        place?.leave(false)
        if (why === undefined || !socket.connected) return
        const exchange = exchangeOf(inlet, route, connection, ack)
        refuse(exchange, why)
        if (!('error' in why) && tally.count()) cutOff(exchange)
      }
      const known = block.refusalBy(limit.rates)
      const isCounted = place !== undefined && known === undefined && limit.rates.length > 0
      const counted = isCounted ? count(limit.rates, socket, block) : undefined
      if (counted === undefined && line.length === 0) decide(known)
      else line.stand(counted, verdict => decide(known ?? verdict))
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

/** Ends the transport of a client that was refused too often, at once: what it has still to be told is not worth more reading. */
const cutOff = ({ inlet, route, connection: { socket } }: Exchange): void => {
  const { limit } = inlet.patience
  const error = new EventError('RATE_LIMITED', limit, 'The client was disconnected: it was refused too often')
  inlet.reporter.tell({ error, phase: 'limit', event: route.name, namespace: inlet.namespace, socket })
  const { conn } = socket
  const { transport } = conn
  conn.close(true)
  endRaw(transport)
}

/**
 * Engine.IO closes a websocket politely: what is on its way is read until the client, too, has closed, which it need not
 * do. Its raw websocket is declared private, and others than ws may stand there.
 */
const endRaw = (transport: object): void => {
  const raw: unknown = Reflect.get(transport, 'socket')
  if (typeof raw !== 'object' || raw === null || !('terminate' in raw)) return
  if (typeof raw.terminate === 'function') raw.terminate()
}

/** Counts a call at each rate, until one refuses it. */
const count = async (rates: readonly CountedRate[], socket: Socket, block: Block): Promise<Verdict> => {
  try {
    for (const rate of rates) {
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
