import type { Socket } from 'socket.io'
import { kindOf } from '../../definition-error.js'
import { isOwnEvent } from '../../contract/names.js'
import { envelope, EventError } from '../../wire.js'
import { isAck, type Inbound } from './exchange.js'
import { isHeard } from './plain-listener.js'
import type { Connection } from '../connection.js'
import { standardFailure } from '../../codec/failure.js'
import { countRefusal } from '../limits/refusals.js'

/**
 * Handles an event that the contract does not declare: passes it on, or answers it if `unknownEvents` says so, it has an ack
 * and no listener. Socket.IO's reserved events are dropped, since the socket's own listeners would trust them.
 */
export const handleUnknown = (
  inbound: Inbound,
  connection: Connection,
  packet: readonly unknown[],
  next: () => void,
): void => {
  const { unknownEvents } = inbound
  const name = packet[0]
  if (unknownEvents === 'refuse') return refuseUnknown(inbound, connection, packet, next)
  if (isOwnEvent(name)) return
  const ack = packet.at(-1)
  if (unknownEvents === 'pass' || typeof name !== 'string' || !isAck(ack) || isHeard(connection, name)) return next()
  answerUnknown(connection, packet, messageFor(name))
}

/** Refuses an event unless the application listens to its name. Listeners of any event have had it before. */
const refuseUnknown = (
  inbound: Inbound,
  connection: Connection,
  packet: readonly unknown[],
  next: () => void,
): void => {
  const { socket } = connection
  const [given] = packet
  // A parser can let any value pass, and Socket.IO looks listeners up by what it is as a string.
  const isName = typeof given === 'string' || typeof given === 'number'
  const name = isName ? String(given) : kindOf(given)
  // Every socket has a listener of `error`, for errors.
  const isOwn = isOwnEvent(name) || name === 'error'
  if (isName && !isOwn && socket.listenerCount(name) > 0) return next()
  if (!socket.connected) return
  const message = messageFor(name)
  const event = name.slice(0, LONGEST_NAME)
  answerUnknown(connection, packet, message)
  if (isFirst(socket, `${inbound.namespace} ${event}`)) {
    const error = new EventError('UNKNOWN_EVENT', undefined, message)
    inbound.reporter.tell({ error, phase: 'unknown', event, namespace: inbound.namespace, socket })
  }
  countRefusal(inbound, event, socket)
}

const messageFor = (name: string): string =>
  `${standardFailure('UNKNOWN_EVENT').message}: ${name.slice(0, LONGEST_NAME)}`

const answerUnknown = ({ socket }: Connection, packet: readonly unknown[], message: string): void => {
  const ack = packet.at(-1)
  if (isAck(ack) && socket.connected) ack(envelope({ code: 'UNKNOWN_EVENT', message }))
}

/** The names that were reported for each transport, which a client keeps when it leaves a namespace and joins it again. */
const reported = new WeakMap<Socket['conn'], Set<string>>()

/** Tells whether a name is to be reported: it has not been before, nor have too many others. */
const isFirst = ({ conn }: Socket, name: string): boolean => {
  const names = reported.get(conn) ?? new Set<string>()
  reported.set(conn, names)
  if (names.size >= MOST_NAMES || names.has(name)) return false
  names.add(name)
  return true
}

/** The maximum number of names that are reported for a connection: clients choose them, and could fill memory and logs. */
const MOST_NAMES = 100

/** The maximum length of an event's name, which a peer chose, in the answer and in reports. */
const LONGEST_NAME = 64
