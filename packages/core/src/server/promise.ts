/** Tells whether a value is a promise or another thenable. */
export const isPromise = (value: unknown): value is PromiseLike<unknown> =>
  typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function'

/** Settles like a promise or, if that takes longer than `ms`, with the result or error of `instead`. */
export const within = (promise: PromiseLike<unknown>, ms: number, instead: () => unknown): Promise<unknown> =>
  new Promise((resolve, reject) => {
    const timer = setTimeout(() => new Promise(settle => settle(instead())).then(resolve, reject), ms)
    Promise.resolve(promise)
      .then(resolve, reject)
      .finally(() => clearTimeout(timer))
  })
