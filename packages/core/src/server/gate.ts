import type { Namespace, Socket } from 'socket.io'
import type { NamespaceData } from '../contract.js'
import { parametersIn } from '../names.js'
import { EventError, type Failure } from '../wire.js'
import type { Validating } from './validate.js'
import { standardFailure } from '../codec/failure.js'
import type { Port } from '../codec/port.js'
import { within } from './promise.js'
import type { Reporter } from './report.js'
import { passes } from '../codec/validator.js'

/** What `authenticate` is given. */
export interface AnyVisitor {
  readonly auth: unknown
  readonly params: Readonly<Record<string, string>>
  readonly socket: Socket
}

/** Lets a socket in and says what its `data` is, or throws. */
export type Authenticate = (visitor: AnyVisitor) => unknown

/** Stands before a namespace: no connection exists, and no event is taken, before it has let the socket in. */
export interface Gate {
  authenticate: Authenticate | undefined
  isOpen: boolean
}

/** What a gate needs to know. */
export interface GateSetting extends Validating {
  readonly reporter: Reporter
  /** In milliseconds. */
  readonly authenticateTimeout: number
}

/** Puts a gate before a namespace. It checks the handshake's `auth` against its schema, then asks `authenticate`. */
export const gateOf = (namespace: Namespace, data: NamespaceData, setting: GateSetting): Gate => {
  const gate: Gate = { authenticate: undefined, isOpen: false }
  const { auth } = data.options
  const port = auth && setting.portFor(auth, `${data.name} auth`)

  namespace.use((socket, enter) => {
    if (gate.isOpen || (port === undefined && gate.authenticate === undefined)) return enter()
    const report = (error: unknown): void => {
      setting.reporter.tell({ error, phase: 'authenticate', event: 'connection', namespace: data.name, socket })
    }
    admit(socket, gate, port, data.name, setting).then(
      () => enter(),
      (error: unknown) => {
        report(error)
        enter(refusal(error))
      },
    )
  })
  return gate
}

const admit = async (
  socket: Socket,
  gate: Gate,
  port: Port | undefined,
  name: string,
  { maxIssues, authenticateTimeout }: GateSetting,
): Promise<void> => {
  const auth = port?.enter === undefined ? socket.handshake.auth : port.enter(socket.handshake.auth)
  if (port !== undefined && !passes(port, auth)) {
    const { message } = standardFailure('UNAUTHORIZED')
    throw new EventError('UNAUTHORIZED', undefined, message, port.issues(auth, '', maxIssues))
  }
  if (gate.authenticate === undefined) return
  const visitor = { auth, params: parametersIn(name, socket.nsp.name), socket }
  const { authenticate } = gate
  const data = await within(new Promise(settle => settle(authenticate(visitor))), authenticateTimeout, () => {
    throw new EventError('TIMEOUT', undefined, `authenticate took more than ${authenticateTimeout} ms`)
  })
  // Spread, not assigned: a key that is called `__proto__` stays a key.
  if (typeof data === 'object') socket.data = { ...socket.data, ...data }
}

/** The error that Socket.IO sends as `connect_error`: its `data` is the failure, in which nothing internal stands. */
const refusal = (error: unknown): Error & { readonly data: Failure } => {
  const own = ownError(error)
  const issues = own !== undefined && own.issues.length > 0 ? own.issues : undefined
  const failure = standardFailure(own?.code === 'TIMEOUT' ? 'TIMEOUT' : 'UNAUTHORIZED', issues)
  return Object.assign(new Error(failure.message), { data: failure })
}

/** The error if it is one of this file's own. What `authenticate` throws can be a proxy that throws when it is looked at. */
const ownError = (error: unknown): EventError | undefined => {
  try {
    return error instanceof EventError && (error.code === 'TIMEOUT' || error.code === 'UNAUTHORIZED')
      ? error
      : undefined
  } catch {
    return undefined
  }
}
