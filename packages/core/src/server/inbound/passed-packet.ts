import { standardFailure } from '../../codec/failure.js'
import type { ContinuePacket } from '../connection.js'
import type { Exchange } from './exchange.js'
import { callListeners, isHeard, withdrawAck } from './plain-listener.js'
import { replyFailure } from './reply.js'

/**
 * Returns the function that continues with a packet of a declared event behind the middleware that the application has added
 * later. `received` is the packet as the client sent it; its listeners would get it as it is now.
 */
export const continuePacket = (exchange: Exchange, packet: unknown[], received: readonly unknown[]): ContinuePacket => {
  const given = [...packet]
  return next => {
    const { route, connection } = exchange
    const isRenamed = route.name !== packet[0]
    if (!isRenamed && isHeard(connection, route.name)) callListeners(exchange, next)
    else {
      withdrawAck(given.at(-1))
      if (isRenamed) restore(packet, { given, received, ack: exchange.ack })
      else replyFailure(exchange, standardFailure('NOT_IMPLEMENTED'))
    }
    return !isRenamed
  }
}

/** The arguments of a packet, behind its name. */
interface Arguments {
  readonly given: readonly unknown[]
  readonly received: readonly unknown[]
  readonly ack: unknown
}

/** Takes back what was done to a packet for the listeners of its old name. */
const restore = (packet: unknown[], { given, received, ack }: Arguments): void => {
  if (packet.length === given.length && packet.every((value, at) => at === 0 || value === given[at])) {
    packet.length = received.length
    for (let at = 1; at < received.length; at++) packet[at] = received[at]
  } else if (packet.at(-1) === given.at(-1) && given.at(-1) !== received.at(-1)) {
    packet.pop()
    if (ack !== undefined) packet.push(ack)
  }
}
