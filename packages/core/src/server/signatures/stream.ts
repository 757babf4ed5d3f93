import type { IsAnswered } from '../../contract/infer.js'
import type { Tracked } from '../../tracked.js'
import type { EventTypes, StreamTypes } from '../../contract/types.js'

/** The directions of what a client sends. */
export type Taken = 'input' | StreamTypes

/** What the handler of a stream gives: its items, with their ids or without. */
export type Produced<Types extends EventTypes, Item> = Source<Types, Item> | Promise<Source<Types, Item>>

// Without a final value, what a generator happens to return is of no interest.
type Source<Types extends EventTypes, Item> = AsyncIterable<
  Item | Tracked<Item>,
  IsAnswered<Types> extends true ? Types['decodedAck'] : unknown,
  undefined
>
