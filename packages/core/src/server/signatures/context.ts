import type { TypedContract } from '../../contract/contract.js'
import type { HandshakeErrorsOf, ParamsBy, PartOf } from '../../contract/infer.js'

/** The types that the handlers of a namespace get besides those of their event. */
export interface NamespaceContext {
  /** The handshake's `auth`. */
  readonly auth: unknown
  /** The socket's `data`. */
  readonly data: unknown
  /** The values that middleware added. */
  readonly ctx: object
  /** The namespace's parameters. */
  readonly params: object
  /** The `data` of the errors with which `authenticate` can refuse a client, by code. */
  readonly errors?: unknown
}

/** The context of a namespace without `authenticate` and middleware. */
export interface DefaultContext<Auth = unknown, Params extends object = {}> extends NamespaceContext {
  readonly auth: Auth
  readonly data: Readonly<Record<string, unknown>>
  readonly ctx: {}
  readonly params: Params
  readonly errors: {}
}

/** The context of a contract's root before `authenticate` and middleware. */
export interface RootContext<Contract extends TypedContract> extends NamespaceContext {
  readonly auth: NonNullable<Contract['~types']>['decoded']['auth']
  readonly data: Readonly<Record<string, unknown>>
  readonly ctx: {}
  readonly params: {}
  readonly errors: HandshakeErrorsOf<Contract, 'decoded'>
}

/** The context of one of a contract's namespaces before `authenticate` and middleware. */
export interface ContextOf<Contract extends TypedContract, Name> extends NamespaceContext {
  readonly auth: NonNullable<PartOf<Contract, Name>['~types']>['decoded']['auth']
  readonly data: Readonly<Record<string, unknown>>
  readonly ctx: {}
  readonly params: ParamsBy<NonNullable<PartOf<Contract, Name>['~types']>['decoded']['params'], Name>
  readonly errors: HandshakeErrorsOf<PartOf<Contract, Name>, 'decoded'>
}
