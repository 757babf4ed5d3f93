import type { Namespace, Socket } from 'socket.io'
import { assertKnownKeys, isPlainObject, kindOf, throwDefinitionError } from '../definition-error.js'
import type { AuthenticateOptions } from './signatures/server.js'
import type { Authenticate, Handshake } from './handshake.js'
import {
  canHoldRecovered,
  holdRecovered,
  recoversSessions,
  sessionIdOf,
  skipsMiddleware,
} from './socket-io-internals.js'

const KNOWN: ReadonlySet<string> = new Set<keyof AuthenticateOptions>(['onRecovery'])

/** Sets the `authenticate` of a namespace. @throws TypeError for invalid arguments, and if it has one already. */
export const setAuthenticate = (
  {
    namespace,
    handshake,
    name,
  }: { readonly namespace: Namespace; readonly handshake: Handshake; readonly name: string },
  authenticate: unknown,
  options: unknown,
): void => {
  if (!isAuthenticate(authenticate))
    throwDefinitionError('authenticate', `expected a function, got ${kindOf(authenticate)}`)
  const onRecovery = onRecoveryIn(options)
  if (handshake.authenticate !== undefined) throwDefinitionError('authenticate', `${name} already has one`)
  const { server } = namespace
  if (onRecovery === true && recoversSessions(server) && !canHoldRecovered(namespace))
    throwDefinitionError(
      'authenticate: onRecovery',
      "this release of Socket.IO can't be made to ask; leave it out, and set Socket.IO's skipMiddlewares to false",
    )
  if (onRecovery === undefined && skipsMiddleware(server)) warn(name)
  Object.assign(handshake, { authenticate, onRecovery })
}

const isAuthenticate = (value: unknown): value is Authenticate => typeof value === 'function'

/** Returns the option `onRecovery`. @throws TypeError for invalid options. */
const onRecoveryIn = (options: unknown = {}): boolean | undefined => {
  if (!isPlainObject(options))
    return throwDefinitionError('authenticate', `expected an object of options second, got ${kindOf(options)}`)
  assertKnownKeys(options, KNOWN, 'authenticate')
  const { onRecovery } = options
  if (onRecovery === undefined || typeof onRecovery === 'boolean') return onRecovery
  return throwDefinitionError('authenticate: onRecovery', `expected true or false, got ${kindOf(onRecovery)}`)
}

/** Holds the recovered sockets of a namespace until its handshake has accepted them, if `onRecovery` says so. */
export const authenticateRecovered = (namespace: Namespace, handshake: Handshake): void => {
  const { server } = namespace
  if (!recoversSessions(server)) return
  holdRecovered(namespace, {
    isHeld: () => handshake.onRecovery === true && !handshake.isDetached,
    // Where Socket.IO does not skip the middleware, it has called it before.
    accept: skipsMiddleware(server) ? handshake.middleware : (_, enter) => enter(),
    missedBy,
  })
}

/** Asks the adapter again for what a client has missed, so that it also gets what was sent while its socket was held. */
const missedBy = async (socket: Socket, offset: string): Promise<readonly unknown[] | undefined> => {
  const { id, rooms, data, nsp } = socket
  const pid = sessionIdOf(socket)
  if (typeof pid !== 'string') return undefined
  try {
    // Some adapters remove a session when it is restored.
    await nsp.adapter.persistSession({ sid: id, pid, rooms: [...rooms], data })
    return (await nsp.adapter.restoreSession(pid, offset))?.missedPackets
  } catch {
    return undefined
  }
}

const warn = (name: string): void =>
  process.emitWarning(
    `ackwire: ${name}: connection state recovery lets a client in again without calling authenticate, even if its access was revoked; write authenticate(…, { onRecovery: true }) to call it, or { onRecovery: false } if that is intended`,
    { code: 'ACKWIRE_RECOVERY' },
  )
