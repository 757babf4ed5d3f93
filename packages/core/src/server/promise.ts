/** Whether a value is a promise, of whatever make. */
export const isPromise = (value: unknown): value is PromiseLike<unknown> =>
  typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function'

/** A duration as a timer takes it, in milliseconds: one of more than about 24 days would be over at once. */
export const timerFor = (ms: number): number => Math.min(ms, 2 ** 31 - 1)

/** What a promise comes to, or what `instead` returns or throws if it takes longer than `ms`. */
export const within = (promise: PromiseLike<unknown>, ms: number, instead: () => unknown): Promise<unknown> =>
  new Promise((resolve, reject) => {
    const timer = setTimeout(() => new Promise(settle => settle(instead())).then(resolve, reject), ms)
    Promise.resolve(promise)
      .then(resolve, reject)
      .finally(() => clearTimeout(timer))
  })
