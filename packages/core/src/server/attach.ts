import type { Namespace, Server } from 'socket.io'
import { kindOf } from '../definition.js'
import { isNamespace, isPattern } from '../names.js'
import { refuseRootParameters } from '../parameters.js'
import type { Router } from '../contract.js'
import { registerFormats } from '../standard-formats.js'
import type { CloseOptions, ServerOf } from './binding.js'
import type { Validate } from './validate.js'
import { capsOf } from './caps.js'
import { namespacesOf } from './claim.js'
import { compiler } from './compiler.js'
import { crowdOf } from './limits/crowd.js'
import { limitSettingOf, type LimitOptions } from './limits/options.js'
import { refuseStrangers } from './limits/scope.js'
import { createDuty, drain } from './duty.js'
import { flush } from './flush.js'
import { registerJsonSchema } from './json-schema.js'
import { bindNamespace, type AnyBinding, type BoundNamespace, type Setting } from './namespace.js'
import { portsWith, type UnknownProperties } from '../codec/port.js'
import { timerFor } from './promise.js'
import { createReporter, type ErrorHandler } from './report.js'
import { createWatch } from './watch.js'

/** Settings of a binding. */
export interface AttachOptions {
  /** How long an emit waits for acks, in milliseconds; 20,000 by default. */
  readonly ackTimeout?: number
  /** How long a client waits for `authenticate`, in milliseconds; 10,000 by default. */
  readonly authenticateTimeout?: number
  /** How long a handler may take, in milliseconds; then the call is answered `TIMEOUT`. No limit by default. */
  readonly timeout?: number
  /**
   * What happens to an event that the contract does not name: it passes (the default), or, where an answer is asked for and
   * nobody listens, it is answered `UNKNOWN_EVENT`.
   */
  readonly unknownEvents?: 'pass' | 'answer'
  /** How many issues to report of one value; 8 by default. */
  readonly maxIssues?: number
  /** How many arguments an event may come with, if it does not declare more, or a rest, which may be of 10,000; 64 by default. */
  readonly maxArguments?: number
  /** How many items of a stream may wait for their reader before its handler does; 64 by default. */
  readonly streamWindow?: number
  /** How many streams a socket may have open at a time; 100 by default. One more is answered `OVERLOADED`. */
  readonly maxStreams?: number
  /** How deeply the arguments of an event with a recursive schema may be nested; 128 by default. */
  readonly maxDepth?: number
  /** How many values the arguments of an event with a recursive schema may have in all; 100,000 by default. */
  readonly maxNodes?: number
  /** How the limits that the contract declares are kept, or others in their place. */
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

/**
 * Makes a Socket.IO server speak a contract: from now on, its sockets' declared events reach handlers and listeners only
 * if they are valid, and every ack that a client asks for is answered exactly once. All schemas are compiled here.
 *
 * @throws TypeError if a schema can't be compiled, with the path to the entry.
 * @example
 * const server = attach(io, api)
 * server.on.user_sign_up(({ input }) => ({ success: true }))
 */
export const attach = <Contract extends Router>(
  io: Server,
  api: Contract,
  options: AttachOptions = {},
): ServerOf<Contract> => {
  if (api['~router'].options.params !== undefined) refuseRootParameters()
  registerFormats()
  registerJsonSchema()
  const reporter = createReporter()
  const duty = createDuty()
  const watch = createWatch(reporter)
  const { validate = {} } = options
  const limits = limitSettingOf(options.limits)
  const setting: Setting = {
    reporter,
    watch,
    ackTimeout: timerFor(options.ackTimeout ?? 20_000),
    authenticateTimeout: timerFor(options.authenticateTimeout ?? 10_000),
    maxIssues: options.maxIssues ?? 8,
    timeout: options.timeout && timerFor(options.timeout),
    portFor: portsWith(compiler, options.unknownProperties ?? 'keep'),
    validate: { input: validate.input ?? true, reply: validate.reply ?? true, output: validate.output ?? true },
    unknownEvents: options.unknownEvents ?? 'pass',
    caps: capsOf('attach', options),
    streamWindow: options.streamWindow ?? 64,
    maxStreams: options.maxStreams ?? 100,
    duty,
    limits,
    crowd: crowdOf(limits.waiting),
  }

  const bindings = new Map<string, BoundNamespace>()
  // Those with a name of their own first: they are none of a pattern's.
  const { namespaces } = api['~router']
  refuseStrangers(namespaces, setting.limits)
  const named = namespaces.filter(({ name }) => !isPattern(name))
  const adopt = (namespace: Namespace): void => {
    for (const binding of bindings.values()) binding.adopt(namespace)
  }
  const detach = (): void => {
    duty.state = 'detached'
    io.off('new_namespace', adopt)
    for (const binding of bindings.values()) binding.detach()
  }
  try {
    for (const data of new Set([...named, ...namespaces])) {
      bindings.set(data.name, bindNamespace(io, data, setting))
    }
    for (const namespace of namespacesOf(io)) adopt(namespace)
    io.on('new_namespace', adopt)
  } catch (error) {
    detach()
    throw error
  }
  const bindingOf = (name: string): AnyBinding => {
    const binding = bindings.get(name)
    if (binding !== undefined) return binding
    throw new TypeError(`ackwire: of("${name}"): the contract has the namespaces ${[...bindings.keys()].join(', ')}`)
  }

  let closed: Promise<void> | undefined
  const leave = async (ms: number): Promise<void> => {
    await drain(duty, ms)
    if (duty.state === 'closing') await flush(io, Math.max(0, duty.drainUntil - Date.now()))
    detach()
  }
  const serverOf = (root: AnyBinding): object =>
    Object.freeze({
      ...root,
      authenticate: (authenticate: unknown) => serverOf(root.authenticate(authenticate)),
      use: (middleware: unknown) => serverOf(root.use(middleware)),
      of: (name: string, params?: Readonly<Record<string, unknown>>) =>
        params === undefined ? bindingOf(name) : bindingOf(name).at(params),
      io,
      detach,
      close: ({ drain: ms = 5_000 }: CloseOptions = {}) => (closed ??= leave(timerFor(ms))),
      onError(handler: ErrorHandler) {
        reporter.handler = handler
      },
      observe: (observer: unknown) => watch.add(observer),
      handle(handlers: unknown) {
        const parts = splitByNamespace(handlers)
        for (const name of parts.keys()) bindingOf(name)
        for (const [name, binding] of bindings) (name === '/' ? root : binding).handle(parts.get(name) ?? {})
      },
    })
  // What is built from the contract's data has the types of the contract: the one place where they meet.
  return serverOf(bindingOf('/')) as ServerOf<Contract>
}

/** Takes the handlers of the namespaces out of those of the root. */
const splitByNamespace = (handlers: unknown): Map<string, unknown> => {
  if (typeof handlers !== 'object' || handlers === null)
    throw new TypeError(`ackwire: handle: expected an object of handlers, came ${kindOf(handlers)}`)
  const entries = Object.entries(handlers)
  const root = Object.fromEntries(entries.filter(([key]) => !isNamespace(key)))
  return new Map([['/', root], ...entries.filter(([key]) => isNamespace(key))])
}
