/**
 * Iterates over what a generator gives. Unlike a generator alone, it can be left while an item is waited for: `leave` is to
 * end that wait. `ask` is called before each item.
 */
export const leavable = <Final>(
  items: AsyncGenerator<unknown, Final | undefined, undefined>,
  leave: () => void,
  ask?: () => void,
): AsyncIterableIterator<unknown, Final | undefined, undefined> => ({
  next() {
    ask?.()
    return items.next()
  },
  return() {
    leave()
    return items.return(undefined)
  },
  [Symbol.asyncIterator]() {
    return this
  },
})
