import type { Call } from '@ackwire/core'
import type {
  AnyEvent,
  EntriesOf,
  EventTypes,
  IsAnswered,
  MemberKeys,
  PartOf,
  StreamTypes,
  TypedContract,
  TypesOf,
  View,
} from '@ackwire/core/declarations'

/** Opens the streams. */
export type OpenStream<Contract extends TypedContract, Side extends View = 'wire'> = OpenStreamMembers<
  Contract,
  EntriesOf<Contract>,
  MemberKeys<EntriesOf<Contract>, StreamTypes>,
  Side
>

type OpenStreamMembers<Contract extends TypedContract, Entries, Keys extends keyof Entries, Side extends View> = {
  readonly [Key in Keys]: Entries[Key] extends AnyEvent<infer Items>
    ? (
        ...args: TypesOf<Entries[Key]>[Side]['args']
      ) => StreamOf<Extract<Items, StreamTypes>, TypesOf<Entries[Key]>, Side>
    : OpenStream<PartOf<Contract, Key>, Side>
}

type StreamOf<Items extends StreamTypes, Types extends EventTypes, Side extends View> = Stream<
  Items[Side],
  IsAnswered<Types> extends true ? Types[Side]['ack'] : undefined,
  Types[Side]['errors']
>

/**
 * The items of a stream, as they come. It is opened when the first is asked for, and ended by leaving the loop. A loop ends
 * with a `CallError` as a call does, `DISCONNECTED` where the connection was lost after an item without an id.
 */
export interface Stream<Item, Final, Errors> extends AsyncIterableIterator<Item, Final, undefined> {
  /** The final value, when the loop has read all; rejects as the loop does, and with `ABORTED` where the loop is left before. */
  readonly result: Call<Final, Errors>
  /** Ends it, also while an item is waited for: then there is none. */
  return(): Promise<IteratorResult<Item, Final>>
}
