import { messageOf } from '../../codes.js'
import { EventError } from '../../wire.js'
import { expectLocalAnswers } from '../socket-io-internals.js'
import type { Broadcaster } from './broadcaster.js'
import type { Socket } from 'socket.io'
import type { Replies } from '../../codec/replies.js'
import type { Outbound, Recipient } from './emitters.js'

/** Tells those who wait for a socket's answer that it has left. */
export interface Departure {
  /** Registers a listener; returns `false` if the socket has left already, so that the listener is never called. */
  add(listener: () => void): boolean
  /** Removes a listener. */
  delete(listener: () => void): void
}

/** The recipient for one socket. Its answer is a single value; `ask` rejects as soon as the socket disconnects. */
export class OneSocket implements Recipient {
  readonly socket: Socket
  readonly #outbound: Outbound
  readonly #departure: Departure

  constructor(socket: Socket, outbound: Outbound, departure: Departure) {
    this.socket = socket
    this.#outbound = outbound
    this.#departure = departure
  }

  send(event: string, args: readonly unknown[]): void {
    // Socket.IO would still write the packet to the transport, which other namespaces may share.
    if (this.socket.connected) this.socket.emit(event, ...args)
  }

  ask(event: string, args: readonly unknown[], replies: Replies): Promise<unknown> {
    const { socket } = this
    const { ackTimeout, tell } = this.#outbound
    const departure = this.#departure
    return new Promise((resolve, reject) => {
      const rejectDisconnected = (): void =>
        reject(new EventError('DISCONNECTED', undefined, messageOf('DISCONNECTED')))
      if (!departure.add(rejectDisconnected)) return rejectDisconnected()
      const ack = (late: Error | null, ...answer: readonly unknown[]): void => {
        departure.delete(rejectDisconnected)
        try {
          if (late !== null) throw new EventError('TIMEOUT', undefined, messageOf('TIMEOUT'))
          resolve(replies.one(answer, error => tell(event, error, socket)))
        } catch (error) {
          reject(error)
        }
      }
      try {
        socket.timeout(ackTimeout).emit(event, ...args, ack)
      } catch (error) {
        // An argument can't be serialized.
        departure.delete(rejectDisconnected)
        reject(error)
      }
    })
  }
}

/** The recipient for many sockets. Their answers are an array, in the order of arrival. */
export class ManySockets implements Recipient {
  readonly #broadcaster: Broadcaster
  readonly #outbound: Outbound

  constructor(broadcaster: Broadcaster, outbound: Outbound) {
    this.#broadcaster = broadcaster
    this.#outbound = outbound
  }

  send(event: string, args: readonly unknown[]): void {
    this.#broadcaster.emit(event, ...args)
  }

  ask(event: string, args: readonly unknown[], replies: Replies): Promise<unknown> {
    const { ackTimeout, canAsk, tell } = this.#outbound
    return new Promise((resolve, reject) => {
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
      const asked = this.#broadcaster.timeout(ackTimeout)
      expectLocalAnswers(asked)
      asked.emit(event, ...args, (late: Error | null, answers: unknown[]) => {
        try {
          resolve(replies.all(answers, late === null, error => tell(event, error)))
        } catch (error) {
          reject(error)
        }
      })
    })
  }
}
