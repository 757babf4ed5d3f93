import type { Socket } from 'socket.io'
import { EventError } from '../../wire.js'
import { terminate } from '../socket-io-internals.js'
import type { Reporter } from '../observe/error-handler.js'
import type { Patience } from './refusals.js'

/** Where a client was refused, and who is told of it. */
interface Place {
  readonly namespace: string
  readonly patience: Patience
  readonly reporter: Reporter
}

/** Counts a refusal that a client has caused. The client that causes them without end is disconnected. */
export const countRefusal = (place: Place, event: string, socket: Socket): void => {
  if (place.patience.of(socket).count()) cutOff(place, event, socket)
}

/** Ends the transport of a client that was refused too often, at once: what it has still to be told is not worth more reading. */
const cutOff = ({ namespace, patience, reporter }: Place, event: string, socket: Socket): void => {
  const error = new EventError('RATE_LIMITED', patience.limit, 'The client was disconnected: it was refused too often')
  reporter.tell({ error, phase: 'limit', event, namespace, socket })
  const { conn } = socket
  const { transport } = conn
  conn.close(true)
  terminate(transport)
}
