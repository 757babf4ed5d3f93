import type { IsAnswered } from '../../contract/infer.js'
import type { Tracked } from '../../tracked.js'
import type { EventTypes, StreamTypes } from '../../contract/types.js'

/** The kinds of the events that a client sends. */
export type InputKind = 'input' | StreamTypes

/** The result of a stream's handler: its items, with their ids or without. */
export type StreamSource<Types extends EventTypes, Item> = ItemSource<Types, Item> | Promise<ItemSource<Types, Item>>

// Without a final value, the return value of the generator is ignored.
type ItemSource<Types extends EventTypes, Item> = AsyncIterable<
  Item | Tracked<Item>,
  IsAnswered<Types> extends true ? Types['decoded']['ack'] : unknown,
  undefined
>
