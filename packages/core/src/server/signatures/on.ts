import type { TypedContract } from '../../contract/contract.js'
import type { BothEvents } from '../../contract/entry.js'
import type { AnyEvent } from '../../contract/event.js'
import type { EntriesOf, MemberKeys, PartOf, TypesAt } from '../../contract/infer.js'
import type { StreamTypes } from '../../contract/types.js'
import type { DefaultContext, NamespaceContext } from './context.js'
import type { DisconnectContext, Handler, SocketContext, StreamHandler } from './handlers.js'
import type { InputKind } from './stream.js'

/** Registers handlers by their event's name, and lifecycle listeners by Socket.IO's names. */
export type On<Contract extends TypedContract, Context extends NamespaceContext = DefaultContext> = GroupRegistrars<
  Contract,
  Context,
  Contract
> &
  Lifecycle<Contract, Context>

type GroupRegistrars<
  Contract extends TypedContract,
  Context extends NamespaceContext,
  Group extends TypedContract,
> = Registrars<Contract, Context, Group, MemberKeys<EntriesOf<Group>, InputKind>>

type Registrars<
  Contract extends TypedContract,
  Context extends NamespaceContext,
  Group extends TypedContract,
  Keys extends keyof EntriesOf<Group>,
> = {
  readonly [Key in Keys]: EntriesOf<Group>[Key] extends AnyEvent<'input'>
    ? (handler: Handler<TypesAt<Group, Key>, Contract, Context>) => () => void
    : EntriesOf<Group>[Key] extends AnyEvent<infer Items extends StreamTypes>
      ? (handler: StreamHandler<TypesAt<Group, Key>, Items['decoded'], Contract, Context>) => () => void
      : EntriesOf<Group>[Key] extends BothEvents<infer Items extends StreamTypes>
        ? (handler: StreamHandler<TypesAt<Group, Key>, Items['decoded'], Contract, Context>) => () => void
        : // An input that shares its name with an output, or an event of an unknown kind.
          EntriesOf<Group>[Key] extends AnyEvent
          ? (handler: Handler<TypesAt<Group, Key>, Contract, Context>) => () => void
          : GroupRegistrars<Contract, Context, PartOf<Group, Key>>
}

/** Registers lifecycle listeners by Socket.IO's reserved names, any number for each. The returned function removes the listener. */
export interface Lifecycle<Contract extends TypedContract, Context extends NamespaceContext = DefaultContext> {
  /** Registers a listener of new connections. */
  readonly connection: (listener: (context: SocketContext<Contract, Context>) => unknown) => () => void
  /** Registers a listener of clients that are about to disconnect, and are still in their rooms. */
  readonly disconnecting: (listener: (context: DisconnectContext<Contract, Context>) => unknown) => () => void
  /** Registers a listener of clients that have disconnected. */
  readonly disconnect: (listener: (context: DisconnectContext<Contract, Context>) => unknown) => () => void
}
