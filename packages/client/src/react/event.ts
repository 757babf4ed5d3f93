import type { ValueOf } from '@ackwire/core'
import { useReducer } from 'react'
import { useEarlyEffect, useLasting } from './stable.js'
import { memberOf } from './event-of.js'

/** An output of a client: `client.on.user_joined`. */
export type Subscribe<Args extends readonly unknown[]> = (listener: (...args: Args) => unknown) => () => void

/** What has come, and of which event of which socket. */
interface Came {
  readonly of: object
  readonly value: unknown
}

/**
 * The latest output, and `undefined` before the first: its argument, several as a tuple. With a function and a first value,
 * what the function has made of the value before and the arguments, for each output since the component is mounted.
 *
 * What shall be done for each output, not shown, is an effect: `useEffect(() => client.on.user_joined(greet), [client])`.
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
  const [came, hear] = useReducer(
    (before: Came, { of, args }: { readonly of: object; readonly args: readonly unknown[] }): Came => ({
      of,
      value: reduce(before.of === of ? before.value : initial, ...args),
    }),
    { of: source, value: initial },
  )
  useEarlyEffect(
    () => (on as Subscribe<readonly unknown[]>)((...args) => hear({ of: source, args })),
    // The function may be another one at each render, and still be the same event's.
    [source],
  )
  return came.of === source ? came.value : initial
}
