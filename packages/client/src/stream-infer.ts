import type { Call } from '@ackwire/core'
import type {
  AnyEvent,
  EntriesOf,
  EventTypes,
  InputTypesOf,
  IsAnswered,
  MemberKeys,
  PartOf,
  StreamTypes,
  TypedContract,
  View,
} from '@ackwire/core/declarations'

/** The type of `client.stream`: each function opens a stream. */
export type OpenStream<Contract extends TypedContract, Side extends View = 'wire'> = OpenStreamMembers<
  Contract,
  EntriesOf<Contract>,
  MemberKeys<EntriesOf<Contract>, StreamTypes>,
  Side
>

type OpenStreamMembers<Contract extends TypedContract, Entries, Keys extends keyof Entries, Side extends View> = {
  readonly [Key in Keys]: Entries[Key] extends AnyEvent<infer Items>
    ? (
        ...args: InputTypesOf<Entries[Key]>[Side]['args']
      ) => StreamOf<Extract<Items, StreamTypes>, InputTypesOf<Entries[Key]>, Side>
    : OpenStream<PartOf<Contract, Key>, Side>
}

type StreamOf<Items extends StreamTypes, Types extends EventTypes, Side extends View> = Stream<
  Items[Side],
  IsAnswered<Types> extends true ? Types[Side]['ack'] : undefined,
  Types[Side]['errors']
>

/**
 * Iterates over the items of a stream as they arrive. The stream is opened when the first item is requested, and ended when the loop
 * is left. The loop throws a `CallError` as a call does: `DISCONNECTED` if the connection was lost after an item without an id.
 */
export interface Stream<Item, Final, Errors> extends AsyncIterableIterator<Item, Final, undefined> {
  /** Resolves to the final value once the loop has read all items. Rejects if the loop throws, and with `ABORTED` if it is left before. */
  readonly result: Call<Final, Errors>
  /** Ends the stream. A pending `next()` then resolves without an item. */
  return(): Promise<IteratorResult<Item, Final>>
}
