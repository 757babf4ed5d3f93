/**
 * Returns an iterator over a generator that can be closed while an item is awaited, unlike the generator itself: `endWait` must end
 * that wait. `onNext` is called before each item is requested.
 */
export const closable = <Final>(
  items: AsyncGenerator<unknown, Final | undefined, undefined>,
  endWait: () => void,
  onNext?: () => void,
): AsyncIterableIterator<unknown, Final | undefined, undefined> => ({
  next() {
    onNext?.()
    return items.next()
  },
  return() {
    endWait()
    return items.return(undefined)
  },
  // Hermes has no such symbol, and the `for await` that Babel makes for it looks for this name.
  [Symbol.asyncIterator ?? ('@@asyncIterator' as unknown as typeof Symbol.asyncIterator)]() {
    return this
  },
})
