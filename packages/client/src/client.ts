import type { AuthOf, EntriesOf, Router, RouterTypes } from '@ackwire/core'
import { envelope, errorIn, EventError, type Failure } from '@ackwire/core/wire'
import { io, type ManagerOptions, type Socket, type SocketOptions } from 'socket.io-client'
import type { Client, ClientOptions } from './infer.js'
import { closePending, limited, wait, type Limits } from './pending.js'
import { eventsOf } from './proxy.js'

/** A client before its contract's types are put on it. */
interface AnyClient {
  readonly emit: object
  readonly on: object
  readonly once: object
  readonly volatile: { readonly emit: object }
  readonly socket: Socket
  timeout(ms: number): AnyClient
  signal(signal: AbortSignal): AnyClient
  of(name: string, ...rest: object[]): AnyClient
  connect(): AnyClient
  close(): AnyClient
}

const clientOf = (socket: Socket, options: Required<CallOptions>, limits: Limits): AnyClient => {
  const client: AnyClient = {
    emit: eventsOf((event, args) => call(socket, event, args, options, limits)),
    on: eventsOf((event, [listener]) => listen(socket, event, listener as Listener)),
    once: eventsOf(event => nextOf(socket, event, limits)),
    volatile: { emit: eventsOf((event, args) => void socket.volatile.emit(event, ...args)) },
    socket,
    timeout: timeout => clientOf(socket, options, { ...limits, timeout }),
    signal: signal => clientOf(socket, options, { ...limits, signal }),
    of(name, ...rest) {
      const params: Readonly<Record<string, unknown>> = { ...(name.includes('{') ? rest.shift() : undefined) }
      const { auth = socket.auth }: Pick<SocketOptions, 'auth'> = rest[0] ?? {}
      const filled = name.replace(/{(\w+)}/g, (_, parameter: string) => String(params[parameter]))
      // Only with retries: a time limit among the options would change what the acks of the socket itself are called with.
      const own: SocketOptions = options.retries > 0 ? { ...options, auth } : { auth }
      return clientOf(socket.io.socket(filled, own), options, limits)
    },
    connect() {
      socket.connect()
      return client
    },
    close() {
      socket.disconnect()
      closePending(socket)
      return client
    },
  }
  return client
}

const call = (
  socket: Socket,
  event: string,
  args: unknown[],
  { ackTimeout, retries }: Required<CallOptions>,
  { timeout = ackTimeout * (1 + retries), signal }: Limits,
): Promise<unknown> =>
  wait(socket, event, { timeout, signal }, (resolve, reject) => {
    const buffered = socket.sendBuffer.length
    // Socket.IO's own limit is that of one attempt. It forgets the ack, and calls back on a disconnect.
    const timed = socket.timeout(limited(Math.min(timeout, ackTimeout)))
    timed.emit(event, ...args, (lost: Error | null, reply: unknown) => {
      if (lost) return reject('DISCONNECTED')
      const error = errorIn(reply)
      if (error) reject(error)
      else resolve(reply)
    })
    // What has failed must not be sent by the next connection.
    const packet = socket.sendBuffer[buffered]
    return () => {
      socket.sendBuffer = socket.sendBuffer.filter(other => other !== packet)
    }
  })

type Listener = (...args: unknown[]) => unknown
type Ack = (answer: unknown) => void

const listen = (socket: Socket, event: string, listener: Listener): (() => void) => {
  const receive = (...args: unknown[]): void => {
    const ack = takeAck(args)
    if (ack === undefined) return void listener(...args)
    new Promise(resolve => resolve(listener(...args)))
      .then(ack)
      .catch((error: unknown) => ack(envelope(failureOf(error))))
  }
  socket.on(event, receive)
  return () => void socket.off(event, receive)
}

const nextOf = (socket: Socket, event: string, limits: Limits): Promise<unknown> =>
  wait(socket, event, limits, resolve => {
    const receive = (...args: unknown[]): void => {
      takeAck(args)
      resolve(withoutOffset(socket, args))
    }
    socket.on(event, receive)
    return () => void socket.off(event, receive)
  })

/** Takes Socket.IO's ack function from the end of an event's arguments, where it stands if the server wants an answer. */
const takeAck = (args: unknown[]): Ack | undefined =>
  typeof args.at(-1) === 'function' ? (args.pop() as Ack) : undefined

/**
 * An output as one argument or a tuple. With connection state recovery Socket.IO puts an offset, a text, behind the
 * arguments, and whoever knows only the contract's types can't tell it from an argument but by its place.
 */
const withoutOffset = (socket: Socket, args: unknown[]): unknown => {
  if (args.length > 1 && Reflect.get(socket, '_pid') && typeof args.at(-1) === 'string') args.pop()
  return args.length > 1 ? args : args[0]
}

const failureOf = (error: unknown): Failure =>
  error instanceof EventError
    ? { code: error.code, message: error.message, data: error.data }
    : (console.error(error), { code: 'INTERNAL', message: 'Internal error' })

/** How long a call waits. */
export interface CallOptions {
  /** In milliseconds; 20,000 by default. */
  readonly ackTimeout?: number
  /** Socket.IO's option: how often it sends an event again that is not acknowledged. A call then waits for all attempts. */
  readonly retries?: number
}

/** Without the contract's type a client has no events, so that a forgotten type argument is an error at the first call. */
type NoContract = Router<Omit<RouterTypes, 'entries'> & { readonly entries: {} }>

/**
 * Connects a client that speaks a contract, to this page's host or to a URL, or over a socket that is there already. The
 * contract is a type only: nothing of it is imported at run time.
 *
 * @example
 * const client = createClient<typeof api>('http://localhost:3000', { auth: { token } })
 * const result = await client.emit.user_sign_up({ email, password })
 */
export function createClient<Contract extends Router = NoContract>(options?: OptionsFor<Contract>): ClientFor<Contract>
export function createClient<Contract extends Router = NoContract>(
  url: string,
  options?: OptionsFor<Contract>,
): ClientFor<Contract>
export function createClient<Contract extends Router = NoContract>(
  socket: Socket,
  options?: CallOptions,
): ClientFor<Contract>
export function createClient(to?: string | Socket | object, more?: object): unknown {
  const options: Partial<ManagerOptions & SocketOptions> = { ...(typeof to === 'object' && !isSocket(to) ? to : more) }
  const socket = isSocket(to) ? to : typeof to === 'string' ? io(to, options) : io(options)
  const { ackTimeout = 20_000, retries = 0 } = options
  return clientOf(socket, { ackTimeout, retries }, {})
}

type ClientFor<Contract extends Router> = Client<EntriesOf<Contract>>
type OptionsFor<Contract extends Router> = ClientOptions<AuthOf<Contract>>

const isSocket = (value: unknown): value is Socket => typeof value === 'object' && value !== null && 'emit' in value
