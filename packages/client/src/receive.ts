import type { Incoming } from '@ackwire/core'
import type { Socket } from 'socket.io-client'
import { connectErrorOf, type ConnectError } from './connect-error.js'
import { internalsOf } from './socket-io-internals.js'

/** Socket.IO's ack function. */
export type Ack = (...answer: readonly unknown[]) => void

/** What the adapters number their packets with: the one in memory, Redis streams, MongoDB; that of a cluster with nothing. */
const OFFSET = /^([\w-]{7,}(\.\w+)?)?$/

/** Hears of an event; `read` gives its arguments, `ack` is there if the server wants an answer. */
export const receive = (
  socket: Socket,
  event: string,
  output: Incoming,
  hear: (read: () => readonly unknown[], ack: Ack | undefined) => void,
): (() => void) => {
  const heard = (...args: unknown[]): void => {
    // Socket.IO's, at the end.
    const ack = typeof args.at(-1) === 'function' ? (args.pop() as Ack) : undefined
    // With connection state recovery Socket.IO puts an offset behind the arguments of what is not answered.
    const { _pid: pid } = internalsOf(socket)
    const last = args.at(-1)
    const hasOffset = !ack && pid !== undefined && (last === null || (typeof last === 'string' && OFFSET.test(last)))
    const given = event === 'connect_error' ? [connectErrorOf(last as ConnectError)] : args
    hear(() => output.decode(given, hasOffset), ack)
  }
  socket.on(event, heard)
  return () => void socket.off(event, heard)
}

/** What awaits an event is given: its argument, several as a tuple. */
export const valueOf = (args: readonly unknown[]): unknown => (args.length > 1 ? args : args[0])
