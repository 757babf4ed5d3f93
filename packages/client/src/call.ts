// oxlint-disable no-underscore-dangle -- to copy the queue into a variable, and back, would add bytes to every page
import type { ClientInput } from '@ackwire/core/declarations'
import type { Socket } from 'socket.io-client'
import { internalsOf } from './socket-io-internals.js'
import type { Target } from './target.js'
import { limited, wait, type Limits } from './wait.js'

/** Options for the time that calls wait. */
export interface CallOptions {
  /**
   * The maximum time to wait for an answer, in milliseconds; with `retries`, for that of each attempt. `timeout` replaces it for
   * single calls.
   *
   * @default 20_000
   */
  readonly ackTimeout?: number
  /**
   * The number of times that an unacknowledged event is sent again, as in Socket.IO; a call waits for all attempts.
   *
   * @default 0
   */
  readonly retries?: number
  /**
   * The form of the acks, for a client that has only the contract's type: that of the router's option `acks`. With
   * `error-first`, the first argument of each ack is an error, and the second one the value.
   *
   * @default the first argument is the value
   */
  readonly acks?: 'error-first' | undefined
}

/** Options of how a client writes to its connection. */
export interface WriteOptions {
  /**
   * On Node, writes the packets that a websocket connection sends in one tick by two system calls instead of one each, for all
   * clients that share the connection. What is sent, its order and its time stay the same; only CPU time is saved. Elsewhere, this
   * has no effect.
   *
   * @default true
   */
  readonly coalesceWrites?: boolean
}

/**
 * Sends an event with its own timeout for each attempt, so that Socket.IO calls its ack with an error first, and on a
 * disconnect, whatever the options of the socket. The returned function withdraws the event if it has not been sent yet, and drops
 * its ack and the timer of that if it is withdrawn, or if `drops` says so.
 */
const send = (
  socket: Socket,
  event: string,
  args: readonly unknown[],
  attempt: number,
  drops: unknown,
): (() => void) => {
  const id = internalsOf(socket).ids
  socket.timeout(limited(attempt)).emit(event, ...args)
  return () => {
    // A failed event must not be sent by the next connection.
    socket.sendBuffer = socket.sendBuffer.filter(packet => packet.id !== id || !(drops = 1))
    if (drops) internalsOf(socket).onack({ id, data: [] })
  }
}

/** Sends an event outside the queue of Socket.IO's `retries`, where it would block all others until it is answered. */
export const sendUnqueued = (
  socket: Socket,
  event: string,
  args: readonly unknown[],
  drops?: unknown,
): (() => void) => {
  internalsOf(socket).flags.fromQueue = true
  return send(socket, event, args, Infinity, drops)
}

/** Sends an event. If it has an ack, returns a promise of the answer. */
export const call = (
  [socket, event, input]: Target<ClientInput>,
  { ackTimeout, retries, timeout = ackTimeout, signals }: Required<Omit<CallOptions, 'acks'>> & Limits,
  values: readonly unknown[],
): unknown =>
  input.isAnswered
    ? wait(socket, event, { timeout: timeout * (1 + retries), signals }, (answer, disconnect) => {
        // Socket.IO's timeout is that of one attempt. It drops the ack, and calls back on a disconnect.
        const end = send(
          socket,
          event,
          [
            ...input.encode(values),
            (lost: Error | null, ...reply: readonly unknown[]) =>
              lost ? disconnect() : answer(() => input.decode(...reply)),
          ],
          timeout,
          internalsOf(socket)._queue,
        )
        // With retries, Socket.IO's queue sends the event once those in front are answered. The minified build has other names.
        const queued = internalsOf(socket)._queue?.slice(-1)[0]
        return queued && !queued.pending
          ? () => {
              queued.tryCount = Infinity
              internalsOf(socket)._queue = internalsOf(socket)._queue?.filter(
                packet => packet.pending || packet !== queued,
              )
            }
          : end
      })
    : void socket.emit(event, ...input.encode(values))
