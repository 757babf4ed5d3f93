import { EventEmitter } from 'node:events'
import * as standard from 'socket.io-parser'
import { kindOf } from '../definition-error.js'
import { isOwnEvent } from '../contract/names.js'
import { capsOf, exceedsOf, LONGEST_NAMESPACE, assertCap, type Caps } from './validation/caps.js'

/** A packet of Socket.IO, of any parser. */
interface Packet {
  readonly type: number
  /** The name of its namespace. */
  readonly nsp?: unknown
  readonly data?: unknown
}

/** Decodes the data of one connection into packets. */
interface Decoder {
  add(chunk: unknown): void
  destroy(): void
  on(event: 'decoded', listener: (packet: Packet) => void): unknown
}

/** A parser for the option `parser` of a Socket.IO server or client. */
export interface Parser {
  /** The class that encodes packets into the data to send. */
  readonly Encoder: new () => object
  /** The class that decodes received data into packets. */
  readonly Decoder: new () => Decoder
}

/** Settings of a guarded parser. */
export interface GuardOptions extends Caps {
  /**
   * The parser to guard, such as `socket.io-msgpack-parser`.
   *
   * @default Socket.IO's own parser
   */
  readonly parser?: Parser
  /**
   * The maximum length of an event's name, in UTF-16 code units.
   *
   * @default 256
   */
  readonly maxNameLength?: number
  /**
   * The maximum length of the name of a packet's namespace, in UTF-16 code units. Clients of Socket.IO 2 (`allowEIO3`) send
   * the query of a namespace as part of its name.
   *
   * @default 256
   */
  readonly maxNamespaceLength?: number
}

/**
 * Wraps a parser so that a malformed or oversized packet closes its connection: an event, an ack or an `auth` payload that
 * is too large, an event whose name is not a string, too long or reserved by Socket.IO, or a namespace whose name is not a
 * string or too long. No middleware, catch-all listener or ack gets the packet. A socket of the connection emits `error` with
 * the reason.
 *
 * @throws TypeError for an invalid parser or cap.
 * @example
 * const io = new Server(http, { parser: guard({ maxDepth: 32 }) })
 */
export const guard = (options: GuardOptions = {}): Parser => {
  const { parser = standard, maxNameLength = 256, maxNamespaceLength = LONGEST_NAMESPACE } = options
  if (typeof parser?.Decoder !== 'function' || typeof parser.Encoder !== 'function') {
    throw new TypeError(
      `ackwire: guard: expected a parser, with Encoder and Decoder, got ${kindOf(parser)}; import it with * as`,
    )
  }
  const { maxArguments, ...caps } = capsOf('guard', options)
  assertCap('guard: maxNameLength', maxNameLength)
  assertCap('guard: maxNamespaceLength', maxNamespaceLength)
  const exceeds = exceedsOf(caps)

  /** Returns the expectation that a packet violates, or `undefined` for a valid packet. */
  const expected = ({ type, nsp, data }: Packet): string | undefined => {
    if (typeof nsp !== 'string' || nsp.length > maxNamespaceLength)
      return `a namespace name of at most ${maxNamespaceLength} characters`
    if (!Array.isArray(data)) {
      return isEvent(type) ? 'an event with a name' : exceeds([data], 0, 1)
    }
    const from = isEvent(type) ? 1 : 0
    if (from === 1) {
      const name: unknown = data[0]
      if (typeof name !== 'string') return `an event name that is a string, got ${typeof name}`
      if (isOwnEvent(name)) return `an event name that Socket.IO does not reserve`
      if (name.length > maxNameLength) return `an event name of at most ${maxNameLength} characters`
    }
    if (data.length - from > maxArguments) return `at most ${maxArguments} arguments`
    return exceeds(data, from, data.length)
  }

  // `new` returns the object that a function returns.
  function GuardedDecoder(): Decoder {
    return guarded(new parser.Decoder(), expected)
  }
  // TypeScript accepts only classes for `new`.
  return { Encoder: parser.Encoder, Decoder: GuardedDecoder as unknown as Parser['Decoder'] }
}

const isEvent = (type: number): boolean =>
  type === standard.PacketType.EVENT || type === standard.PacketType.BINARY_EVENT

/** Returns a decoder that passes on the packets of another, and throws at the first unexpected one. */
const guarded = (decoder: Decoder, expected: (packet: Packet) => string | undefined): Decoder => {
  const packets = new EventEmitter()
  let refusal: Error | undefined
  decoder.on('decoded', packet => {
    // Thrown in `add`: a parser may decode asynchronously, and nothing would catch the error here.
    refusal ??= refusalOf(packet, expected)
    if (refusal === undefined) packets.emit('decoded', packet)
  })
  return Object.assign(packets, {
    add(chunk: unknown) {
      decoder.add(chunk)
      if (refusal !== undefined) throw refusal
    },
    destroy() {
      decoder.destroy()
    },
  })
}

const refusalOf = (packet: Packet, expected: (packet: Packet) => string | undefined): Error | undefined => {
  const wish = expected(packet)
  return wish === undefined ? undefined : new Error(`ackwire: guard: expected ${wish}`)
}
