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

/** Prevents an unhandled rejection of a promise that the caller does not await; a caller that awaits it still gets the error. */
export const quiet = <Value>(promise: Promise<Value>): Promise<Value> => {
  promise.catch(() => {})
  return promise
}

/** Holds every promise in a value that is refused, since nobody will await it. */
export const holdPromises = (value: unknown): void => {
  const seen = new Set<object>()
  const open = [value]
  while (open.length > 0 && seen.size < MOST_PARTS) {
    const part = open.pop()
    if (typeof part !== 'object' || part === null || seen.has(part)) continue
    seen.add(part)
    if (holdPromise(part) || ArrayBuffer.isView(part)) continue
    // A getter or a proxy can throw.
    try {
      for (const inside of Object.values(part)) open.push(inside)
    } catch {}
  }
}

/** The maximum number of objects in a refused value in which promises are looked for. */
const MOST_PARTS = 10_000

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
  if (!holdPromise(made)) return made
  const error = new TypeError(`ackwire: ${place}: expected ${expected}, got a promise; ${advice}`)
  refusals.add(error)
  throw error
}

const refusals = new WeakSet<object>()

/** Tells whether `assertNoPromise` threw an error: a mistake of the contract, not of the value. */
export const isPromiseRefusal = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && refusals.has(error)
