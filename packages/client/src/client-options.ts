import type { AuthOf, NamespaceParams, TypedContract, View } from '@ackwire/core/declarations'
import type { ManagerOptions, SocketOptions } from 'socket.io-client'
import type { CallOptions, WriteOptions } from './call.js'
import type { ListenOptions } from './listen.js'

/** The option `auth`: the handshake's `auth`, or a function that passes it to its callback at each attempt to connect. */
export interface AuthOptions<Auth> {
  /** The `auth` of the handshake, or a function that passes it to its argument for each attempt to connect. */
  readonly auth?: Auth | ((send: (auth: Auth) => void) => void)
}

type OptionsWithoutAuth = Partial<Omit<ManagerOptions & SocketOptions, 'auth'>> &
  Pick<CallOptions & ListenOptions, 'acks' | 'onError'> &
  WriteOptions

/** Options of socket.io-client, with an `ackTimeout` of 20,000 ms by default. */
export type ClientOptions<Auth> = OptionsWithoutAuth & AuthOptions<Auth>

/** The arguments of `of` after the name, in a client with this `auth` of its own. */
export type OfArguments<Entry, Name, Side extends View, Own> = Name extends `${string}{${string}`
  ? [params: NamespaceParams<Entry, Name, Side>, ...options: OfOptions<NamespaceAuth<Entry>, Own>]
  : OfOptions<NamespaceAuth<Entry>, Own>

type OfOptions<Auth, Own> =
  IsOptional<Auth> extends true
    ? [options?: AuthOptions<Auth>]
    : Own extends Auth
      ? [options?: AuthOptions<Auth>]
      : [options: Required<AuthOptions<Auth>>]

type NamespaceAuth<Entry> = Entry extends TypedContract ? AuthOf<Entry> : never

/** `true` if a client may leave out its `auth`, of which Socket.IO then makes `{}`. */
type IsOptional<Auth> = {} extends Auth ? true : false

/** The options of a client that connects by itself, which are required if the contract requires an `auth`. */
export type OptionsArgument<Auth> =
  IsOptional<Auth> extends true ? [options?: ClientOptions<Auth>] : [options: OptionsWithoutAuth & AuthNowOrLater<Auth>]

type AuthNowOrLater<Auth> =
  | (AuthOptions<Auth> & { readonly autoConnect: false })
  // With the other member's property, by which the compiler finds the one to compare with.
  | (Required<AuthOptions<Auth>> & { readonly autoConnect?: boolean })

/** A sentence in the place of a URL without options, if the contract requires an `auth`: compilers print it. */
export type MissingAuth<Auth> =
  IsOptional<Auth> extends true
    ? never
    : 'this contract requires auth: give { auth } after the URL, or { autoConnect: false } to set it later'

/** A URL without options behind it. */
export type UrlAlone<Auth> = [MissingAuth<Auth>] extends [never] ? string : MissingAuth<Auth>
