import type { View } from './types.js'
import type { ENVELOPE, Failure, StandardErrors } from '../wire.js'

/** The value of an ack that reports a failure instead of a reply. Its `code` discriminates the failures and narrows `data`. */
export type FailureReply<Own> = { readonly [Key in typeof ENVELOPE]: SentFailure<Own> }

/** The failures that can be sent, of which `Own` are the declared ones. */
type SentFailure<Own> = FailureIn<Own & Omit<StandardErrors, UnsentCode>>

// The waiting side raises these errors itself; they are never sent as an answer.
type UnsentCode = 'DISCONNECTED' | 'ABORTED' | 'INVALID_REPLY'

type FailureIn<Data> = {
  [Code in keyof Data & string]: [Checked<Data[Code]>] extends [undefined]
    ? BareFailure<Code>
    : FailureWith<Code, Checked<Data[Code]>>
}[keyof Data & string]

interface BareFailure<Code extends string> extends Failure {
  readonly code: Code
  readonly data?: undefined
}

interface FailureWith<Code extends string, Data> extends Failure {
  readonly code: Code
  readonly data: Data
}

/** A listener of an event. `Own` are the application's own errors if the ack is error-first, else `never`. */
export type Listener<Args extends readonly unknown[], Reply, Errors, Own, Side extends View> = [Reply] extends [never]
  ? (...args: CheckedArgs<Args>) => void
  : (...args: Acknowledged<CheckedArgs<Args>, AckCallback<Checked<Reply>, Errors, Own, Side>>) => void

// Where arguments can be left out, the ack moves up: once for each number of arguments. An optional argument before it
// would have to be given as undefined, which JSON makes null.
type Acknowledged<
  Args extends readonly unknown[],
  Callback,
  Passed extends readonly unknown[] = Required<Args>,
> = Passed extends Args
  ? | [...Passed, ack: Callback]
    | (Passed extends readonly [...infer Fewer, unknown] ? Acknowledged<Args, Callback, Fewer> : never)
  : never

type AckCallback<Reply, Errors, Own, Side extends View> = [Own] extends [never]
  ? [Reply] extends [void]
    ? (failure?: FailureReply<Errors>) => void
    : (reply: Reply | FailureReply<Errors>) => void
  : ErrorFirstCallback<Reply, SentFailure<Errors> | Own, Side>

// On the wire, clients pass a callback such as `(error, value) => …`, which TypeScript does not assign to a union of argument lists.
type ErrorFirstCallback<Reply, Sent, Side extends View> = [Reply] extends [void]
  ? (error?: Sent | null) => void
  : Side extends 'wire'
    ? (error: Sent | null, value?: Reply) => void
    : (...answer: [error: null, value: Reply] | [error: Sent, value?: undefined]) => void

type CheckedArgs<Args extends readonly unknown[]> = { -readonly [Index in keyof Args]: Checked<Args[Index]> }

// An `any` would hide the failure beside it, and make Socket.IO's types take every event for one with an ack.
type Checked<Value> = 0 extends 1 & Value ? unknown : Value
