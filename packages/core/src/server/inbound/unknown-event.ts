import { isOwnEvent } from '../../contract/names.js'
import { envelope } from '../../wire.js'
import { isAck, type Inbound } from './exchange.js'
import { isHeard } from './plain-listener.js'
import type { Connection } from '../connection.js'
import { standardFailure } from '../../codec/failure.js'

/**
 * Handles an event that the contract does not declare: passes it on, or answers it if `unknownEvents` says so, it has an ack
 * and no listener. Socket.IO's reserved events are dropped, since the socket's own listeners would trust them.
 */
export const handleUnknown = (
  { unknownEvents }: Pick<Inbound, 'unknownEvents'>,
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

/** The maximum length of an event's name, which a peer chose, in the answer. */
const LONGEST_NAME = 64
