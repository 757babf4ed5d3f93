/** In every error that the server's code throws, and in every reply that is refused. No client may see it. */
export const SECRET = 'hush-b5d1'

/** In texts that clients send. No refusal may repeat it. */
export const ECHO = 'echo-77aa'

/** Values that a handler may throw: errors with the secret in each readable place, and values that are not errors. */
export const throwing: readonly (() => unknown)[] = [
  () => new Error(SECRET),
  () =>
    Object.assign(new TypeError(SECRET), { code: SECRET, data: SECRET, issues: [{ path: SECRET, message: SECRET }] }),
  () => ({ $error: { code: SECRET, message: SECRET } }),
  () => SECRET,
  () => undefined,
  () => null,
  () =>
    new Proxy(
      {},
      {
        get() {
          throw new Error(SECRET)
        },
        getPrototypeOf() {
          throw new Error(SECRET)
        },
      },
    ),
  () =>
    Object.defineProperty(new Error(SECRET), 'message', {
      get() {
        throw new Error(SECRET)
      },
    }),
]
