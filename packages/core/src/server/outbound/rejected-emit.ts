/**
 * Returns the promise of an emit that is not made, for a caller that expects a promise. Calls `report` if nobody asks for the
 * result in this turn of the event loop: a rejection that nobody awaits does not end the process, but must not go unnoticed.
 */
export const rejectedEmit = (reason: unknown, report: () => void): Promise<never> => {
  let isAwaited = false
  const promise = Promise.reject<never>(reason)
  promise.catch(() => {})
  const then = (...handlers: readonly unknown[]): unknown => {
    isAwaited = true
    return Reflect.apply(Promise.prototype.then, promise, handlers)
  }
  // oxlint-disable-next-line unicorn/no-thenable -- it is a promise already
  Reflect.defineProperty(promise, 'then', { value: then })
  // `await` calls `then` only of promises with another constructor than its own.
  Reflect.defineProperty(promise, 'constructor', { value: undefined })
  setImmediate(() => {
    if (!isAwaited) report()
  })
  return promise
}
