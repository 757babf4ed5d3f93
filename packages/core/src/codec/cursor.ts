/**
 * Returns the cursor that requests a page: the id of the stream, which is unique over all connections, and the number
 * of the page.
 */
export const cursorOf = (id: string, page: number): string => `${id}.${page}`

/** The maximum length of a cursor, in UTF-16 code units. */
export const LONGEST_CURSOR = 64

/** Reads a cursor. The result for an invalid one names no stream. */
export const readCursor = (cursor: unknown): readonly [id: string, page: number] => {
  const isOne = typeof cursor === 'string' && cursor.length <= LONGEST_CURSOR
  const [id = '', page] = isOne ? cursor.split('.', 2) : []
  return [id, Number(page)]
}
