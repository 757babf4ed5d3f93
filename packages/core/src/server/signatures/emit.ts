import type { TypedContract } from '../../contract/contract.js'
import type { AnyEvent } from '../../contract/event.js'
import type { EventTypes, EventValues } from '../../contract/types.js'
import type { Call, Calls, EntriesOf, IsAnswered, MemberKeys, OutputTypesOf, PartOf } from '../../contract/infer.js'

/** The audience of an emit: `one` socket, whose answer is returned, or `many`, whose answers are returned as an array. */
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
    ? (...args: OutputTypesOf<Entries[Key]>['decoded']['args']) => EmitResult<OutputTypesOf<Entries[Key]>, Audience>
    : Emit<PartOf<Contract, Key>, Audience>
}

type EmitResult<Types extends EventTypes, Audience extends Reach> =
  IsAnswered<Types> extends true ? Answers<Types['decoded'], Audience> : void

type Answers<Values extends EventValues, Audience extends Reach> = Audience extends 'one'
  ? Call<Values['ack'], Values['errors']>
  : Calls<Values['ack'], Values['errors']>

/**
 * A set of sockets, with Socket.IO's methods. Each method returns a new selection and does not change this one.
 *
 * An emit checks its arguments once and throws an `EventError` with the code `INVALID_OUTPUT` synchronously, if they don't match the
 * contract or JSON can't carry them. For an event with an ack, it rejects with that error instead, or resolves to the answers of all
 * sockets; if some are missing after the timeout, the error's `data.replies` has the others.
 */
export interface Selection<Contract extends TypedContract> {
  /** Emits to the selected sockets. */
  readonly emit: Emit<Contract, 'many'>
  /** Selects the sockets in the room, or in any of the rooms. */
  to(room: string | string[]): Selection<Contract>
  /** Selects the sockets in the room, or in any of the rooms; an alias of `to`. */
  in(room: string | string[]): Selection<Contract>
  /** Excludes the sockets in the room, or in any of the rooms. */
  except(room: string | string[]): Selection<Contract>
  /** Sets the maximum time to wait for acks, in milliseconds. */
  timeout(ms: number): Selection<Contract>
  /** Sets whether the packet is compressed. */
  compress(compress: boolean): Selection<Contract>
  /** The selected sockets of this node only. */
  readonly local: Selection<Contract>
  /** The selection whose packets may be lost if a connection is not ready. */
  readonly volatile: Selection<Contract>
}
