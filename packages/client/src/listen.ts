import type { Incoming } from '@ackwire/core'
import { envelope, type Failure } from '@ackwire/core/wire'
import type { Socket } from 'socket.io-client'
import { wait, type Limits } from './pending.js'
import { receive, valueOf } from './receive.js'

type ErrorListener = (error: unknown, event: string) => void

/** Whom a client tells of errors. */
export interface ListenOptions {
  /**
   * Is told what nobody awaits: what a listener threw that was to answer, and, where the contract is given, an output that
   * does not match it (`INVALID_OUTPUT`), which no listener sees. The console by default.
   */
  readonly onError?: ErrorListener
}

type Listener = (...args: readonly unknown[]) => unknown

/** Listens to an event, and answers it with what the listener returns. The function returned removes the listener. */
export const listen = (
  socket: Socket,
  event: string,
  listener: Listener,
  output: Incoming,
  onError: ErrorListener,
): (() => void) => {
  const failed = (error: unknown): Failure => {
    onError(error, event)
    return { code: 'INTERNAL', message: 'Internal error' }
  }
  return receive(socket, event, output, (read, ack) => {
    let args: readonly unknown[]
    try {
      args = read()
    } catch (error) {
      const failure = failed(error)
      return ack?.(envelope(failure))
    }
    if (ack === undefined) return void listener(...args)
    new Promise(resolve => resolve(listener(...args)))
      .then(reply => output.encode(reply))
      .then(reply => (reply === undefined ? ack() : ack(reply)))
      .catch((error: unknown) => ack(envelope(output.failureOf(error) ?? failed(error))))
  })
}

/** Awaits one event: its argument, several as a tuple. */
export const nextOf = (socket: Socket, event: string, output: Incoming, limits: Limits): Promise<unknown> =>
  wait(socket, event, limits, answer => receive(socket, event, output, read => answer(() => valueOf(read()))))
