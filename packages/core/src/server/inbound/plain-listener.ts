import type { Connection } from '../connection.js'
import type { Exchange } from './exchange.js'
import { replyPlain } from './plain-reply.js'
import { replyTimeout, replyValue } from './reply.js'

/** Tells whether the application itself listens. A listener for any event may answer, too. */
export const isHeard = ({ socket }: Connection, name: string): boolean =>
  socket.listenerCount(name) > 0 || socket.listenersAny().length > 0

/** Passes a packet on to its plain listeners. */
export const callListeners = (exchange: Exchange, next: () => void): void => {
  const { ack, observation, route } = exchange
  if (observation === undefined) next()
  else observation.aroundListeners(next)
  if (route.entry.ack !== undefined) return
  // A listener does not call an ack that is not declared. Socket.IO calls the listener in the next tick, and this answers after it.
  if (ack === undefined) observation?.answered(undefined)
  else process.nextTick(replyValue, exchange, undefined)
}

/** The ack that a plain listener is given. */
export type ListenerAck = (...values: readonly unknown[]) => void

/** Returns the ack for a plain listener: what it is called with is checked, and once `timeout` is over it has no effect. */
export const listenerAckOf = (exchange: Exchange): ListenerAck => {
  const { limits } = exchange.inbound
  // An ack that the event does not declare is answered at once, so that no listener has to call it.
  const timeout = exchange.route.entry.ack === undefined ? undefined : exchange.inbound.timeout
  const isLimited = limits.has(exchange.route.name)
  if (timeout === undefined && !isLimited) return (...values) => replyPlain(exchange, values)
  const state: AckState = { isOver: false, onSettled: undefined, timer: undefined }
  const expire = (): void => {
    settle(state)
    replyTimeout(exchange)
  }
  // A listener that never acks must not keep the process from ending.
  if (timeout !== undefined) state.timer = setTimeout(expire, timeout).unref()
  const ack: ListenerAck = (...values) => {
    if (state.isOver) return
    settle(state)
    replyPlain(exchange, values)
  }
  states.set(ack, state)
  return ack
}

/** The state of an ack of an event with a limit, or with a time limit. */
interface AckState {
  isOver: boolean
  /** Called once the listener has acked, or its time is over. */
  onSettled: (() => void) | undefined
  timer: NodeJS.Timeout | undefined
}

const states = new WeakMap<object, AckState>()

const settle = (state: AckState): void => {
  const { onSettled, timer } = state
  state.isOver = true
  clearTimeout(timer)
  state.onSettled = undefined
  onSettled?.()
}

/** Calls back when the listener that gets this packet has acked, or its time is over: at once where it is given no such ack. */
export const whenAcked = (packet: readonly unknown[], onSettled: () => void): void => {
  const ack = packet.at(-1)
  const state = typeof ack === 'function' ? states.get(ack) : undefined
  if (state === undefined) onSettled()
  else state.onSettled = onSettled
}

/** Withdraws an ack that no listener gets: it does not answer any more, nor does its time limit. */
export const withdrawAck = (ack: unknown): void => {
  const state = typeof ack === 'function' ? states.get(ack) : undefined
  if (state !== undefined) settle(state)
}
