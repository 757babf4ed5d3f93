import type { Namespace, Server } from 'socket.io'
import { isPattern } from '../contract/names.js'
import { throwRootParameters } from '../define/check-parameters.js'
import type { Router, RouterTypes } from '../contract/contract.js'
import { registerFormats } from '../schema/standard-formats.js'
import type { CloseOptions, ServerOf } from './signatures/server.js'
import { splitByNamespace } from './pair-handlers.js'
import { namespacesOf } from './socket-io-internals.js'
import { assertOverridesExist } from './limits/limits.js'
import { drain, flush } from './shutdown.js'
import { registerJsonSchema } from './validation/unsafe-schema.js'
import { bindNamespace, type AnyBinding, type BoundNamespace } from './namespace.js'
import { claim } from './attached.js'
import { checkAttach } from './check-attach.js'
import { settingOf, type AttachOptions } from './options.js'
import { timerFor } from '../timer.js'
import type { ErrorHandler } from './observe/error-handler.js'

/**
 * Makes a Socket.IO server speak a contract: from now on, its sockets' declared events reach handlers and listeners only
 * if they are valid, and every ack that a client asks for is answered exactly once. A schema is compiled when its first
 * value comes, so that an event's first message takes a little longer.
 *
 * @throws TypeError if a schema can't be compiled, with the path to the entry, for an option that there is not or that can't hold,
 * and for a namespace of this server to which a contract is attached already.
 * @example
 * const server = attach(new Server(http), api)
 * server.on.user_sign_up(({ input }) => ({ success: true }))
 */
export const attach = <Contract extends Router<RouterTypes>>(
  io: Server,
  api: Contract,
  options: AttachOptions = {},
): ServerOf<Contract> => {
  checkAttach(io, api, options)
  if (api['~router'].options.params !== undefined) throwRootParameters()
  registerFormats()
  registerJsonSchema()
  const setting = settingOf(io, options)
  const { reporter, observers, serverState, writes } = setting
  assertOverridesExist(api['~router'].namespaces, setting.limits)
  const release = claim(io, api['~router'].namespaces)

  const bindings = new Map<string, BoundNamespace>()
  // Namespaces with fixed names are bound before patterns, so that no pattern takes them over.
  const { namespaces } = api['~router']
  const named = namespaces.filter(({ name }) => !isPattern(name))
  const adopt = (namespace: Namespace): void => {
    for (const binding of bindings.values()) binding.adopt(namespace)
  }
  const detach = (): void => {
    serverState.status = 'detached'
    io.off('new_namespace', adopt)
    for (const binding of bindings.values()) binding.detach()
    writes?.stop()
    release()
  }
  try {
    for (const data of new Set([...named, ...namespaces])) {
      bindings.set(data.name, bindNamespace(io, data, setting))
    }
    for (const namespace of namespacesOf(io).values()) adopt(namespace)
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
  const closeServer = async (ms: number): Promise<void> => {
    await drain(serverState, ms)
    if (serverState.status === 'closing') await flush(io, Math.max(0, serverState.drainUntil - Date.now()))
    detach()
  }
  const serverOf = (root: AnyBinding): object =>
    Object.freeze({
      ...root,
      authenticate: (authenticate: unknown, more?: unknown) => serverOf(root.authenticate(authenticate, more)),
      use: (middleware: unknown) => serverOf(root.use(middleware)),
      of: (name: string, params?: Readonly<Record<string, unknown>>) =>
        params === undefined ? bindingOf(name) : bindingOf(name).at(params),
      io,
      detach,
      close: ({ drain: ms = 5_000 }: CloseOptions = {}) => (closed ??= closeServer(timerFor(ms))),
      onError(handler: ErrorHandler) {
        reporter.handler = handler
      },
      observe: (observer: unknown) => observers.add(observer),
      handle(handlers: unknown) {
        const parts = splitByNamespace(handlers, bindings.keys())
        for (const name of parts.keys()) bindingOf(name)
        for (const [name, part] of parts) (name === '/' ? root : bindingOf(name)).handle(part ?? {})
      },
    })
  // Safe: everything in it is built from the contract's data, so it has the contract's types.
  return serverOf(bindingOf('/')) as ServerOf<Contract>
}
