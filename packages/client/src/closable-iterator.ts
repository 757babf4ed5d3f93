/**
 * Returns an iterator over a generator that can be closed while an item is awaited, unlike the generator itself: `leave` must end
 * that wait. `ask` is called before each item.
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
