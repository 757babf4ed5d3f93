import type { Router, RouterTypes } from '../../contract/contract.js'

/** What surrounds the events of a namespace. */
export interface NamespaceContext {
  /** The handshake's `auth`. */
  readonly auth: unknown
  /** The socket's `data`. */
  readonly data: unknown
  /** What middleware added. */
  readonly ctx: object
  /** The namespace's parameters. */
  readonly params: object
}

/** A namespace without `authenticate` and middleware. */
export interface DefaultContext<Auth = unknown, Params extends object = {}> extends NamespaceContext {
  readonly auth: Auth
  readonly data: Readonly<Record<string, unknown>>
  readonly ctx: {}
  readonly params: Params
}

/** What surrounds the events of a contract's root. */
export type RootContext<Contract extends Router<RouterTypes>> = DefaultContext<
  NonNullable<Contract['~types']>['decodedAuth']
>
