import { isOwnEvent } from '../../contract/names.js'
import { envelope } from '../../wire.js'
import { isAck, type Inbound } from './exchange.js'
import { isHeard } from './plain-listener.js'
import type { Connection } from '../connection.js'
import { standardFailure } from '../../codec/failure.js'

/**
 * Lets an event pass that the contract does not name, or answers it if `unknownEvents` says so, an answer is asked for and nobody
 * else would give one. What a socket tells its own listeners ends here, as they would take a peer's word for it.
 */
export const handleUnknown = (
  { unknownEvents }: Inbound,
  connection: Connection,
  packet: readonly unknown[],
  next: () => void,
): void => {
  const name = packet[0]
  if (isOwnEvent(name)) return
  const ack = packet.at(-1)
  if (unknownEvents === 'pass' || typeof name !== 'string' || !isAck(ack) || isHeard(connection, name)) return next()
  const { code, message } = standardFailure('UNKNOWN_EVENT')
  if (connection.socket.connected) ack(envelope({ code, message: `${message}: ${name.slice(0, LONGEST_NAME)}` }))
}

/** The most characters of an event's name, which a peer chose, that are sent back. */
const LONGEST_NAME = 64
