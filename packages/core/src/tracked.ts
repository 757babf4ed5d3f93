const ID: unique symbol = Symbol('id')

/** An item of a stream with its id. */
export interface Tracked<Item> {
  readonly [ID]: string
  /** The item itself. */
  readonly item: Item
}

/**
 * An item with an id, which a client that has lost the connection goes on after: the handler is called again, with it as
 * `lastEventId`.
 *
 * @throws TypeError for an id that is no text, or empty.
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

/** The id of an item, if it was given one. */
export const idOf = (given: unknown): string | undefined => (isTracked(given) ? given[ID] : undefined)

/** An item without its id. */
export const untracked = (given: unknown): unknown => (isTracked(given) ? given.item : given)

const isTracked = (given: unknown): given is Tracked<unknown> =>
  typeof given === 'object' && given !== null && Object.hasOwn(given, ID)
