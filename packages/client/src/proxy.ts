/** What JavaScript reads on its own, such as `await` looking for `then`: never an event. */
const isEvent = (key: string | symbol): key is string => typeof key === 'string' && key !== 'then' && key !== 'toJSON'

/** What every function has, and TypeScript lets one call. */
const FUNCTION: ReadonlySet<string | symbol> = new Set(['apply', 'bind', 'call', 'toString', 'valueOf'])

/** An object that has every event as a function, and every group as an object of them, made when it is first read. */
export const eventsOf = (act: (event: string, args: unknown[]) => unknown, event = ''): object => {
  const members: Record<string, object> = Object.create(null)
  return new Proxy(() => {}, {
    get: (own, key) =>
      FUNCTION.has(key)
        ? Reflect.get(own, key)
        : isEvent(key)
          ? (members[key] ??= eventsOf(act, event === '' ? key : `${event}:${key}`))
          : undefined,
    apply: (_, __, args: unknown[]) => act(event, args),
  })
}
