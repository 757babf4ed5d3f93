import type { Outgoing } from '@ackwire/core'
import type { Socket } from 'socket.io-client'
import { internalsOf } from './socket-io-internals.js'
import type { Target } from './target.js'
import { limited, wait, type Limits } from './wait.js'

/** How long a call waits. */
export interface CallOptions {
  /** In milliseconds; 20,000 by default. */
  readonly ackTimeout?: number
  /** Socket.IO's option: how often it sends an event again that is not acknowledged. A call then waits for all attempts. */
  readonly retries?: number
}

/** Is called with an error where the connection was lost first. */
export type Answered = (lost: Error | null, reply: unknown) => void

/**
 * Sends an event, with a limit of its own for each attempt, so that `answered` behind the arguments is called with an error
 * first, and on a disconnect, whatever the socket's options. The function returned takes it back, if it has not been sent yet.
 */
const send = (socket: Socket, event: string, args: readonly unknown[], attempt: number): (() => void) => {
  const buffered = socket.sendBuffer.length
  socket.timeout(limited(attempt)).emit(event, ...args)
  const packet = socket.sendBuffer[buffered]
  return () => {
    // What has failed must not be sent by the next connection.
    socket.sendBuffer = socket.sendBuffer.filter(other => other !== packet)
  }
}

/** Sends what Socket.IO's `retries` must not queue, as it keeps all others waiting until it is answered. */
export const sendUnqueued = (socket: Socket, event: string, args: readonly unknown[]): (() => void) => {
  internalsOf(socket).flags.fromQueue = true
  return send(socket, event, args, Infinity)
}

/** Sends an event and waits for its answer, if it has one. */
export const call = (
  [socket, event, input]: Target<Outgoing>,
  { ackTimeout, retries, timeout = ackTimeout * (1 + retries), signal }: Required<CallOptions> & Limits,
  values: readonly unknown[],
): unknown =>
  input.isAnswered
    ? wait(socket, event, { timeout, signal }, (answer, disconnect) => {
        const answered: Answered = (lost, reply) => (lost ? disconnect() : answer(() => input.decode(reply)))
        // Socket.IO's own limit is that of one attempt. It forgets the ack, and calls back on a disconnect.
        return send(socket, event, [...input.encode(values), answered], Math.min(timeout, ackTimeout))
      })
    : void socket.emit(event, ...input.encode(values))
