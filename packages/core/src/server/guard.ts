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

/** Makes packets of the data of a connection: Socket.IO makes a decoder for each. */
interface Decoder {
  add(chunk: unknown): void
  destroy(): void
  on(event: 'decoded', listener: (packet: Packet) => void): unknown
}

/** A parser, as the option `parser` of a Socket.IO server or client takes it. */
export interface Parser {
  /** The class that turns packets into what is sent. */
  readonly Encoder: new () => object
  /** The class that turns what is received into packets. */
  readonly Decoder: new () => Decoder
}

/** Settings of a guarded parser. */
export interface GuardOptions extends Caps {
  /** The parser that does the work, such as `socket.io-msgpack-parser`; Socket.IO's own by default. */
  readonly parser?: Parser
  /** How long an event's name may be, in UTF-16 code units; 256 by default. */
  readonly maxNameLength?: number
  /**
   * How long the name of a packet's namespace may be, in UTF-16 code units; 256 by default. Clients of Socket.IO 2
   * (`allowEIO3`) send the query of a namespace in its name.
   */
  readonly maxNamespaceLength?: number
}

/**
 * Makes a parser that closes a connection as soon as something comes over it that no application wants: an event, an ack
 * or an `auth` payload that is too large, an event whose name is no text, too long or Socket.IO's own, or a namespace whose name is
 * no text or too long. Nothing else sees the packet: no
 * middleware, no catch-all listener, no ack. A socket of the connection emits `error` with the reason.
 *
 * @throws TypeError for a parser or a cap that is none.
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

  /** Returns what was expected of a packet that differs from it. */
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

  // What a function returns, `new` returns, too, if it is an object.
  function GuardedDecoder(): Decoder {
    return guarded(new parser.Decoder(), expected)
  }
  // TypeScript believes only of classes that `new` can call them.
  return { Encoder: parser.Encoder, Decoder: GuardedDecoder as unknown as Parser['Decoder'] }
}

const isEvent = (type: number): boolean =>
  type === standard.PacketType.EVENT || type === standard.PacketType.BINARY_EVENT

/** A decoder that passes on the packets of another, and throws at the first of which something else was expected. */
const guarded = (decoder: Decoder, expected: (packet: Packet) => string | undefined): Decoder => {
  const packets = new EventEmitter()
  let refusal: Error | undefined
  decoder.on('decoded', packet => {
    // Not thrown here: nobody would catch it where a parser decodes later than in `add`.
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
