import type { Socket } from 'socket.io'
import { messageOf } from '../../codes.js'
import { envelope } from '../../wire.js'
import type { Serialization } from '../serialization.js'
import { hookAnswers } from '../socket-io-internals.js'
import { DEEPEST_IN_MSGPACK } from './wire-form.js'

/**
 * Bounds what a client answers to an emit of another node: the adapter encodes it before that node can measure it, and one that
 * writes msgpack throws for what is nested too deeply, where nobody catches it.
 */
export const boundAnswers = (socket: Socket, { isCarried }: Serialization): void => {
  if (!isCarried) return
  hookAnswers(socket, answers =>
    answers.every(answer => isCarriable(answer, DEEPEST_IN_MSGPACK))
      ? answers
      : [envelope({ code: 'INVALID_REPLY', message: messageOf('INVALID_REPLY') })],
  )
}

/** Returns whether an adapter can carry a value, with the levels that it may still have. */
const isCarriable = (value: unknown, levels: number): boolean => {
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return true
  // Decoders of msgpack throw for this key.
  if (levels === 0 || Object.hasOwn(value, '__proto__')) return false
  return Object.values(value).every(part => isCarriable(part, levels - 1))
}
