import type { Static, TObject, TSchema, TUnknown } from '@sinclair/typebox'
import { isPlainObject } from '../definition-error.js'
import type { Extensions, ExternalDocs, Security, Tag } from './description.js'
import type { AnyEvent, Event, EventData } from './event.js'
import type { Limit } from './limit.js'
import type { ClientContract } from './client-contract.js'
import type { Decoded } from './types.js'

/** What a router is made of: events, groups (nested routers) and, by keys that begin with a slash, namespaces. */
export interface RouterEntries {
  readonly [key: string]: Event | Router
}

/**
 * Entries of which nothing is required but what tells them from other values. The compiler compares every entry of a contract
 * with this type whenever an editor asks for its names; with `RouterEntries` it would work out the types of every event for that.
 */
export interface UncheckedEntries {
  readonly [key: string]: AnyEvent | Pick<Router, '~router'>
}

/** What holds for a namespace, or for the events of a group, which can't have an `auth` of its own. */
export interface RouterOptions<
  Auth extends TSchema = TSchema,
  Params extends TObject | TUnknown = TObject | TUnknown,
> extends Extensions {
  /** The schema of the handshake's `auth` payload. */
  readonly auth?: Auth
  /**
   * The schema of the parameters of a namespace such as `/game-{id}`: a `Type.Object` with a property for each. A name
   * whose parameters do not match names no namespace.
   */
  readonly params?: Params
  /**
   * What the server takes of its inputs together; those of a namespace with parameters are counted over all its names.
   * `maxBytes` holds for each of them.
   */
  readonly limit?: Limit
  /**
   * Whether the trace context of the caller, `{ traceparent, tracestate? }`, may follow the arguments of the inputs as one
   * more: a client that knows nothing of it leaves it out. Groups that don't say otherwise follow. No by default.
   */
  readonly traceContext?: boolean
  /** The description of the namespace or group, in Markdown. */
  readonly description?: string
  /** The tags of its events in the document. */
  readonly tags?: readonly Tag[]
  /** A page outside of the document that says more. */
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
}

/** The types of a router. */
export interface RouterTypes {
  /** The events, groups and namespaces, as written. */
  readonly entries: UncheckedEntries
  /** The handshake's values as they travel. */
  readonly wire: HandshakeValues
  /** The handshake's values once `Type.Transform` has decoded them. */
  readonly decoded: HandshakeValues
}

/** The types of a router with these entries and these schemas of its handshake. */
export interface DeclaredTypes<
  Entries extends UncheckedEntries,
  Auth extends TSchema,
  Params extends TSchema,
> extends RouterTypes {
  readonly entries: Entries
  readonly wire: { readonly auth: Static<Auth>; readonly params: Static<Params> }
  readonly decoded: { readonly auth: Decoded<Auth>; readonly params: Decoded<Params> }
}

/** One event with its place: a row of a namespace's table. */
export interface EventEntry extends EventData {
  /** Its name on the wire, such as `todo:create`. */
  readonly name: string
  /** The way to it in the contract, for messages: `/admin.todo.create`. */
  readonly path: string
  /** The keys that lead to it from its namespace, such as `['todo', 'create']`. */
  readonly keys: readonly string[]
  /** The groups it stands in, outermost first. */
  readonly groups: readonly RouterOptions[]
  /** Whether the caller's trace context may follow the arguments. */
  readonly hasTraceContext: boolean
}

/** One namespace with its events, flat. */
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
  /** The root first, then the others as declared. */
  readonly namespaces: readonly NamespaceData[]
}

/** The types of a router of which nothing is known. */
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
  /** Returns what a client has of a namespace at run time; the root is `/`. @throws TypeError where there is no such namespace. */
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

/** Whether a value was made by `router`. */
export const isRouter = (value: unknown): value is Router => isPlainObject(value) && '~router' in value

/** Whether a value was made by `event`. */
export const isEvent = (value: unknown): value is Event => isPlainObject(value) && '~event' in value
