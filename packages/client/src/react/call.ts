import type { Call, CallError } from '@ackwire/core'
import { EventError } from '@ackwire/core/wire'
import { useCallback, useEffect, useRef, useState } from 'react'
import { useEarlyEffect, useLasting } from './stable.js'
import { memberOf } from './event-of.js'

/** The state of the latest call; `error.code` narrows `error.data`. */
export type CallState<Reply, Errors> =
  | { readonly status: 'idle' | 'pending'; readonly reply: undefined; readonly error: undefined }
  | { readonly status: 'success'; readonly reply: Reply; readonly error: undefined }
  | { readonly status: 'error'; readonly reply: undefined; readonly error: CallError<Errors> }

/** A call for a component, with its state. */
export type CallControls<Args extends readonly unknown[], Reply, Errors> = CallState<Reply, Errors> & {
  /** Calls the event, with the same result as the client's own call. The state is that of the latest call. */
  readonly call: (...args: Args) => Call<Reply, Errors>
  /** Aborts the pending call, which rejects with `ABORTED`. A call that has not been sent yet is not sent. */
  readonly abort: () => void
}

/** A state before its event's types are applied. */
interface AnyState {
  readonly status: CallState<unknown, {}>['status']
  readonly reply: unknown
  readonly error: EventError | undefined
}

/** The state, with the event and socket that it belongs to. */
interface Known {
  readonly of: object
  readonly state: AnyState
}

const IDLE: AnyState = { status: 'idle', reply: undefined, error: undefined }
const PENDING: AnyState = { status: 'pending', reply: undefined, error: undefined }

/**
 * Returns a call with its state. The call is aborted when the component unmounts. An error that is not an `EventError`, such as
 * an argument that can't be serialized, is thrown while the component renders.
 *
 * @example
 * const signUp = useCall(client.emit.user_sign_up)
 * const submit = () => signUp.call({ email, password })
 * const hint = signUp.error?.code === 'EMAIL_TAKEN' ? signUp.error.data.suggestion : ''
 */
export function useCall<Args extends readonly unknown[], Reply, Errors>(
  emit: (...args: Args) => Call<Reply, Errors>,
): CallControls<Args, Reply, Errors>
export function useCall(emit: unknown): object {
  const [socket, event, act] = memberOf(emit, 'useCall', 'client.emit.user_sign_up')
  const source = useLasting([socket, event])
  const [known, setKnown] = useState<Known>({ of: source, state: IDLE })
  const pending = useRef<AbortController>(undefined)
  const latest = useRef<unknown>(undefined)

  const abort = useCallback(() => {
    pending.current?.abort()
    pending.current = undefined
  }, [])
  // A change of the event aborts its calls, too.
  useEffect(() => abort, [source, abort])

  // The function may change at each render, for instance by a timeout, and still belong to the same event.
  const how = useRef(act)
  useEarlyEffect(() => void (how.current = act))

  const call = useCallback(
    (...args: unknown[]): Promise<unknown> => {
      const { signal } = (pending.current ??= new AbortController())
      const answer = how.current(event, args, limits => ({
        ...limits,
        signals: [signal, ...limits.signals],
      })) as Promise<unknown>
      latest.current = answer
      const settle = (state: AnyState): void => {
        if (latest.current === answer) setKnown({ of: source, state })
      }
      settle(PENDING)
      answer.then(
        reply => settle({ status: 'success', reply, error: undefined }),
        (error: unknown) => {
          if (error instanceof EventError) return settle({ status: 'error', reply: undefined, error })
          setKnown(() => {
            throw error
          })
        },
      )
      return answer
    },
    [source, event],
  )
  return { ...(known.of === source ? known.state : IDLE), call, abort }
}
