import type { Router } from '@ackwire/core'
import type { AuthOf, ClientContract, ClientInput, ClientOutput, RouterTypes } from '@ackwire/core/declarations'
import { io, type ManagerOptions, type Socket, type SocketOptions } from 'socket.io-client'
import { call, type CallOptions, type WriteOptions } from './call.js'
import { ANY_OUTPUT, ANY_VALUE } from './incoming.js'
import type { MissingAuth, OptionsArgument, UrlAlone } from './client-options.js'
import type { Client } from './infer.js'
import { iterate } from './iterate.js'
import { listen, nextOf, type ListenOptions } from './listen.js'
import { closePending, reopen, type Limits } from './wait.js'
import { ANY_INPUT, ERROR_FIRST_INPUT } from './outgoing.js'
import { checkOptions } from './options.js'
import { eventsOf } from './proxy.js'
import { retryRefused } from './retry.js'
import { stream } from './stream.js'
import type { Target } from './target.js'

/** A client before the types of its contract are applied. */
interface AnyClient {
  readonly __proto__: { readonly socket: Socket }
  readonly emit: object
  readonly on: object
  readonly once: object
  readonly iterate: object
  readonly stream: object
  readonly volatile: { readonly emit: object }
  timeout(ms: number): AnyClient
  signal(signal: AbortSignal): AnyClient
  of(name: string, ...rest: object[]): AnyClient
  connect(): AnyClient
  close(): AnyClient
}

/** The settings of a client, with the limits of `timeout` and `signal`. */
interface Setting
  extends Required<Omit<CallOptions, 'acks'>>, Pick<CallOptions, 'acks'>, Required<ListenOptions>, Limits {
  /** The contract, if it is available at run time. */
  readonly api: Router | undefined
}

/** Performs a verb on an event, given the event's codec. */
type Verb<Known, Value> = (target: Target<Known>, setting: Setting, given: Value) => unknown

const clientOf = (socket: Socket, contract: ClientContract | undefined, setting: Setting): AnyClient => {
  const { acks } = setting
  const sending = (verb: Verb<ClientInput, unknown[]>, otherwise: ClientInput): object =>
    eventsOf(socket, (event, values, adjust) =>
      verb([socket, event, contract?.input(event) ?? otherwise], adjust?.(setting) ?? setting, values),
    )
  const receiving = <Value>(verb: Verb<ClientOutput, Value>, otherwise: ClientOutput): object =>
    eventsOf(socket, (event, [given]) =>
      verb([socket, event, contract?.output(event) ?? { ...otherwise, acks }], setting, given as Value),
    )
  const client: AnyClient = {
    // Inherited, since a logged socket is long and has no end in JSON.
    __proto__: { socket },
    emit: sending(call, acks ? ERROR_FIRST_INPUT : ANY_INPUT),
    on: receiving(listen, ANY_OUTPUT),
    once: receiving(nextOf, ANY_VALUE),
    iterate: receiving(iterate, ANY_VALUE),
    stream: sending(stream, ANY_INPUT),
    volatile: {
      emit: sending(([, event, input], _, values) => {
        const args = input.encode(values)
        // Set after encoding, since an error there would leave the flag to the next emit.
        socket.volatile.emit(event, ...args)
      }, ANY_INPUT),
    },
    timeout: timeout => clientOf(socket, contract, { ...setting, timeout }),
    signal: signal => clientOf(socket, contract, { ...setting, signals: [signal] }),
    of(name, ...rest) {
      // Looked up first, so that an unknown namespace throws before anything is connected.
      const other = setting.api?.['~peer'](name)
      const params: Readonly<Record<string, unknown>> = { ...(name.includes('{') && rest.shift()) }
      const { auth = socket.auth }: Pick<SocketOptions, 'auth'> = rest[0] ?? {}
      const filled = other?.fill(params) ?? fill(name, params)
      // Only with retries: a timeout in the options would change the arguments of the socket's own acks.
      const { ackTimeout, retries } = setting
      const own: SocketOptions = { auth, retries, ...(retries > 0 && { ackTimeout }) }
      return clientOf(retryRefused(socket.io.socket(filled, own)), other, setting)
    },
    connect() {
      reopen(socket)
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

/** Fills in the parameters of a namespace's name. The server refuses characters that can't be in one. */
const fill = (name: string, params: Readonly<Record<string, unknown>>): string =>
  name.replace(/{(\w+)}/g, (_, parameter: string) => {
    const text = params[parameter]
    if (text) return String(text)
    throw new TypeError(`ackwire: of("${name}"): expected a string for ${parameter}`)
  })

/**
 * The contract of a client without a type argument. It has no events, so that a forgotten type argument is an error at the first
 * call.
 */
export type NoContract = Router<Omit<RouterTypes, 'entries'> & { readonly entries: {} }>

/**
 * Connects a client that has the contract at run time to this page's host. Values that are sent and received are checked and
 * decoded. Verbs throw a TypeError for an event that the contract does not have, and `of` for such a namespace.
 *
 * @example
 * const client = createClient(api, { auth: { token } })
 */
export function createClient<Contract extends Router<RouterTypes>>(
  api: Contract,
  ...options: OptionsArgument<AuthOf<Contract>>
): Client<Contract, 'decoded'>
/**
 * Connects a client that has the contract at run time to a URL, or creates it over an existing socket, which keeps its own options.
 *
 * @example
 * const client = createClient(api, 'http://localhost:3000', { auth: { token } })
 */
export function createClient<Contract extends Router<RouterTypes>, To extends string | Socket = string>(
  api: Contract,
  to: To,
  ...options: To extends string
    ? OptionsArgument<AuthOf<Contract>>
    : [options?: CallOptions & ListenOptions & WriteOptions]
): Client<Contract, 'decoded'>
/**
 * Connects a client that has only the contract's type to this page's host. Nothing of the contract is imported at run time, and
 * values have their wire types.
 *
 * @example
 * const client = createClient<typeof api>({ auth: { token } })
 * const result = await client.emit.user_sign_up({ email, password })
 */
export function createClient<Contract extends Router<RouterTypes> = NoContract>(
  ...options: OptionsArgument<AuthOf<Contract>>
): Client<Contract>
/** Creates a client that has only the contract's type over an existing socket, which keeps its own options. */
export function createClient<Contract extends Router<RouterTypes> = NoContract>(
  socket: Socket,
  options?: CallOptions & ListenOptions & WriteOptions,
): Client<Contract>
/**
 * Connects a client that has only the contract's type to a URL.
 *
 * @example
 * const client = createClient<typeof api>('http://localhost:3000', { auth: { token } })
 */
export function createClient<Contract extends Router<RouterTypes> = NoContract>(
  url: string,
  ...options: OptionsArgument<AuthOf<Contract>>
): Client<Contract>
// Compilers report a mistake by the last overload with as many arguments, and infer a return type from the last of all.
/** Connects a client that has only the contract's type; compilers report a mistake in a single argument by this. */
export function createClient<Contract extends Router<RouterTypes> = NoContract>(
  to:
    | UrlAlone<AuthOf<Contract>>
    | (OptionsArgument<AuthOf<Contract>>[0] & Refused<'this contract requires auth: createClient(api, { auth })'>),
): Client<Contract>
/** Connects a client to a URL, or to this page's host; compilers report a mistake in two arguments by this. */
export function createClient<Contract extends Router<RouterTypes> = NoContract>(
  to: Contract | string,
  options:
    | (OptionsArgument<AuthOf<Contract>>[0] & Refused<'the contract comes first: createClient(api, url)'>)
    | MissingAuth<AuthOf<Contract>>,
): Client<Contract>
export function createClient(...given: readonly (Router | string | Socket | object | undefined)[]): unknown {
  const api = isRouter(given[0]) ? given[0] : undefined
  const [to, more] = api ? given.slice(1) : given
  if (isRouter(more))
    throw new TypeError('ackwire: createClient: expected the contract first, as in createClient(api, url)')
  const isTarget = isSocket(to) || typeof to === 'string'
  if (given.length > 1 && !api && !isTarget)
    throw new TypeError(`ackwire: createClient: expected a contract, a URL or a socket, got ${String(to)}`)
  const options: Partial<ManagerOptions & SocketOptions> & CallOptions & ListenOptions = {
    ...((isTarget ? more : to) as object),
  }
  checkOptions(options)
  const socket = isSocket(to) ? to : typeof to === 'string' ? io(to, options) : io(options)
  const { ackTimeout = 20_000, retries = 0, acks, onError = print } = options
  return clientOf(retryRefused(socket), api?.['~peer']('/'), { api, ackTimeout, retries, acks, onError, signals: [] })
}

const print = (error: unknown, event: string): void => console.error(`ackwire: ${event}:`, error)

/** Refuses a contract in the place of options with a sentence, which compilers print. */
interface Refused<Sentence extends string> {
  readonly '~router'?: Sentence
}

// `Object` wraps primitives, for which `in` would throw.
const isSocket = (value: unknown): value is Socket => 'emit' in (Object(value) as object)
/** Returns true if a value is a contract, made by any copy of `@ackwire/core`. */
export const isRouter = (value: unknown): value is Router => '~router' in (Object(value) as object)
