import {
  answerFailure,
  failed,
  refuseInput,
  pass,
  refuseUnread,
  succeed,
  type Ack,
  type Exchange,
  type Inlet,
} from './answer.js'
import { Call } from './call.js'
import type { Connection } from './connection.js'
import { standardFailure } from './failure.js'
import type { AnyHandler, Route } from './route.js'

/**
 * Takes one packet, `[event, ...arguments, ack?]`, as Socket.IO's socket middleware sees it. A handled event ends here, in
 * the same tick; what the contract does not name goes on to the application's own listeners by `next`, untouched. Nothing
 * that a handler throws leaves this function.
 */
export const dispatch = (inlet: Inlet, connection: Connection, packet: unknown[], next: () => void): void => {
  const name = packet[0]
  const route = typeof name === 'string' ? inlet.routes.get(name) : undefined
  if (route === undefined) return next()
  if (!connection.socket.connected) return

  const last = packet[packet.length - 1]
  const ack = isAck(last) ? last : undefined
  const exchange: Exchange = { inlet, route, connection, ack }
  const end = enter(exchange, packet, ack === undefined ? packet.length : packet.length - 1)
  if (end === undefined) return

  if (!isValid(route, packet, end)) return refuseInput(exchange, packet.slice(1, end))
  if (route.handler !== undefined) return handle(exchange, route.handler, packet, end)
  if (connection.socket.listenerCount(route.name) === 0)
    return answerFailure(exchange, standardFailure('NOT_IMPLEMENTED'))
  if (ack !== undefined) packet[end] = (reply: unknown) => pass(exchange, reply)
  next()
}

// Neither parser can carry a function, so this one is Socket.IO's.
const isAck = (value: unknown): value is Ack => typeof value === 'function'

/** Makes the arguments in the packet ready to be checked, and returns where they end now; answers where that fails. */
const enter = (exchange: Exchange, packet: unknown[], end: number): number | undefined => {
  const { args } = exchange.route
  if (args.enter === undefined) return end
  // A value can be nested so deeply that it exhausts the stack, and a default can be a function.
  try {
    const entered = args.enter(packet.slice(1, end))
    packet.splice(1, end - 1, ...entered)
    return 1 + entered.length
  } catch (error) {
    refuseUnread(exchange, error)
    return undefined
  }
}

const isValid = (route: Route, packet: readonly unknown[], end: number): boolean => {
  // The check of a recursive schema descends as deep as the value does, and can exhaust the stack.
  try {
    return route.args.check(packet, 1, end)
  } catch {
    return false
  }
}

const handle = (exchange: Exchange, handler: AnyHandler, packet: readonly unknown[], end: number): void => {
  const { route, connection } = exchange
  let input: unknown
  try {
    input = route.args.inputOf(packet, 1, end)
  } catch (error) {
    return refuseUnread(exchange, error)
  }
  try {
    const reply = handler(new Call(connection, route.name, input, route.errors.fail))
    if (!isPromise(reply)) return succeed(exchange, reply)
    // Promise.resolve also settles a hand-made thenable no more than once.
    Promise.resolve(reply).then(
      value => succeed(exchange, value),
      (error: unknown) => failed(exchange, error),
    )
  } catch (error) {
    failed(exchange, error)
  }
}

const isPromise = (value: unknown): value is PromiseLike<unknown> =>
  typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function'
