import { types } from 'node:util'
import type { Issue } from '../../wire.js'
import { codeOf, replyFailure, replyThrown, replyTimeout, replyValue } from './reply.js'
import { exchangeOf, isAck, observe, takeTraceContext, type Exchange, type Inbound } from './exchange.js'
import { Call, createTimeLimit, expire, type TimeLimit } from './call.js'
import type { Connection } from '../connection.js'
import { callSettled, callStarted } from '../shutdown.js'
import { standardFailure } from '../../codec/failure.js'
import { isPromise } from '../../thenable.js'
import { rejectAck, rejectClosing, rejectExcess, rejectInput, rejectUnreadable } from './reject.js'
import type { AnyHandler, Route } from './route.js'
import { continuePacket } from './passed-packet.js'
import { callListeners, isHeard, listenerAckOf } from './plain-listener.js'
import { handleUnknown } from './unknown-event.js'
import { continuesStream, handleStream } from './stream/open-stream.js'

/**
 * Dispatches one packet, `[event, ...arguments, ack?]`, as Socket.IO's socket middleware gets it. A handled event ends here, in
 * the same tick; what the contract does not name goes on to the application's own listeners by `next`, untouched. Nothing
 * that a handler throws leaves this function. What it returns resolves when an asynchronous handler has settled, even if
 * it was answered for before.
 */
export const dispatch = (
  inbound: Inbound,
  connection: Connection,
  packet: unknown[],
  next: () => void,
): Promise<void> | void => {
  const name = packet[0]
  const route = typeof name === 'string' ? inbound.routes.get(name) : undefined
  const { passed } = connection
  // Middleware of the application that follows may still answer or rename what is passed on.
  const received = passed === undefined || passed.has(packet) ? undefined : [...packet]
  if (inbound.serverState.status === 'detached' && !continuesStream(route, connection, packet)) return next()
  if (route === undefined) {
    if (received === undefined) return handleUnknown(inbound, connection, packet, next)
    passed?.set(packet, () => false)
    return handleUnknown({ ...inbound, unknownEvents: 'pass' }, connection, packet, next)
  }
  if (!connection.socket.connected) return

  const last = packet[packet.length - 1]
  const ack = isAck(last) ? last : undefined
  const traceContext = takeTraceContext(route, packet, ack !== undefined)
  const exchange = exchangeOf(inbound, route, connection, ack)
  observe(exchange, traceContext)
  const problem = ackProblemOf(inbound, route, ack !== undefined)
  if (problem !== undefined) return rejectAck(exchange, problem)
  const sent = ack === undefined ? packet.length : packet.length - 1
  const excess = excessOf(route, packet, sent)
  if (excess !== undefined) return rejectExcess(exchange, excess)
  const end = prepare(exchange, packet, sent)
  if (end === undefined) return

  if (inbound.serverState.status === 'closing' && !continuesStream(route, connection, packet))
    return rejectClosing(exchange)
  if (!isValid(route, packet, end)) return rejectInput(exchange, packet.slice(1, end))
  if (route.stream !== undefined) return handleStream(exchange, route.stream, packet, end)
  if (route.handler !== undefined) return handle(exchange, route.handler, packet, end)
  if (received === undefined && !isHeard(connection, route.name))
    return replyFailure(exchange, standardFailure('NOT_IMPLEMENTED'))
  if (!decode(exchange, packet, end)) return
  // A listener of an event with a declared ack gets one even if the client has not asked for an answer.
  const { ack: declared } = route.entry
  if (ack !== undefined || declared !== undefined) packet[end] = listenerAckOf(exchange)
  if (received === undefined) return callListeners(exchange, next)
  passed?.set(packet, continuePacket(exchange, packet, received))
  next()
}

/** Returns an issue if the client has requested no ack where one is required, or one where none is declared and those are refused. */
const ackProblemOf = (
  { undeclaredAcks }: Inbound,
  { entry, stream }: Route,
  isRequested: boolean,
): Issue | undefined => {
  if (!isRequested) return entry.ack?.isRequired === true ? NO_ACK : undefined
  const isUndeclared = entry.ack === undefined && stream === undefined
  return isUndeclared && undeclaredAcks === 'refuse' ? UNDECLARED_ACK : undefined
}

const NO_ACK: Issue = { path: '', message: 'Expected an ack, got none' }
const UNDECLARED_ACK: Issue = { path: '', message: 'Expected no ack, since the event has none' }

/** Returns an issue if there are too many arguments or they nest too deeply. Nothing copies them, or descends into them, before that. */
const excessOf = ({ maxArguments, exceeds }: Route, packet: readonly unknown[], end: number): Issue | undefined => {
  const count = end - 1
  if (count > maxArguments)
    return { path: `/${maxArguments}`, message: `Expected at most ${maxArguments} arguments, got ${count}` }
  const limit = exceeds?.(packet, 1, end)
  return limit === undefined ? undefined : { path: '', message: `Expected ${limit}` }
}

/** Fills in defaults, so that the arguments can be checked; returns where they end now, or rejects the call and returns `undefined`. */
const prepare = (exchange: Exchange, packet: unknown[], end: number): number | undefined => {
  const { args } = exchange.route
  if (args.prepare === undefined) return end
  // A deeply nested value can exhaust the stack, and a default can be a function that throws.
  try {
    return replace(packet, end, args.prepare(packet.slice(1, end)))
  } catch (error) {
    rejectUnreadable(exchange, error)
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
  // A recursive schema is checked as deeply as the value is nested, which can exhaust the stack.
  try {
    return route.args.check(packet, 1, end)
  } catch {
    return false
  }
}

/** Decodes the arguments in the packet for listeners; rejects the call and returns `false` where that fails. */
const decode = (exchange: Exchange, packet: unknown[], end: number): boolean => {
  const { args } = exchange.route
  try {
    if (args.decode !== undefined) replace(packet, end, args.decode(packet.slice(1, end)))
    return true
  } catch (error) {
    rejectUnreadable(exchange, error)
    return false
  }
}

const handle = (
  exchange: Exchange,
  handler: AnyHandler,
  packet: readonly unknown[],
  end: number,
): Promise<void> | void => {
  const { route, connection, inbound, observation } = exchange
  let input: unknown
  try {
    input = route.args.inputOf(packet, 1, end)
  } catch (error) {
    return rejectUnreadable(exchange, error)
  }
  const limit = inbound.timeout === undefined ? undefined : createTimeLimit()
  try {
    const { fail } = route.errors
    const call = new Call(connection, route.name, { input, fail, limit })
    const reply =
      observation === undefined ? handler(call) : observation.handle(handler, call, error => codeOf(route, error))
    if (isPromise(reply)) return replyLater(exchange, reply, limit)
    replyValue(exchange, reply)
  } catch (error) {
    replyThrown(exchange, error)
  }
}

/** Answers when a promise has settled, or its time is over. */
const replyLater = (exchange: Exchange, reply: PromiseLike<unknown>, limit: TimeLimit | undefined): Promise<void> => {
  const { serverState, timeout } = exchange.inbound
  // Converted to a promise, because other thenables can settle twice, or throw.
  const promise = isOwnPromise(reply) ? reply : new Promise(adopt => adopt(reply))
  let isOver = false
  const timer = limit && setTimeout(() => (expire(limit), settle(() => replyTimeout(exchange))), timeout)
  const settle = (answer: () => void): void => {
    if (isOver) return
    isOver = true
    clearTimeout(timer)
    answer()
    callSettled(serverState)
  }
  callStarted(serverState)
  return promise.then(
    value => settle(() => replyValue(exchange, value)),
    (error: unknown) => settle(() => replyThrown(exchange, error)),
  )
}

/** Tells whether a thenable is a promise as the language makes it, which settles once. */
const isOwnPromise = (value: PromiseLike<unknown>): value is Promise<unknown> =>
  types.isPromise(value) && value.constructor === Promise && value.then === Promise.prototype.then
