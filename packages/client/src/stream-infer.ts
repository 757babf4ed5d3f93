import type {
  AnyEvent,
  Call,
  EventTypes,
  GroupOf,
  IsAnswered,
  MemberKeys,
  StreamTypes,
  TypesOf,
  EventKind,
} from '@ackwire/core'
import type { View, Wire } from './view.js'

/** Opens the streams. */
export type OpenStream<
  Entries,
  As extends View = Wire,
  Keys extends keyof Entries = MemberKeys<Entries, StreamTypes>,
> = {
  readonly [Key in Keys]: OpenStreamMember<Entries[Key], As>
}

type OpenStreamMember<Entry, As extends View> =
  Entry extends AnyEvent<infer Is>
    ? (...args: TypesOf<Entry>[As['args']]) => Opened<Is, TypesOf<Entry>, As>
    : OpenStream<GroupOf<Entry>, As>

type Opened<Is extends EventKind, Types extends EventTypes, As extends View> = Is extends StreamTypes
  ? Stream<Is[As['item']], IsAnswered<Types> extends true ? Types[As['ack']] : undefined, Types[As['errors']]>
  : never

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
