/** Whether a value is a promise, of whatever make. */
export const isPromise = (value: unknown): value is PromiseLike<unknown> =>
  typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function'

/** What a promise resolves to, and `instead` if it takes longer than `ms`. It rejects as the promise does. */
export const within = (promise: PromiseLike<unknown>, ms: number, instead: () => unknown): Promise<unknown> =>
  new Promise((resolve, reject) => {
    const timer = setTimeout(() => resolve(instead()), ms)
    Promise.resolve(promise)
      .then(resolve, reject)
      .finally(() => clearTimeout(timer))
  })
