const ID: unique symbol = Symbol('id')

/** An item of a stream with its id. */
export interface Tracked<Item> {
  readonly [ID]: string
  /** The item itself. */
  readonly item: Item
}

/**
 * Gives an item of a stream an id. A client that has lost its connection continues after that item: the handler is
 * called again, with the id as `lastEventId`.
 *
 * @throws TypeError unless the id is a non-empty string.
 * @example
 * yield tracked(String(row.id), row)
 */
export const tracked = <Item>(id: string, item: Item): Tracked<Item> => {
  if (typeof id !== 'string' || id === '')
    throw new TypeError(
      `ackwire: tracked: expected a non-empty string as the id, got ${id === '' ? 'an empty string' : typeof id}`,
    )
  return Object.freeze({ [ID]: id, item })
}

/** Returns the id of an item, or `undefined` if it has none. */
export const idOf = (given: unknown): string | undefined => (isTracked(given) ? given[ID] : undefined)

/** Returns an item without its id. */
export const untracked = (given: unknown): unknown => (isTracked(given) ? given.item : given)

const isTracked = (given: unknown): given is Tracked<unknown> =>
  typeof given === 'object' && given !== null && Object.hasOwn(given, ID)
