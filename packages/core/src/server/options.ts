import { codecsWith, type UnknownProperties } from '../codec/schema-codec.js'
import { isRouter } from '../contract/contract.js'
import { isPlainObject, kindOf, throwDefinitionError, assertKnownKeys } from '../definition-error.js'
import type { HandshakeSetting } from './handshake.js'
import type { Inbound } from './inbound/exchange.js'
import { limitSettingOf, type LimitOptions } from './limits/options.js'
import { pendingHandshakesOf } from './limits/pending-handshakes.js'
import { refusalsOf } from './limits/refusals.js'
import { createReporter } from './observe/error-handler.js'
import { createObservers } from './observe/observers.js'
import { outboxesOf } from './outbound/outbox.js'
import { timerFor } from '../timer.js'
import { createServerState } from './shutdown.js'
import { capsOf, LONGEST_NAMESPACE, assertCap } from './validation/caps.js'
import { compiler } from './validation/compiler.js'
import type { Validate } from './validation/directions.js'

/** Settings of a binding. */
export interface AttachOptions {
  /**
   * The time that an emit waits for acks, in milliseconds.
   *
   * @default 20_000
   */
  readonly ackTimeout?: number
  /**
   * The time that a client waits for `authenticate`, in milliseconds.
   *
   * @default 10_000
   */
  readonly authenticateTimeout?: number
  /**
   * The time that a handler may take, or a plain listener until it acks, in milliseconds; then the call is answered `TIMEOUT`.
   *
   * @default no limit
   */
  readonly timeout?: number
  /**
   * What happens to an event that the contract does not name: it passes (the default), or, where an answer is asked for and
   * nobody listens, it is answered `UNKNOWN_EVENT`.
   */
  readonly unknownEvents?: 'pass' | 'answer'
  /**
   * The most issues that are reported of one value.
   *
   * @default 8
   */
  readonly maxIssues?: number
  /** How many arguments an event may come with, if it does not declare more, or a rest, which may be of 10,000; 64 by default. */
  readonly maxArguments?: number
  /**
   * The number of items of a stream that may wait for their reader before its handler does.
   *
   * @default 64
   */
  readonly streamWindow?: number
  /**
   * How many streams a connection may have open at a time in a namespace of the contract, in all together that a pattern stands
   * for; 100 by default. One more is answered `OVERLOADED`.
   */
  readonly maxStreams?: number
  /**
   * How many bytes of items may wait for the readers of one connection before their handlers do; 1,048,576 by default, and
   * `Infinity` for no bound. As many again may be on their way, and as many in pages that can be asked for again. They are
   * counted as `maxBytes` of a limit counts them. One item of each stream always passes, however large it is.
   */
  readonly maxStreamBytes?: number
  /** How deeply `auth`, and the arguments and clients' answers of an event with a recursive schema, may be nested; 128 by default. */
  readonly maxDepth?: number
  /** How many values `auth`, and the arguments and clients' answers of an event with a recursive schema, may have in all; 100,000 by default. */
  readonly maxNodes?: number
  /**
   * How long the name of a namespace that a pattern of the contract stands for may be, in UTF-16 code units; 256 by default. A
   * client that names a longer one is refused as it is for one that there is not, before its parameters are read.
   */
  readonly maxNamespaceLength?: number
  /** Settings of the limits that the contract declares. */
  readonly limits?: LimitOptions
  /**
   * What happens to properties that a schema does not declare, on the way in and out: `keep` (the default) follows the
   * schema, `strip` takes them away, `reject` refuses the value. The last two look at what a `toJSON` would have sent. `additionalProperties: true` declares them all.
   */
  readonly unknownProperties?: UnknownProperties
  /**
   * Turns the check of a direction off: `{ reply: false }`. All are on by default; what clients answer is always checked,
   * and `unknownProperties` holds in any case.
   */
  readonly validate?: Partial<Validate>
}

// The values that each option takes: a number, one of these words, or an object that is checked elsewhere.
const TAKES: Readonly<Record<keyof AttachOptions, 'count' | 'object' | readonly string[]>> = {
  ackTimeout: 'count',
  authenticateTimeout: 'count',
  timeout: 'count',
  unknownEvents: ['pass', 'answer'],
  maxIssues: 'count',
  maxArguments: 'count',
  streamWindow: 'count',
  maxStreams: 'count',
  maxStreamBytes: 'count',
  maxDepth: 'count',
  maxNodes: 'count',
  maxNamespaceLength: 'count',
  limits: 'object',
  unknownProperties: ['keep', 'strip', 'reject'],
  validate: 'object',
}
const KNOWN: ReadonlySet<string> = new Set(Object.keys(TAKES))
const DIRECTIONS: ReadonlySet<string> = new Set<keyof Validate>(['input', 'reply', 'output'])

/** Throws for arguments that `attach` can do nothing with, before it touches the server. */
export const checkAttach = (io: unknown, api: unknown, options: unknown): void => {
  // Not by its class: there may be several copies of Socket.IO in a process.
  if (typeof Reflect.get(Object(io), 'of') !== 'function') {
    throwDefinitionError(
      'attach',
      `expected a Socket.IO server first, as in attach(new Server(http), api), got ${kindOf(io)}`,
    )
  }
  if (!isRouter(api))
    throwDefinitionError('attach', `expected a contract second, made with router({ … }), got ${kindOf(api)}`)
  if (!isPlainObject(options))
    return throwDefinitionError('attach', `expected an object of options third, got ${kindOf(options)}`)
  assertKnownKeys(options, KNOWN, 'attach')
  for (const [name, takes] of Object.entries(TAKES)) checkOption(`attach: ${name}`, takes, options[name])
  const { validate } = options
  if (isPlainObject(validate)) assertKnownKeys(validate, DIRECTIONS, 'attach: validate')
}

const checkOption = (place: string, takes: 'count' | 'object' | readonly string[], value: unknown): void => {
  if (value === undefined) return
  if (takes === 'count') assertCap(place, value)
  else if (takes === 'object') {
    if (!isPlainObject(value)) throwDefinitionError(place, `expected an object, got ${kindOf(value)}`)
  } else if (!takes.some(word => word === value)) {
    const came = typeof value === 'string' ? JSON.stringify(value) : kindOf(value)
    throwDefinitionError(place, `expected ${takes.map(word => JSON.stringify(word)).join(' or ')}, got ${came}`)
  }
}

/** The settings and the state that all namespaces of a server share. */
export interface ServerSetting
  extends
    HandshakeSetting,
    Pick<
      Inbound,
      'serverState' | 'timeout' | 'unknownEvents' | 'refusals' | 'streamWindow' | 'maxStreams' | 'outboxes'
    > {
  /** The time that an emit waits for acks, in milliseconds. */
  readonly ackTimeout: number
  /** The longest name of a namespace, in UTF-16 code units. */
  readonly maxNamespaceLength: number
}

/** Fills in the options of `attach`, and creates what all namespaces of a server share. @throws TypeError for limits that can't hold. */
export const settingOf = (options: AttachOptions): ServerSetting => {
  const { validate = {}, timeout } = options
  const limits = limitSettingOf(options.limits)
  const reporter = createReporter()
  return {
    reporter,
    observers: createObservers(reporter),
    serverState: createServerState(),
    ackTimeout: timerFor(options.ackTimeout ?? 20_000),
    authenticateTimeout: timerFor(options.authenticateTimeout ?? 10_000),
    timeout: timeout === undefined || timeout === Number.POSITIVE_INFINITY ? undefined : timerFor(timeout),
    maxIssues: options.maxIssues ?? 8,
    codecFor: codecsWith(compiler, options.unknownProperties ?? 'keep'),
    validate: { input: validate.input ?? true, reply: validate.reply ?? true, output: validate.output ?? true },
    unknownEvents: options.unknownEvents ?? 'pass',
    caps: capsOf('attach', options),
    maxNamespaceLength: options.maxNamespaceLength ?? LONGEST_NAMESPACE,
    streamWindow: options.streamWindow ?? 64,
    maxStreams: options.maxStreams ?? 100,
    outboxes: outboxesOf(options.maxStreamBytes ?? 2 ** 20),
    limits,
    pendingHandshakes: pendingHandshakesOf(limits.waiting),
    refusals: refusalsOf(limits.refusals),
  }
}
