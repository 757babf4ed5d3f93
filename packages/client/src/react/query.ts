import type { Call, CallError } from '@ackwire/core'
import { internalsOf } from '../socket-io-internals.js'
import { memberOf } from './event-of.js'

/** The key of a call in TanStack Query: the namespace, the parts of the event's name, then the arguments. */
export type CallKey = readonly unknown[]

/** Options for `useQuery`, `useSuspenseQuery`, `prefetchQuery` and the like. */
export interface QueryOptions<Reply, Errors> {
  /** The key of the query. */
  readonly queryKey: CallKey
  /** Calls the event. */
  readonly queryFn: (context: { readonly signal: AbortSignal }) => Promise<Reply>
  /** Tells whether to try again: only where that may help, three times. */
  readonly retry: (failures: number, error: CallError<Errors>) => boolean
  /** Returns how long to wait before the next attempt, in milliseconds. */
  readonly retryDelay: (failures: number, error: CallError<Errors>) => number
}

/** Options for `useMutation`. */
export interface MutationOptions<Variables, Reply, Errors> {
  /** The key of the mutation. */
  readonly mutationKey: CallKey
  /** Calls the event. */
  readonly mutationFn: (variables: Variables) => Promise<Reply>
  /** Tells not to try again. */
  readonly retry: (failures: number, error: CallError<Errors>) => boolean
}

type MutationOptionsOf<Variables, Answer> =
  Answer extends Call<infer Reply, infer Errors> ? MutationOptions<Variables, Reply, Errors> : never

/** Error codes worth retrying. */
const PASSING: ReadonlySet<string> = new Set(['DISCONNECTED', 'TIMEOUT', 'OVERLOADED', 'RATE_LIMITED'])

/**
 * Returns the key of an event or a group of events, for instance to invalidate all of their queries.
 *
 * @example
 * await queryClient.invalidateQueries({ queryKey: queryKey(client.emit.todo) })
 */
export const queryKey = (emit: object): CallKey => {
  const [socket, event] = memberOf(emit, 'queryKey', 'client.emit.todo.list')
  return ['ackwire', internalsOf(socket).nsp, ...event.split(':')]
}

/**
 * Returns the options that turn a call into a query. The call is aborted with the query. Transient errors are retried up to three
 * times, after the server's `retryAfterMs` if it sent one.
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
    queryFn: async ({ signal }) => act(event, args, limits => ({ ...limits, signals: [signal, ...limits.signals] })),
    retry: (failures, { code }) => failures < 3 && PASSING.has(code),
    retryDelay: (failures, { data }) => retryAfterMs(data) ?? Math.min(1_000 * 2 ** failures, 30_000),
  }
}

/** Returns the delay that an overloaded server asked for. */
const retryAfterMs = (data: unknown): number | undefined =>
  typeof data === 'object' && data !== null && 'retryAfterMs' in data && typeof data.retryAfterMs === 'number'
    ? data.retryAfterMs
    : undefined

/**
 * Returns the options that turn a call into a mutation, whose variables are the argument. For an event with several arguments,
 * pass a function that derives them from the variables. Mutations are not retried.
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
