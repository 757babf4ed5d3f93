import type { Static, TObject, TSchema, TUnknown } from '@sinclair/typebox'
import { isPlainObject } from '../definition-error.js'
import type { Extensions, ExternalDocs, Security, Tag } from './description.js'
import type { AckForm } from './ack.js'
import type { BothEvents } from './entry.js'
import type { AnyEvent, Event, EventData } from './event.js'
import type { Limit } from './limit.js'
import type { ClientContract } from './client-contract.js'
import type { Decoded } from './decoded.js'
import type { ErrorSchemas } from './types.js'

/** The entries of a router: events, groups (nested routers) and, under keys that begin with a slash, namespaces. */
export interface RouterEntries {
  readonly [key: string]: Event | BothEvents | Router
}

/**
 * Entries that are checked only for being events or routers. The compiler compares every entry of a contract with this type
 * whenever an editor asks for its names; with `RouterEntries` it would compute the types of every event for that.
 */
export interface UncheckedEntries {
  readonly [key: string]: AnyEvent | Pick<Router, '~router'>
}

/** Options of a namespace, or of a group, which can't have an `auth` of its own. */
export interface RouterOptions<
  Auth extends TSchema = TSchema,
  Params extends TObject | TUnknown = TObject | TUnknown,
  Acks extends AckForm | undefined = AckForm | undefined,
  Errors extends ErrorSchemas = ErrorSchemas,
> extends Extensions {
  /** The schema of the handshake's `auth` payload. */
  readonly auth?: Auth
  /** The errors with which `authenticate` can refuse a client: the schema of each error's `data`, by its code. */
  readonly errors?: Errors
  /**
   * The schema of the parameters of a namespace such as `/game-{id}`: a `Type.Object` with a property for each. A client
   * can't connect to a name whose parameters do not match.
   */
  readonly params?: Params
  /**
   * The limit of all its inputs together; for a namespace with parameters, over all its names. `maxBytes` applies to each
   * message separately.
   */
  readonly limit?: Limit
  /**
   * Lets the caller's trace context, `{ traceparent, tracestate? }`, follow the arguments of the inputs as one more
   * argument, which clients may leave out. Groups inherit the setting unless they have their own.
   *
   * @default false
   */
  readonly traceContext?: boolean
  /**
   * The form of its acks: `error-first` is that of Node's callbacks, `ack(null, value)` or `ack(error)`, as the option `errorFirst` of
   * `.ack` declares it for one event. Groups and namespaces inherit the form unless they have their own; streams have none.
   *
   * @default 'value'
   */
  readonly acks?: Acks
  /** The description of the namespace or group, in Markdown. */
  readonly description?: string
  /** The tags of its events in the document. */
  readonly tags?: readonly Tag[]
  /** A page outside of the document with more information. */
  readonly externalDocs?: ExternalDocs
  /** The names of the security schemes of its events. */
  readonly security?: Security
}

/** The types of a namespace's handshake, on one side of its schemas' transforms. */
export interface HandshakeValues {
  /** The handshake's `auth`. */
  readonly auth: unknown
  /** The namespace's parameters; `unknown` without a schema, since they are then the strings that the key has names for. */
  readonly params: unknown
  /** The `data` of the errors with which `authenticate` can refuse a client, by code. */
  readonly errors?: unknown
}

/** The types of a router. */
export interface RouterTypes {
  /** The events, groups and namespaces, as written. */
  readonly entries: UncheckedEntries
  /** The handshake's values as they travel. */
  readonly wire: HandshakeValues
  /** The handshake's values once `Type.Transform` has decoded them. */
  readonly decoded: HandshakeValues
  /** The form of the acks, if the router has one of its own. */
  readonly acks?: AckForm | undefined
}

/** The types of a router with these entries and these schemas of its handshake. */
export interface DeclaredTypes<
  Entries extends UncheckedEntries,
  Auth extends TSchema,
  Params extends TSchema,
> extends RouterTypes {
  readonly entries: Entries
  readonly wire: { readonly auth: Static<Auth>; readonly params: Static<Params>; readonly errors: {} }
  readonly decoded: { readonly auth: Decoded<Auth>; readonly params: Decoded<Params>; readonly errors: {} }
}

/** A router's types with the form of its acks and the errors of its handshake, if it has any: an editor prints them. */
export type WithConventions<
  Types extends RouterTypes,
  Acks extends AckForm | undefined,
  Errors extends ErrorSchemas,
> = [Acks, keyof Errors] extends [undefined, never] ? Types : ConventionTypes<Types, Acks, Errors>

/** A router's types with the form of its acks and the errors of its handshake. */
export interface ConventionTypes<
  Types extends RouterTypes,
  Acks extends AckForm | undefined,
  Errors extends ErrorSchemas,
> extends RouterTypes {
  readonly entries: Types['entries']
  readonly acks: Acks
  readonly wire: {
    readonly auth: Types['wire']['auth']
    readonly params: Types['wire']['params']
    readonly errors: { readonly [Code in keyof Errors]: Static<Errors[Code]> }
  }
  readonly decoded: {
    readonly auth: Types['decoded']['auth']
    readonly params: Types['decoded']['params']
    readonly errors: { readonly [Code in keyof Errors]: Decoded<Errors[Code]> }
  }
}

/** An event of a namespace, with its name and its path in the contract. */
export interface EventEntry extends EventData {
  /** Its name on the wire, such as `todo:create`. */
  readonly name: string
  /** Its path in the contract, for messages: `/admin.todo.create`. */
  readonly path: string
  /** The keys that lead to it from its namespace, such as `['todo', 'create']`. */
  readonly keys: readonly string[]
  /** The options of the groups that contain it, outermost first. */
  readonly groups: readonly RouterOptions[]
  /** True if the caller's trace context may follow the arguments. */
  readonly hasTraceContext: boolean
}

/** A namespace and the flat list of its events. */
export interface NamespaceData {
  /** `/`, `/admin` or a pattern such as `/game-{id}`. */
  readonly name: string
  /** The options of its router. */
  readonly options: RouterOptions
  /** Its events, those of groups included. */
  readonly events: readonly EventEntry[]
}

/** A router as data. */
export interface RouterData {
  /** The entries, as written. */
  readonly entries: UncheckedEntries
  /** The options, as written. */
  readonly options: RouterOptions
  /** The root first, then the other namespaces in the order of their declaration. */
  readonly namespaces: readonly NamespaceData[]
}

/** The types of an arbitrary router. */
interface UnknownTypes extends RouterTypes {
  readonly entries: RouterEntries
}

/** A type that has a contract's types: a router, or a part of one by its key. */
export interface TypedContract<Types extends RouterTypes = RouterTypes> {
  /** Types only, never a value. */
  readonly '~types'?: Types
}

/** A contract, or a part of one. */
export interface Router<Types extends RouterTypes = UnknownTypes> extends TypedContract<Types> {
  readonly '~router': RouterData
  /** Returns the run-time contract of a namespace for clients; the root is `/`. @throws TypeError if there is no such namespace. */
  readonly '~peer': (namespace: string) => ClientContract
}

/**
 * Gives a contract's type a name, which editors and error messages print instead of the whole contract.
 *
 * @example
 * const contract = router({ ping: event.input().ack() })
 * interface Api extends ContractOf<typeof contract> {}
 * const named: Api = contract
 */
export type ContractOf<Contract extends Router<RouterTypes>> = Contract

/** Tells whether a value was made by `event`. */
export const isEvent = (value: unknown): value is AnyEvent => isPlainObject(value) && '~event' in value
