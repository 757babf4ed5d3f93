import type { Server } from 'socket.io'
import { kindOf } from '../definition.js'
import type { EntriesOf } from '../infer.js'
import { isNamespace, isPattern, patternOf } from '../names.js'
import type { Router } from '../contract.js'
import { registerFormats } from './formats.js'
import type { ServerBinding } from './infer.js'
import { bindNamespace, type AnyBinding, type Setting } from './namespace.js'
import { portsWith, type UnknownProperties } from './port.js'
import { createReporter, type ErrorHandler } from './report.js'

/** Settings of a binding. */
export interface AttachOptions {
  /** How long an emit waits for acks, in milliseconds; 20,000 by default. */
  readonly ackTimeout?: number
  /** How many issues to report of one value; 8 by default. */
  readonly maxIssues?: number
  /**
   * What happens to properties that a schema does not declare, on the way in and out: `keep` (the default) follows the
   * schema, `strip` takes them away, `reject` refuses the value. `additionalProperties: true` declares them all.
   */
  readonly unknownProperties?: UnknownProperties
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
): ServerBinding<EntriesOf<Contract>> => {
  registerFormats()
  const reporter = createReporter()
  const setting: Setting = {
    reporter,
    ackTimeout: options.ackTimeout ?? 20_000,
    portFor: portsWith(options.unknownProperties ?? 'keep'),
    maxIssues: options.maxIssues ?? 8,
  }

  const bindings = new Map<string, AnyBinding>()
  for (const data of api['~router'].namespaces)
    bindings.set(
      data.name,
      bindNamespace(io.of(isPattern(data.name) ? patternOf(data.name) : data.name), data, setting),
    )

  const of = (name: string): AnyBinding => {
    const binding = bindings.get(name)
    if (binding !== undefined) return binding
    throw new TypeError(`ackwire: of("${name}"): the contract has the namespaces ${[...bindings.keys()].join(', ')}`)
  }
  const root = of('/')

  const binding = {
    ...root,
    of,
    io,
    onError(handler: ErrorHandler) {
      reporter.handler = handler
    },
    handle(handlers: unknown) {
      const parts = splitByNamespace(handlers)
      for (const name of parts.keys()) of(name)
      for (const [name, own] of bindings) own.handle(parts.get(name) ?? {})
    },
  }
  // What is built from the contract's data has the types of the contract: the one place where they meet.
  return Object.freeze(binding) as unknown as ServerBinding<EntriesOf<Contract>>
}

/** Takes the handlers of the namespaces out of those of the root. */
const splitByNamespace = (handlers: unknown): Map<string, unknown> => {
  if (typeof handlers !== 'object' || handlers === null)
    throw new TypeError(`ackwire: handle: expected an object of handlers, came ${kindOf(handlers)}`)
  const entries = Object.entries(handlers)
  const root = Object.fromEntries(entries.filter(([key]) => !isNamespace(key)))
  return new Map([['/', root], ...entries.filter(([key]) => isNamespace(key))])
}
