import type { Connection } from '../connection.js'
import type { Exchange } from './exchange.js'
import { replyPlain, replyTimeout } from './reply.js'

/** Tells whether the application itself listens. A listener for any event may answer, too. */
export const isHeard = ({ socket }: Connection, name: string): boolean =>
  socket.listenerCount(name) > 0 || socket.listenersAny().length > 0

/** The ack that a plain listener is given. */
export type ListenerAck = (reply?: unknown) => void

/** Returns the ack for a plain listener: what it is called with is checked, and once `timeout` is over it has no effect. */
export const listenerAckOf = (exchange: Exchange): ListenerAck => {
  const { limits } = exchange.inbound
  // An ack that the event does not declare is answered at once, so that no listener has to call it.
  const timeout = exchange.route.entry.ack === undefined ? undefined : exchange.inbound.timeout
  const isLimited = limits.has(exchange.route.name)
  if (timeout === undefined && !isLimited) return reply => replyPlain(exchange, reply)
  let isExpired = false
  const settle = (): void => {
    clearTimeout(timer)
    const onSettled = limitedAcks.get(ack)
    if (onSettled === undefined) return
    limitedAcks.set(ack, undefined)
    onSettled()
  }
  const expire = (): void => {
    isExpired = true
    settle()
    replyTimeout(exchange)
  }
  // A listener that never acks must not keep the process from ending.
  const timer = timeout === undefined ? undefined : setTimeout(expire, timeout).unref()
  const ack: ListenerAck = reply => {
    if (isExpired) return
    settle()
    replyPlain(exchange, reply)
  }
  if (isLimited) limitedAcks.set(ack, undefined)
  return ack
}

/** The acks of events with limits, each with what is called once the listener has acked, or its time is over. */
const limitedAcks = new WeakMap<ListenerAck, (() => void) | undefined>()

/** Calls back when the listener that gets this packet has acked, or its time is over: at once where it is given no such ack. */
export const whenAcked = (packet: readonly unknown[], settle: () => void): void => {
  const ack = packet.at(-1)
  if (isListenerAck(ack)) limitedAcks.set(ack, settle)
  else settle()
}

const isListenerAck = (value: unknown): value is ListenerAck =>
  typeof value === 'function' && limitedAcks.has(value as ListenerAck)
