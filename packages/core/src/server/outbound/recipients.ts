import { messageOf } from '../../codes.js'
import { EventError } from '../../wire.js'
import { expectLocalAnswers } from '../socket-io-internals.js'
import type { Broadcaster } from './broadcaster.js'
import type { Socket } from 'socket.io'
import type { Outbound, Recipient } from './emitters.js'

/** A socket, and the signal that is aborted when it disconnects. */
interface SocketRecipient {
  readonly socket: Socket
  readonly outbound: Outbound
  readonly signal: () => AbortSignal
}

/** Returns the recipient for one socket. Its answer is a single value; `ask` rejects as soon as the socket disconnects. */
export const oneSocket = ({ socket, outbound, signal }: SocketRecipient): Recipient => ({
  socket,
  send(event, args) {
    // Socket.IO would still write the packet to the transport, which other namespaces may share.
    if (socket.connected) socket.emit(event, ...args)
  },
  ask: (event, args, replies) =>
    new Promise((resolve, reject) => {
      const left = signal()
      const rejectDisconnected = (): void =>
        reject(new EventError('DISCONNECTED', undefined, messageOf('DISCONNECTED')))
      if (left.aborted) return rejectDisconnected()
      left.addEventListener('abort', rejectDisconnected, { once: true })
      const settle = (take: () => unknown): void => {
        left.removeEventListener('abort', rejectDisconnected)
        try {
          resolve(take())
        } catch (error) {
          reject(error)
        }
      }
      const ack = (late: Error | null, ...answer: readonly unknown[]): void =>
        settle(() => {
          if (late !== null) throw new EventError('TIMEOUT', undefined, messageOf('TIMEOUT'))
          return replies.one(answer, error => outbound.tell(event, error, socket))
        })
      try {
        socket.timeout(outbound.ackTimeout).emit(event, ...args, ack)
      } catch (error) {
        // An argument can't be serialized.
        left.removeEventListener('abort', rejectDisconnected)
        reject(error)
      }
    }),
})

/** Returns the recipient for many sockets. Their answers are an array, in the order of arrival. */
export const manySockets = (broadcaster: Broadcaster, { ackTimeout, canAsk, tell }: Outbound): Recipient => ({
  send(event, args) {
    broadcaster.emit(event, ...args)
  },
  ask: (event, args, replies) =>
    new Promise((resolve, reject) => {
      if (!canAsk) {
        throw new TypeError(
          `ackwire: emit.${event}: the replies of all namespaces of a pattern can't be collected; choose one with of(name, params)`,
        )
      }
      if (replies.isValueSecond) {
        throw new TypeError(
          `ackwire: emit.${event}: of each answer to several sockets Socket.IO keeps the first argument only, and this event's value is the second; emit to each socket`,
        )
      }
      const asked = broadcaster.timeout(ackTimeout)
      expectLocalAnswers(asked)
      asked.emit(event, ...args, (late: Error | null, answers: unknown[]) => {
        try {
          resolve(replies.all(answers, late === null, error => tell(event, error)))
        } catch (error) {
          reject(error)
        }
      })
    }),
})
