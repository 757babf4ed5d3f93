import type { Call, CallError } from '@ackwire/core'
import { internalsOf } from '../socket-io-internals.js'
import { memberOf } from './event-of.js'
import { abortedBy } from './signal.js'

/** What TanStack Query knows a call by: the namespace and the event's name in its parts, and then the arguments. */
export type CallKey = readonly unknown[]

/** The options of a query: those of `useQuery`, `useSuspenseQuery`, `prefetchQuery` and their like. */
export interface QueryOptions<Reply, Errors> {
  readonly queryKey: CallKey
  readonly queryFn: (context: { readonly signal: AbortSignal }) => Promise<Reply>
  readonly retry: (failures: number, error: CallError<Errors>) => boolean
  readonly retryDelay: (failures: number, error: CallError<Errors>) => number
}

/** The options of a mutation: those of `useMutation`. */
export interface MutationOptions<Variables, Reply, Errors> {
  readonly mutationKey: CallKey
  readonly mutationFn: (variables: Variables) => Promise<Reply>
  readonly retry: (failures: number, error: CallError<Errors>) => boolean
}

type MutationOptionsOf<Variables, Answer> =
  Answer extends Call<infer Reply, infer Errors> ? MutationOptions<Variables, Reply, Errors> : never

/** What may go better the next time. */
const PASSING: ReadonlySet<string> = new Set(['DISCONNECTED', 'TIMEOUT', 'OVERLOADED', 'RATE_LIMITED'])

/**
 * The key of an event, or of a group of them, such as to invalidate them all whatever their arguments.
 *
 * @example
 * await queryClient.invalidateQueries({ queryKey: queryKey(client.emit.todo) })
 */
export const queryKey = (emit: object): CallKey => {
  const [socket, event] = memberOf(emit, 'queryKey', 'client.emit.todo.list')
  return ['ackwire', internalsOf(socket).nsp, ...event.split(':')]
}

/**
 * Options that make a query of a call. It is aborted with the query, tried again (three times) only where that may help, and
 * where the server has said when, then.
 *
 * @example
 * const { data, error } = useQuery(queryOptions(client.emit.todo.list, { done: false }))
 */
export function queryOptions<Args extends readonly unknown[], Reply extends {} | null, Errors>(
  emit: (...args: Args) => Call<Reply, Errors>,
  ...args: NoInfer<Args>
): QueryOptions<Reply, Errors>
export function queryOptions(emit: object, ...args: unknown[]): QueryOptions<unknown, {}> {
  const [, event, act] = memberOf(emit, 'queryOptions', 'client.emit.todo.list')
  return {
    queryKey: [...queryKey(emit), args],
    queryFn: async ({ signal }) =>
      act(event, args, limits => ({ ...limits, signal: abortedBy(signal, limits.signal) })),
    retry: (failures, { code }) => failures < 3 && PASSING.has(code),
    retryDelay: (failures, { data }) => retryAfterMs(data) ?? Math.min(1_000 * 2 ** failures, 30_000),
  }
}

/** What a server says that has too much to do. */
const retryAfterMs = (data: unknown): number | undefined =>
  typeof data === 'object' && data !== null && 'retryAfterMs' in data && typeof data.retryAfterMs === 'number'
    ? data.retryAfterMs
    : undefined

/**
 * Options that make a mutation of a call, whose variables are its argument. For an event with several, a function makes them
 * of the variables. It is not tried again by itself.
 *
 * @example
 * const create = useMutation(mutationOptions(client.emit.todo.create))
 * const move = useMutation(mutationOptions(client.emit.move, ({ x, y }: { x: number; y: number }) => [x, y]))
 */
export function mutationOptions<Args extends readonly [] | readonly [unknown?], Reply, Errors>(
  emit: (...args: Args) => Call<Reply, Errors>,
): MutationOptions<Args extends readonly [] ? void : Args[0], Reply, Errors>
export function mutationOptions<Variables, Args extends readonly unknown[], Answer extends Call<unknown, unknown>>(
  emit: (...args: Args) => Answer,
  argumentsOf: (variables: Variables) => readonly [...Args],
): MutationOptionsOf<Variables, Answer>
export function mutationOptions(
  emit: object,
  argumentsOf: (variables: unknown) => readonly unknown[] = input => (input === undefined ? [] : [input]),
): object {
  const [, event, act] = memberOf(emit, 'mutationOptions', 'client.emit.todo.create')
  return {
    mutationKey: queryKey(emit),
    mutationFn: async (variables: unknown) => act(event, [...argumentsOf(variables)]),
    retry: () => false,
  }
}
