import type { ValueOf } from '@ackwire/core'
import { useReducer } from 'react'
import { useEarlyEffect, useLasting } from './stable.js'
import { memberOf } from './event-of.js'

/** An output of a client, such as `client.on.user_joined`. */
export type Subscribe<Args extends readonly unknown[]> = (listener: (...args: Args) => unknown) => () => void

/** The latest value, with the event and socket that it belongs to. */
interface Received {
  readonly of: object
  readonly value: unknown
}

/**
 * Returns the latest output, and `undefined` before the first: its argument, or a tuple of several. With a reducer and an initial
 * value, returns the reduction of all outputs since the component was mounted.
 *
 * For a side effect on each output, use an effect: `useEffect(() => client.on.user_joined(greet), [client])`.
 *
 * @example
 * const user = useEvent(client.on.user_joined)
 * const users = useEvent(client.on.user_joined, (users, user) => [...users, user.name], [] as string[])
 */
export function useEvent<Args extends readonly unknown[]>(on: Subscribe<Args>): ValueOf<Args> | undefined
export function useEvent<Args extends readonly unknown[], Value>(
  on: Subscribe<Args>,
  reduce: (value: Value, ...args: [...Args]) => Value,
  initial: Value,
): Value
export function useEvent(
  on: unknown,
  reduce: (value: unknown, ...args: readonly unknown[]) => unknown = (_, ...args) => (args.length > 1 ? args : args[0]),
  initial?: unknown,
): unknown {
  const [socket, event] = memberOf(on, 'useEvent', 'client.on.user_joined')
  const source = useLasting([socket, event])
  const [received, hear] = useReducer(
    (before: Received, { of, args }: { readonly of: object; readonly args: readonly unknown[] }): Received => ({
      of,
      value: reduce(before.of === of ? before.value : initial, ...args),
    }),
    { of: source, value: initial },
  )
  useEarlyEffect(
    () => (on as Subscribe<readonly unknown[]>)((...args) => hear({ of: source, args })),
    // The function may change at each render and still belong to the same event.
    [source],
  )
  return received.of === source ? received.value : initial
}
