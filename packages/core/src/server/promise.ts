/** Tells whether a value is a promise or another thenable. */
export const isPromise = (value: unknown): value is PromiseLike<unknown> =>
  typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function'

/** Settles as a promise does, or as `instead` returns or throws if that takes longer than `ms`. */
export const within = (promise: PromiseLike<unknown>, ms: number, instead: () => unknown): Promise<unknown> =>
  new Promise((resolve, reject) => {
    const timer = setTimeout(() => new Promise(settle => settle(instead())).then(resolve, reject), ms)
    Promise.resolve(promise)
      .then(resolve, reject)
      .finally(() => clearTimeout(timer))
  })
