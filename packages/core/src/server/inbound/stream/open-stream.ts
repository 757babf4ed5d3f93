import { standardFailure } from '../../../codec/failure.js'
import { codeOf, replyFailure, replyValue } from '../reply.js'
import type { Exchange } from '../exchange.js'
import { rejectLimited, rejectUnreadable } from '../reject.js'
import { Call } from '../call.js'
import type { Connection } from '../../connection.js'
import { isReading, type Route, type StreamPart } from '../route.js'
import { readCursor } from '../../../codec/cursor.js'
import type { Reader } from '../../stream-handles.js'
import { Stream } from './stream.js'

/**
 * Takes a packet of a stream that has passed the checks: `packet` has the arguments from 1 up to, but not including, `end`.
 * Returns, for a packet that opens a stream, a promise that resolves when the handler has settled.
 */
export const handleStream = (
  exchange: Exchange,
  part: StreamPart,
  packet: readonly unknown[],
  end: number,
): Promise<void> | void => {
  const { connection, ack } = exchange
  if (part.verb === 'open' || part.verb === 'resume') return openStream(exchange, part, packet, end)
  const [, page] = readCursor(packet[1])
  const stream = streamIn(connection, packet)
  if (part.verb === 'stop') {
    stream?.stop()
    replyValue(exchange, undefined)
  } else if (stream?.pull(page, ack) !== true) replyFailure(exchange, standardFailure('DISCONNECTED'))
}

/**
 * Tells whether a packet is a step that the reader of an open stream has to take: it is a part of the call that has opened it, so
 * that no rate counts it. Anything else that is done with a stream is a call of its own.
 */
export const isDueRead = ({ stream }: Route, connection: Connection, packet: readonly unknown[]): boolean => {
  if (stream?.verb !== 'next' && stream?.verb !== 'stop') return false
  const step = stream.verb === 'stop' ? 'stop' : readCursor(packet[1])[1]
  return streamIn(connection, packet)?.claim(step) === true
}

/** Tells whether a packet reads or ends an open stream: a server that closes, or has closed, does not take it for a new call. */
export const continuesStream = (
  route: Route | undefined,
  connection: Connection,
  packet: readonly unknown[],
): boolean => route !== undefined && isReading(route) && streamIn(connection, packet) !== undefined

const streamIn = ({ streams }: Connection, packet: readonly unknown[]): Reader | undefined =>
  streams?.get(readCursor(packet[1])[0])

const openStream = (
  exchange: Exchange,
  part: StreamPart,
  packet: readonly unknown[],
  end: number,
): Promise<void> | void => {
  const { connection, inbound, ack, observation } = exchange
  const { verb, items, opener = exchange.route } = part
  const { handler, name } = opener
  if (handler === undefined) return replyFailure(exchange, standardFailure('NOT_IMPLEMENTED'))
  // Without an ack no page could be sent.
  if (ack === undefined) return
  if (inbound.streamMemories.of(connection.socket).openStreams(inbound.namespace) >= inbound.maxStreams)
    return rejectLimited(exchange, { code: 'OVERLOADED', retryAfterMs: RETRY_AFTER_MS })
  const first = verb === 'resume' ? 2 : 1
  let input: unknown
  try {
    input = opener.args.inputOf(packet, first, end)
  } catch (error) {
    return rejectUnreadable(exchange, error)
  }
  const stream = new Stream({ ...exchange, route: opener }, items, verb === 'resume' ? String(packet[1]) : undefined)
  const call = new Call(connection, name, { input, fail: opener.errors.fail, sink: stream })
  return stream.start(() =>
    observation === undefined ? handler(call) : observation.handle(handler, call, error => codeOf(opener, error)),
  )
}

/** A guess: nobody knows when a client will end one of its streams. */
const RETRY_AFTER_MS = 1_000
