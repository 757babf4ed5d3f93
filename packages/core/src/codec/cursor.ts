/** What a page is asked for with: the stream's id, unlike that of any other connection, and the page's number. */
export const cursorOf = (id: string, page: number): string => `${id}.${page}`

/** How long a cursor can be, in UTF-16 code units. */
export const LONGEST_CURSOR = 64

/** What a cursor says. What is none says of no stream. */
export const readCursor = (cursor: unknown): readonly [id: string, page: number] => {
  const isOne = typeof cursor === 'string' && cursor.length <= LONGEST_CURSOR
  const [id = '', page] = isOne ? cursor.split('.', 2) : []
  return [id, Number(page)]
}
