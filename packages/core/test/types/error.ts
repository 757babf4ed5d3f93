import { EventError, type Call, type CallError, type Calls, type Issue, type StandardErrors } from '@ackwire/core'
import { expectType } from '../../../../test/expect-type.js'

// An error is told by its code, which narrows its data.
const taken = new EventError('EMAIL_TAKEN', { suggestion: 'bob' })
expectType(taken).toBe<EventError<'EMAIL_TAKEN', { suggestion: string }>>()
expectType(taken.code).toBe<'EMAIL_TAKEN'>()
expectType(taken.data).toBe<{ suggestion: string }>()
expectType(taken.message).toBe<string>()
expectType(taken.issues).toBe<readonly Issue[]>()
expectType<Issue>().toBe<{ readonly path: string; readonly message: string }>()
expectType<EventError>().toBe<EventError<string, unknown>>()
expectType(new EventError('X', undefined, 'message', [{ path: '/0', message: 'm' }]).data).toBe<undefined>()

// What a call rejects with: the event's own errors, and the standard ones.
type Own = CallError<{ readonly EMAIL_TAKEN: { suggestion: string }; readonly FULL: null }>
expectType<Extract<Own, { code: 'EMAIL_TAKEN' }>['data']>().toBe<{ suggestion: string }>()
expectType<Extract<Own, { code: 'FULL' }>['data']>().toBe<null>()
expectType<Extract<Own, { code: 'RATE_LIMITED' }>['data']>().toBe<{ readonly retryAfterMs: number }>()
expectType<Extract<Own, { code: 'TIMEOUT' }>['data']>().toBe<undefined>()
expectType<Own['code']>().toBe<'EMAIL_TAKEN' | 'FULL' | keyof StandardErrors>()
expectType<CallError<{}>['code']>().toBe<keyof StandardErrors>()
expectType<keyof StandardErrors>().toBe<
  | 'INVALID_INPUT'
  | 'UNAUTHORIZED'
  | 'UNKNOWN_EVENT'
  | 'NOT_IMPLEMENTED'
  | 'RATE_LIMITED'
  | 'OVERLOADED'
  | 'TIMEOUT'
  | 'INTERNAL'
  | 'DISCONNECTED'
  | 'ABORTED'
  | 'INVALID_REPLY'
>()

// A call is a promise of the answer, and knows its errors.
declare const call: Call<number, { readonly FULL: null }>
expectType(await call).toBe<number>()
expectType(call['~errors']).toBe<({ readonly FULL: null } & StandardErrors) | undefined>()

// The answers of many: the data of any error has the received answers.
declare const calls: Calls<number, { readonly FULL: null }>
expectType(await calls).toBe<number[]>()
type Partial = { readonly replies: readonly number[] }
expectType<NonNullable<(typeof calls)['~errors']>['FULL']>().toBe<Partial>()
expectType<NonNullable<(typeof calls)['~errors']>['TIMEOUT']>().toBe<Partial>()

// @ts-expect-error a code is a string
export const numeric = new EventError(404, undefined)
// @ts-expect-error the data is said, even where there is none
export const bare = new EventError('EMAIL_TAKEN')
// @ts-expect-error issues have a path
export const pathless = new EventError('INVALID_INPUT', undefined, 'message', [{ message: 'm' }])
// @ts-expect-error an error can't be changed
taken.code = 'EMAIL_TAKEN'
// @ts-expect-error nor can what it says
taken.data = { suggestion: 'alice' }
// @ts-expect-error another code has other data
String(taken.data.retryAfterMs)

// What is caught is narrowed without becoming any.
declare const caught: unknown
if (caught instanceof EventError) {
  expectType(caught).toBe<EventError>()
  expectType(caught.code).toBe<string>()
  expectType(caught.data).toBe<unknown>()
}
