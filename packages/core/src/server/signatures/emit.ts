import type { TypedContract } from '../../contract/contract.js'
import type { AnyEvent } from '../../contract/event.js'
import type { EventTypes, EventValues } from '../../contract/types.js'
import type { Call, Calls, EntriesOf, IsAnswered, MemberKeys, PartOf, TypesOf } from '../../contract/infer.js'

/** The number of sockets that an emit reaches: one, whose answer it returns, or many, whose answers it returns as an array. */
export type Reach = 'one' | 'many'

/** The outputs of a namespace as functions; groups as objects of them. */
export type Emit<Contract extends TypedContract, Audience extends Reach> = EmitMembers<
  Contract,
  EntriesOf<Contract>,
  MemberKeys<EntriesOf<Contract>, 'output'>,
  Audience
>

type EmitMembers<Contract extends TypedContract, Entries, Keys extends keyof Entries, Audience extends Reach> = {
  readonly [Key in Keys]: Entries[Key] extends AnyEvent
    ? (...args: TypesOf<Entries[Key]>['decoded']['args']) => EmitResult<TypesOf<Entries[Key]>, Audience>
    : Emit<PartOf<Contract, Key>, Audience>
}

type EmitResult<Types extends EventTypes, Audience extends Reach> =
  IsAnswered<Types> extends true ? Answers<Types['decoded'], Audience> : void

type Answers<Values extends EventValues, Audience extends Reach> = Audience extends 'one'
  ? Call<Values['ack'], Values['errors']>
  : Calls<Values['ack'], Values['errors']>

/**
 * Socket.IO's verbs over a set of sockets. Each returns a new selection and leaves this one as it was.
 *
 * An emit checks its arguments once and throws an `EventError` with the code `INVALID_OUTPUT` where it is called. Where
 * the event has an ack, it returns the answers of all; if some did not come in time, the error's `data.replies` has
 * those that did.
 */
export interface Selection<Contract extends TypedContract> {
  /** Emits to the selected sockets. */
  readonly emit: Emit<Contract, 'many'>
  /** Those in the room, or in any of the rooms. */
  to(room: string | string[]): Selection<Contract>
  /** The same as `to`. */
  in(room: string | string[]): Selection<Contract>
  /** All but those in the room, or in any of the rooms. */
  except(room: string | string[]): Selection<Contract>
  /** How long to wait for acks, in milliseconds. */
  timeout(ms: number): Selection<Contract>
  /** Whether to compress the packet. */
  compress(compress: boolean): Selection<Contract>
  /** Only those on this node. */
  readonly local: Selection<Contract>
  /** The packet may be lost where the connection is not ready. */
  readonly volatile: Selection<Contract>
}
