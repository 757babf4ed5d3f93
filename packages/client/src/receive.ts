import type { ClientOutput } from '@ackwire/core/declarations'
import type { Socket } from 'socket.io-client'
import { connectErrorOf, type ConnectError } from './connect-error.js'
import { internalsOf } from './socket-io-internals.js'

/** Socket.IO's ack function. */
export type Ack = (...answer: readonly unknown[]) => void

/** Listens to an event. `read` returns its decoded arguments, or throws; `ack` is defined if the server wants an answer. */
export const receive = (
  socket: Socket,
  event: string,
  output: ClientOutput,
  hear: (read: () => readonly unknown[], ack: Ack | undefined) => void,
): (() => void) => {
  const heard = (...args: unknown[]): void => {
    const [last] = args.slice(-1)
    // Socket.IO passes the ack last.
    const ack = typeof last === 'function' ? (args.pop() as Ack) : undefined
    // With connection state recovery Socket.IO adds an offset behind the arguments of events without an ack. Our servers end a
    // session's id with `.` if no packet has an offset, and with `+` if every packet without an ack has one, or `null`.
    const { _pid: pid } = internalsOf(socket)
    const mark = pid?.slice(-1) ?? '.'
    const hasOffset = mark !== '.' && (last === null || typeof last === 'string')
    const isCertain = mark === '+'
    if (hasOffset && isCertain) args.pop()
    const given = event === 'connect_error' ? [connectErrorOf(last as ConnectError)] : args
    // The offsets that adapters add to packets: in memory, Redis streams, MongoDB; the cluster adapter's is empty.
    const isOffset = hasOffset && !isCertain && /^([\w-]{7,}(\.\w+)?)?$/.test(last ?? '')
    hear(() => output.decode(given, isOffset), ack)
  }
  socket.on(event, heard)
  return () => void socket.off(event, heard)
}

/** Returns the value of an event: its argument, or a tuple of several. */
export const valueOf = (args: readonly unknown[]): unknown => (args.length > 1 ? args : args[0])
