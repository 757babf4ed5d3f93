import type { CallError } from '@ackwire/core'
import { EventError } from '@ackwire/core/wire'
import { useCallback, useEffect, useState } from 'react'
import type { Stream } from '../stream-infer.js'
import { useLasting } from './stable.js'
import { memberOf } from './event-of.js'

/** Options of `useStream`. */
export interface StreamOptions {
  /**
   * The number of latest items to keep.
   *
   * @default Infinity
   */
  readonly limit?: number
}

/** The state of a stream; `error.code` narrows `error.data`. */
export type StreamState<Item, Final, Errors> = { readonly items: readonly Item[] } & (
  | { readonly status: 'idle' | 'open'; readonly result: undefined; readonly error: undefined }
  | { readonly status: 'done'; readonly result: Final; readonly error: undefined }
  | { readonly status: 'error'; readonly result: undefined; readonly error: CallError<Errors> }
)

/** A stream for a component, with its state. */
export type StreamControls<Item, Final, Errors> = StreamState<Item, Final, Errors> & {
  /** Opens the stream again from its beginning. */
  readonly start: () => void
  /** Closes the stream, which ends the handler on the server. The items stay. */
  readonly stop: () => void
}

type StreamControlsOf<Source> =
  Source extends Stream<infer Item, infer Final, infer Errors> ? StreamControls<Item, Final, Errors> : never

/** A state before its event's types are applied. */
interface AnyState {
  readonly status: StreamState<unknown, unknown, {}>['status']
  readonly items: readonly unknown[]
  readonly result: unknown
  readonly error: EventError | undefined
}

/** The state, with the run of the stream that it belongs to. */
interface Known {
  readonly run: object
  readonly source: object
  readonly state: AnyState
}

const IDLE: AnyState = { status: 'idle', items: [], result: undefined, error: undefined }
const OPEN: AnyState = { ...IDLE, status: 'open' }

/** Compares arguments by value, since most are created anew at each render. */
const textOf = (args: readonly unknown[] | undefined): string =>
  JSON.stringify(args ?? [], (_, value: unknown) => (typeof value === 'bigint' ? `${value}n` : value))

/**
 * Reads a stream while the component is mounted, and closes it on unmount. Restarts with other arguments. Opens nothing if the
 * event is `undefined`.
 *
 * @example
 * const { items, error, stop } = useStream(client.stream.tail_log, ['app.log'], { limit: 500 })
 * const shown = useStream(isShown ? client.stream.tail_log : undefined, ['app.log'])
 */
export function useStream<Args extends readonly unknown[], Source extends Stream<unknown, unknown, unknown>>(
  open: ((...args: Args) => Source) | undefined,
  args: NoInfer<Args>,
  options?: StreamOptions,
): StreamControlsOf<Source>
export function useStream(
  open: ((...args: readonly unknown[]) => Stream<unknown, unknown, {}>) | undefined,
  args: readonly unknown[],
  { limit = Infinity }: StreamOptions = {},
): object {
  const [socket, event] = open ? memberOf(open, 'useStream', 'client.stream.tail_log') : []
  const [asked, ask] = useState<object | undefined>({})
  const source = useLasting([socket, event, textOf(args)])
  const run = useLasting([source, asked])
  const isOpen = open !== undefined && asked !== undefined
  const [known, setKnown] = useState<Known>({ run, source, state: isOpen ? OPEN : IDLE })

  useEffect(
    () => {
      if (!isOpen) return
      return read(
        () => open(...args),
        limit,
        state => setKnown(() => ({ run, source, state: state() })),
      )
    },
    // The stream stays the same while its arguments have the same value.
    [run],
  )
  const start = useCallback(() => ask({}), [])
  const stop = useCallback(() => ask(undefined), [])
  const left: AnyState = { ...IDLE, items: known.source === source ? known.state.items : [] }
  return { ...(known.run === run ? known.state : isOpen ? OPEN : left), start, stop }
}

/** Reads a stream until it ends or the returned function is called. */
const read = (
  open: () => Stream<unknown, unknown, {}>,
  limit: number,
  tell: (state: () => AnyState) => void,
): (() => void) => {
  const items: unknown[] = []
  let stream: Stream<unknown, unknown, {}> | undefined
  let isLeft = false
  let timer: ReturnType<typeof setTimeout> | undefined
  const show = (state: AnyState): void => {
    clearTimeout(timer)
    timer = undefined
    items.splice(0, items.length - limit)
    const shown = { ...state, items: [...items] }
    tell(() => shown)
  }
  const run = async (): Promise<void> => {
    // Strict mode mounts twice in a row, and only the second mount should open the stream.
    await Promise.resolve()
    if (isLeft) return
    stream = open()
    for (;;) {
      const { done, value } = await stream.next()
      if (isLeft) return
      if (done) return show({ ...IDLE, status: 'done', result: value })
      items.push(value)
      // Items that arrive together are rendered together.
      timer ??= setTimeout(show, 0, OPEN)
    }
  }
  run().catch((error: unknown) => {
    if (isLeft) return
    if (error instanceof EventError) show({ ...IDLE, status: 'error', error })
    else
      tell(() => {
        throw error
      })
  })
  return () => {
    isLeft = true
    if (timer !== undefined) show(IDLE)
    void stream?.return()
  }
}
