/** Whether a value is a promise, of whatever make. */
export const isPromise = (value: unknown): value is PromiseLike<unknown> =>
  typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function'

/** What a promise comes to, or what `instead` returns or throws if it takes longer than `ms`. */
export const within = (promise: PromiseLike<unknown>, ms: number, instead: () => unknown): Promise<unknown> =>
  new Promise((resolve, reject) => {
    const timer = setTimeout(() => new Promise(settle => settle(instead())).then(resolve, reject), ms)
    Promise.resolve(promise)
      .then(resolve, reject)
      .finally(() => clearTimeout(timer))
  })
