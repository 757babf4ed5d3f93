import type { Outgoing } from '@ackwire/core'
import type { Socket } from 'socket.io-client'
import { limited, wait, type Limits } from './pending.js'

/** How long a call waits. */
export interface CallOptions {
  /** In milliseconds; 20,000 by default. */
  readonly ackTimeout?: number
  /** Socket.IO's option: how often it sends an event again that is not acknowledged. A call then waits for all attempts. */
  readonly retries?: number
}

/**
 * Sends what Socket.IO's `retries` must not queue, as it keeps all others waiting until it is answered. The function returned
 * takes it back, if it has not been sent yet.
 */
export const send = (
  socket: Socket,
  event: string,
  args: readonly unknown[],
  answered?: (lost: Error | null, reply: unknown) => void,
): (() => void) => {
  const buffered = socket.sendBuffer.length
  // A limit of its own, so that the ack is called with an error first, and on a disconnect, whatever the socket's options.
  socket.timeout(limited(Infinity))
  Object.assign(Reflect.get(socket, 'flags') as object, { fromQueue: true })
  socket.emit(event, ...args, ...(answered ? [answered] : []))
  return withdraw(socket, buffered)
}

/** Sends an event and waits for its answer. */
export const call = (
  socket: Socket,
  event: string,
  values: readonly unknown[],
  input: Outgoing,
  { ackTimeout, retries }: Required<CallOptions>,
  { timeout = ackTimeout * (1 + retries), signal }: Limits,
): Promise<unknown> =>
  wait(socket, event, { timeout, signal }, (answer, disconnect) => {
    const args = input.encode(values)
    const buffered = socket.sendBuffer.length
    // Socket.IO's own limit is that of one attempt. It forgets the ack, and calls back on a disconnect.
    const timed = socket.timeout(limited(Math.min(timeout, ackTimeout)))
    timed.emit(event, ...args, (lost: Error | null, reply: unknown) => {
      if (lost) disconnect()
      else answer(() => input.decode(reply))
    })
    return withdraw(socket, buffered)
  })

/** What has failed must not be sent by the next connection. */
const withdraw = (socket: Socket, buffered: number): (() => void) => {
  const packet = socket.sendBuffer[buffered]
  return () => {
    socket.sendBuffer = socket.sendBuffer.filter(other => other !== packet)
  }
}
