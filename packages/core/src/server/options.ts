import type { Server } from 'socket.io'
import { codecsWith, type UnknownProperties } from '../codec/schema-codec.js'
import type { HandshakeSetting } from './handshake.js'
import type { Inbound } from './inbound/exchange.js'
import { limitSettingOf, type LimitOptions } from './limits/options.js'
import { pendingHandshakesOf } from './limits/pending-handshakes.js'
import { refusalsOf } from './limits/refusals.js'
import { createReporter } from './observe/error-handler.js'
import { createObservers } from './observe/observers.js'
import { streamMemoriesOf } from './outbound/stream-memory.js'
import { timerFor } from '../timer.js'
import { serializationOf } from './serialization.js'
import { createServerState } from './shutdown.js'
import { capsOf, LONGEST_NAMESPACE } from './validation/caps.js'
import { compiler } from './validation/compiler.js'
import type { Validate } from './validation/directions.js'
import { createWriteCoalescing, type WriteCoalescing } from './write-coalescing.js'

/** Options of `attach`. */
export interface AttachOptions {
  /**
   * The maximum time that an emit waits for acks, in milliseconds.
   *
   * @default 20_000
   */
  readonly ackTimeout?: number
  /**
   * The maximum time that `authenticate` may take, in milliseconds; then the client is refused.
   *
   * @default 10_000
   */
  readonly authenticateTimeout?: number
  /**
   * The maximum time that a handler may take, or a plain listener until it acks, in milliseconds; then the call is answered
   * `TIMEOUT`.
   *
   * @default Infinity
   */
  readonly timeout?: number
  /**
   * The treatment of an event that the contract does not declare: `pass` leaves it to Socket.IO's listeners; `answer` also
   * answers `UNKNOWN_EVENT` if it has an ack and no listener; `refuse` does so too, reports the event once per name and
   * connection, counts it as a refusal, and takes a listener of any event (`onAny`) for none.
   *
   * @default 'pass'
   */
  readonly unknownEvents?: 'pass' | 'answer' | 'refuse'
  /**
   * The treatment of an ack that a client requests of an event that declares none: `answer` calls it without a value once
   * the event is handled, as Socket.IO's option `retries` needs; `refuse` answers `INVALID_INPUT`, and does not handle the
   * event. A client of this library that has only the contract's type requests an ack of each event.
   *
   * @default 'answer'
   */
  readonly undeclaredAcks?: 'answer' | 'refuse'
  /**
   * The maximum number of issues that are reported for a value.
   *
   * @default 8
   */
  readonly maxIssues?: number
  /**
   * The maximum number of arguments of an event that does not declare more; a rest may have 10,000 in any case.
   *
   * @default 64
   */
  readonly maxArguments?: number
  /**
   * The number of items of a stream that are buffered for the client before its handler is paused.
   *
   * @default 64
   */
  readonly streamWindow?: number
  /**
   * The maximum number of open streams of a connection in a namespace of the contract, or in all namespaces that match a
   * pattern; further ones are answered `OVERLOADED`.
   *
   * @default 100
   */
  readonly maxStreams?: number
  /**
   * The number of bytes of stream items that are buffered for one connection before the handlers are paused, counted as by
   * `maxBytes` of a limit. The bound applies separately to items that wait, to pages that are being sent and to sent pages
   * that can be requested again; `Infinity` for no bound. One item of each stream always passes, whatever its size.
   *
   * @default 1_048_576
   */
  readonly maxStreamBytes?: number
  /**
   * The maximum nesting depth of `auth`, and of the arguments and the clients' answers of an event with a recursive schema.
   *
   * @default 128
   */
  readonly maxDepth?: number
  /**
   * The maximum number of values in `auth`, and in the arguments and the clients' answers of an event with a recursive schema.
   *
   * @default 100_000
   */
  readonly maxNodes?: number
  /**
   * The maximum length of the name of a namespace that matches a pattern, in UTF-16 code units. A client that asks for a
   * longer name is refused as for an unknown namespace, before the parameters are parsed.
   *
   * @default 256
   */
  readonly maxNamespaceLength?: number
  /** Options of the limits that the contract declares. */
  readonly limits?: LimitOptions
  /**
   * The treatment of properties that a schema does not declare, in both directions: `keep` follows the schema, `strip` removes
   * them, `reject` rejects the value. `strip` and `reject` apply to the result of `toJSON`. `additionalProperties: true`
   * declares all properties.
   *
   * @default 'keep'
   */
  readonly unknownProperties?: UnknownProperties
  /**
   * Turns the validation of a direction off: `{ reply: false }`. Clients' answers are always validated, and
   * `unknownProperties` always applies.
   *
   * @default { input: true, reply: true, output: true }
   */
  readonly validate?: Partial<Validate>
  /**
   * Writes the packets that a websocket connection is sent in one tick by two system calls instead of one each, for all
   * connections of the Socket.IO server. What is sent, its order and its time stay the same; only CPU time is saved.
   * Connections without a TCP socket of Node are left as they are.
   *
   * @default true
   */
  readonly coalesceWrites?: boolean
}

/** The settings and the state that all namespaces of a server share. */
export interface ServerSetting
  extends
    HandshakeSetting,
    Pick<
      Inbound,
      | 'serverState'
      | 'timeout'
      | 'unknownEvents'
      | 'undeclaredAcks'
      | 'refusals'
      | 'streamWindow'
      | 'maxStreams'
      | 'streamMemories'
    > {
  /** The time that an emit waits for acks, in milliseconds. */
  readonly ackTimeout: number
  /** The longest name of a namespace, in UTF-16 code units. */
  readonly maxNamespaceLength: number
  /** Absent if writes are not coalesced. */
  readonly writes: WriteCoalescing | undefined
}

/** Fills in the options of `attach`, and creates what all namespaces of a server share. @throws TypeError for invalid limits. */
export const settingOf = (io: Server, options: AttachOptions): ServerSetting => {
  const { validate = {}, timeout } = options
  const limits = limitSettingOf(options.limits)
  const reporter = createReporter()
  return {
    reporter,
    observers: createObservers(reporter),
    serialization: serializationOf(io),
    serverState: createServerState(),
    ackTimeout: timerFor(options.ackTimeout ?? 20_000),
    authenticateTimeout: timerFor(options.authenticateTimeout ?? 10_000),
    timeout: timeout === undefined || timeout === Number.POSITIVE_INFINITY ? undefined : timerFor(timeout),
    maxIssues: options.maxIssues ?? 8,
    codecFor: codecsWith(compiler, options.unknownProperties ?? 'keep'),
    validate: { input: validate.input ?? true, reply: validate.reply ?? true, output: validate.output ?? true },
    unknownEvents: options.unknownEvents ?? 'pass',
    undeclaredAcks: options.undeclaredAcks ?? 'answer',
    caps: capsOf('attach', options),
    maxNamespaceLength: options.maxNamespaceLength ?? LONGEST_NAMESPACE,
    streamWindow: options.streamWindow ?? 64,
    maxStreams: options.maxStreams ?? 100,
    streamMemories: streamMemoriesOf(options.maxStreamBytes ?? 2 ** 20),
    limits,
    pendingHandshakes: pendingHandshakesOf(limits.waiting),
    refusals: refusalsOf(limits.refusals),
    writes: (options.coalesceWrites ?? true) ? createWriteCoalescing() : undefined,
  }
}
