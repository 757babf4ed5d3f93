/** Tells whether a value is a promise or another thenable. */
export const isPromise = (value: unknown): value is PromiseLike<unknown> =>
  typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function'

/** Prevents the rejection of a promise that nobody awaits from ending the process. Returns whether the value is a promise. */
export const holdPromise = (value: unknown): boolean => {
  // Looking for `then` can throw, for a proxy or a getter.
  try {
    if (!isPromise(value)) return false
    new Promise(adopt => adopt(value)).catch(() => {})
    return true
  } catch {
    return false
  }
}

/**
 * Returns a value that is not a promise, such as the result of a synchronous function of the application. `place` names
 * where it belongs, and `expected` what belongs there. @throws TypeError for a promise, whose rejection is held.
 */
export const assertNoPromise = <Made>(
  made: Made,
  place: string,
  expected: string,
  advice = 'make it synchronous, and await in the handler',
): Made => {
  if (holdPromise(made)) throw new TypeError(`ackwire: ${place}: expected ${expected}, got a promise; ${advice}`)
  return made
}
