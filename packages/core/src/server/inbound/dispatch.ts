import type { Issue } from '../../wire.js'
import { answerFailure, codeOf, expired, failed, succeed } from './reply.js'
import { isAck, type Exchange, type Inlet } from './exchange.js'
import { Call } from './call.js'
import type { Connection } from '../connection.js'
import { callSettled, callStarted } from '../shutdown.js'
import { exchangeOf, takeTraceContext } from './exchange.js'
import { standardFailure } from '../../codec/failure.js'
import { isPromise } from '../promise.js'
import { refuseClosing, refuseExcess, refuseInput, refuseUnread } from './reject.js'
import type { AnyHandler, Route } from './route.js'
import { expire, timeLimit, type TimeLimit } from './call.js'
import { isHeard, listenerAckOf } from './plain-listener.js'
import { takeUnknown } from './unknown-event.js'
import { goesOn, takeStream } from './stream/open-stream.js'

/**
 * Takes one packet, `[event, ...arguments, ack?]`, as Socket.IO's socket middleware sees it. A handled event ends here, in
 * the same tick; what the contract does not name goes on to the application's own listeners by `next`, untouched. Nothing
 * that a handler throws leaves this function. What it returns resolves when an asynchronous handler has settled, even if
 * it was answered for before.
 */
export const dispatch = (
  inlet: Inlet,
  connection: Connection,
  packet: unknown[],
  next: () => void,
): Promise<void> | void => {
  const name = packet[0]
  const route = typeof name === 'string' ? inlet.routes.get(name) : undefined
  if (inlet.duty.status === 'detached' && !goesOn(route, connection, packet)) return next()
  if (route === undefined) return takeUnknown(inlet, connection, packet, next)
  if (!connection.socket.connected) return

  const last = packet[packet.length - 1]
  const ack = isAck(last) ? last : undefined
  const traceContext = takeTraceContext(route, packet, ack !== undefined)
  const exchange = exchangeOf(inlet, route, connection, ack, traceContext)
  const { watched } = exchange
  const sent = ack === undefined ? packet.length : packet.length - 1
  const excess = excessOf(route, packet, sent)
  if (excess !== undefined) return refuseExcess(exchange, excess)
  const end = enter(exchange, packet, sent)
  if (end === undefined) return

  if (inlet.duty.status === 'closing' && !goesOn(route, connection, packet)) return refuseClosing(exchange)
  if (!isValid(route, packet, end)) return refuseInput(exchange, packet.slice(1, end))
  if (route.stream !== undefined) return takeStream(exchange, route.stream, packet, end)
  if (route.handler !== undefined) return handle(exchange, route.handler, packet, end)
  if (!isHeard(connection, route.name)) return answerFailure(exchange, standardFailure('NOT_IMPLEMENTED'))
  if (!decode(exchange, packet, end)) return
  // A listener calls the ack that is declared, whether the client has asked for one or not.
  const { ack: declared } = route.entry
  if (ack !== undefined || declared !== undefined) packet[end] = listenerAckOf(exchange)
  if (watched === undefined) next()
  else watched.pass(next)
  if (declared !== undefined) return
  // It knows of no ack that is not declared. Socket.IO calls it in the next tick, too, but before that.
  if (ack === undefined) watched?.answered(undefined)
  else process.nextTick(succeed, exchange, undefined)
}

/** Says what is too much of the arguments. It stands before all that copies them, or descends into them. */
const excessOf = ({ maxArguments, exceeds }: Route, packet: readonly unknown[], end: number): Issue | undefined => {
  const count = end - 1
  if (count > maxArguments)
    return { path: `/${maxArguments}`, message: `Expected at most ${maxArguments} arguments, came ${count}` }
  const limit = exceeds?.(packet, 1, end)
  return limit === undefined ? undefined : { path: '', message: `Expected ${limit}` }
}

/** Makes the arguments in the packet ready to be checked, and returns where they end now; answers where that fails. */
const enter = (exchange: Exchange, packet: unknown[], end: number): number | undefined => {
  const { args } = exchange.route
  if (args.enter === undefined) return end
  // A value can be nested so deeply that it exhausts the stack, and a default can be a function.
  try {
    return replace(packet, end, args.enter(packet.slice(1, end)))
  } catch (error) {
    refuseUnread(exchange, error)
    return undefined
  }
}

/** Puts other arguments in the place of those in a packet. Returns where they end. */
const replace = (packet: unknown[], end: number, args: readonly unknown[]): number => {
  if (args.length === end - 1) for (let at = 0; at < args.length; at++) packet[at + 1] = args[at]
  else packet.splice(1, end - 1, ...args)
  return 1 + args.length
}

const isValid = (route: Route, packet: readonly unknown[], end: number): boolean => {
  // The check of a recursive schema descends as deep as the value does, and can exhaust the stack.
  try {
    return route.args.check(packet, 1, end)
  } catch {
    return false
  }
}

/** Decodes the arguments in the packet, as listeners are given them; answers, and returns `false`, where that fails. */
const decode = (exchange: Exchange, packet: unknown[], end: number): boolean => {
  const { args } = exchange.route
  try {
    if (args.decode !== undefined) replace(packet, end, args.decode(packet.slice(1, end)))
    return true
  } catch (error) {
    refuseUnread(exchange, error)
    return false
  }
}

const handle = (
  exchange: Exchange,
  handler: AnyHandler,
  packet: readonly unknown[],
  end: number,
): Promise<void> | void => {
  const { route, connection, inlet, watched } = exchange
  let input: unknown
  try {
    input = route.args.inputOf(packet, 1, end)
  } catch (error) {
    return refuseUnread(exchange, error)
  }
  const limit = inlet.timeout === undefined ? undefined : timeLimit()
  try {
    const { fail } = route.errors
    const call = new Call(connection, route.name, { input, fail, limit })
    const reply = watched === undefined ? handler(call) : watched.around(handler, error => codeOf(route, error))(call)
    if (isPromise(reply)) return later(exchange, reply, limit)
    succeed(exchange, reply)
  } catch (error) {
    failed(exchange, error)
  }
}

/** Answers when a promise has settled, or its time is over. */
const later = (exchange: Exchange, reply: PromiseLike<unknown>, limit: TimeLimit | undefined): Promise<void> => {
  const { duty, timeout } = exchange.inlet
  let isOver = false
  const timer = limit && setTimeout(() => (expire(limit), settle(() => expired(exchange))), timeout)
  const settle = (answer: () => void): void => {
    if (isOver) return
    isOver = true
    clearTimeout(timer)
    answer()
    callSettled(duty)
  }
  callStarted(duty)
  // Adopted, because a hand-made thenable can settle twice, or throw.
  return new Promise(adopt => adopt(reply)).then(
    value => settle(() => succeed(exchange, value)),
    (error: unknown) => settle(() => failed(exchange, error)),
  )
}
