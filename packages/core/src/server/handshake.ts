import type { Namespace, Socket } from 'socket.io'
import { messageOf } from '../codes.js'
import type { NamespaceData } from '../contract/contract.js'
import { EventError, type Issue } from '../wire.js'
import { discardSocket, isPending } from './socket-io-internals.js'
import { exceedsOf } from './validation/caps.js'
import type { Validating } from './validation/directions.js'
import { invalidOutput, type DeclaredErrors } from '../codec/failure.js'
import { unreadable } from '../codec/transform-error.js'
import type { SchemaCodec } from '../codec/schema-codec.js'
import type { Parameters, Params } from '../codec/parameters.js'
import { HAS_LEFT, type PendingHandshakes } from './limits/pending-handshakes.js'
import { countRefusal } from './limits/refusals.js'
import type { LimitSetting } from './limits/options.js'
import type { Refusals } from './limits/refusals.js'
import { offsetsOf, type Offsets } from './offsets.js'
import { wireFormOf } from './outbound/wire-form.js'
import { within } from './promise.js'
import { connectErrorOf, refusalOf, refusalsIn } from './refusal.js'
import type { Reporter } from './observe/error-handler.js'
import { observeHandshake } from './observe/observe-socket.js'
import type { Observers } from './observe/observers.js'
import { passes } from '../codec/validator.js'

/** The argument of `authenticate`. */
export interface AnyHandshakeContext {
  readonly auth: unknown
  readonly params: Params
  readonly socket: Socket
  readonly fail: DeclaredErrors['fail']
}

/** Returns the `data` of a socket, or throws to refuse it. */
export type Authenticate = (visitor: AnyHandshakeContext) => unknown

/** The handshake of a namespace. Before it has accepted a socket, no connection exists and no event is handled. */
export interface Handshake {
  authenticate: Authenticate | undefined
  /** True if recovered sockets are asked, too; `undefined` where the application has not decided. */
  onRecovery: boolean | undefined
  isDetached: boolean
  readonly offsets: Offsets
  /** The middleware of its namespaces. */
  readonly middleware: (socket: Socket, enter: (connectErrorOf?: Error) => void) => void
}

/** The settings that handshakes depend on. */
export interface HandshakeSetting extends Validating {
  readonly reporter: Reporter
  readonly observers: Observers
  /** In milliseconds. */
  readonly authenticateTimeout: number
  readonly limits: LimitSetting
  /** Counts the sockets of all namespaces that wait to be let in. */
  readonly pendingHandshakes: PendingHandshakes
  /** Counts how often a client is refused. */
  readonly refusals: Refusals
}

/**
 * Makes the handshake of a namespace. It checks the handshake's `auth` against its schema, then asks `authenticate`. The
 * parameters have been checked before that: a name that their schema rejects names no namespace, and has no handshake.
 */
export const handshakeOf = (data: NamespaceData, parameters: Parameters, setting: HandshakeSetting): Handshake => {
  const { auth } = data.options
  const codec = auth && setting.codecFor(auth, `${data.name} auth`)
  const errors = refusalsIn(data, setting)
  // Anybody can send `auth`, so it is measured whatever its schema is, and even without one.
  const exceeds = exceedsOf(setting.caps)
  const place = { namespace: data.name, refusals: setting.refusals, reporter: setting.reporter }
  const handshake: Handshake = {
    authenticate: undefined,
    onRecovery: undefined,
    isDetached: false,
    offsets: offsetsOf(data),
    middleware(socket, enter) {
      if (handshake.isDetached) return enter()
      handshake.offsets.announce(socket)
      // Discarded, not refused: a client that asks twice by mistake would take a refusal for the answer to its first request.
      if (isSecondConnect(socket)) {
        discardSocket(socket)
        return countRefusal(place, 'connection', socket)
      }
      if (codec === undefined && handshake.authenticate === undefined) return enter()
      const checked = observeHandshake(setting.observers, { namespace: data.name, socket })
      const decide = async (): Promise<void> => {
        const excess = exceeds([socket.handshake.auth], 0, 1)
        if (excess !== undefined) throw unauthorized([{ path: '', message: `Expected ${excess}` }])
        return authenticateSocket(socket, { codec, authenticate: handshake.authenticate, parameters, errors }, setting)
      }
      setting.pendingHandshakes.track(socket, decide).then(
        () => (checked?.(undefined), enter()),
        (thrown: unknown) => {
          const { refusal, error = thrown } = refusalOf(thrown, errors)
          const refused = refusal ?? connectErrorOf(error)
          checked?.(error === HAS_LEFT ? HAS_LEFT.code : refused.data.code)
          enter(refused)
          if (error === HAS_LEFT) return
          // A declared error is an answer.
          if (refusal === undefined)
            setting.reporter.tell({ error, phase: 'authenticate', event: 'connection', namespace: data.name, socket })
          countRefusal(place, 'connection', socket)
        },
      )
    },
  }
  return handshake
}

/** The first socket of each connection in a namespace. */
const firstSockets = new WeakMap<Namespace, WeakMap<Socket['client'], Socket>>()

/**
 * Tells whether a connection already has a socket in the namespace, or one that waits for `authenticate`. Socket.IO ignores
 * a second CONNECT packet after the first has led to a socket, but creates a socket for each one that it gets before.
 */
const isSecondConnect = (socket: Socket): boolean => {
  const { nsp, client } = socket
  const known = firstSockets.get(nsp) ?? new WeakMap<Socket['client'], Socket>()
  firstSockets.set(nsp, known)
  const first = known.get(client)
  if (first !== undefined && first !== socket && (first.connected || isPending(first))) return true
  known.set(client, socket)
  return false
}

/** The requirements for a socket to be let in. */
interface Admission {
  /** The compiled schema of `auth`, if it has one. */
  readonly codec: SchemaCodec | undefined
  readonly authenticate: Authenticate | undefined
  readonly parameters: Parameters
  readonly errors: DeclaredErrors
}

const authenticateSocket = async (
  socket: Socket,
  { codec, authenticate, parameters, errors }: Admission,
  { maxIssues, authenticateTimeout, serialization }: HandshakeSetting,
): Promise<void> => {
  const auth = codec === undefined ? socket.handshake.auth : authIn(socket.handshake.auth, codec, maxIssues)
  if (authenticate === undefined) return
  const context = { auth, params: parameters.in(socket.nsp.name), socket, fail: errors.fail }
  const data = await within(new Promise(settle => settle(authenticate(context))), authenticateTimeout, () => {
    throw new EventError('TIMEOUT', undefined, `authenticate took more than ${authenticateTimeout} ms`)
  })
  if (typeof data !== 'object') return
  // An adapter encodes it for other nodes, and when the client disconnects, where an error would end the process.
  const kept = serialization.isDataCarried ? wireFormOf(data, '', invalidData, 'msgpack') : data
  // Spread, not assigned: a key that is called `__proto__` stays a key.
  socket.data = { ...socket.data, ...Object(kept) }
}

const invalidData = (issues: readonly Issue[]): EventError => invalidOutput('authenticate', issues)

const unauthorized = (issues: readonly Issue[]): EventError =>
  new EventError('UNAUTHORIZED', undefined, messageOf('UNAUTHORIZED'), issues)

/** Fills in, checks and decodes the `auth` of a handshake. @throws EventError with the places that differ. */
const authIn = (given: unknown, codec: SchemaCodec, maxIssues: number): unknown => {
  const auth = codec.prepare === undefined ? given : codec.prepare(given)
  if (!passes(codec, auth)) throw unauthorized(codec.issues(auth, '', maxIssues))
  if (codec.decode === undefined) return auth
  try {
    return codec.decode(auth)
  } catch (cause) {
    throw Object.assign(unauthorized(unreadable(cause)), { cause })
  }
}
