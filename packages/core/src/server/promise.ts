/** Settles like a promise or, if that takes longer than `ms`, with the result or error of `instead`. */
export const within = (promise: PromiseLike<unknown>, ms: number, instead: () => unknown): Promise<unknown> =>
  new Promise((resolve, reject) => {
    const timer = setTimeout(() => new Promise(settle => settle(instead())).then(resolve, reject), ms)
    Promise.resolve(promise)
      .then(resolve, reject)
      .finally(() => clearTimeout(timer))
  })
