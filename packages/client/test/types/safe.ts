import { createClient, safe, type EventError } from '@ackwire/client'
import { event, router, type CallError, type Calls, type StandardErrors } from '@ackwire/core'
import { Type } from '@sinclair/typebox'
import { expectType } from '../../../../test/expect-type.js'

const api = router({
  sign_up: event
    .input(Type.String())
    .ack(Type.Object({ id: Type.Integer() }))
    .errors({ EMAIL_TAKEN: Type.Object({ suggestion: Type.String() }), FULL: Type.Integer() }),
  ping: event.input().ack(),
  move: event.input(),
  joined: event.output(Type.String()),
})
interface Own {
  readonly EMAIL_TAKEN: { suggestion: string }
  readonly FULL: number
}
const client = createClient<typeof api>()

// Either the error or the value is defined, and each narrows the other.
const settled = await safe(client.emit.sign_up('bob'))
expectType(settled).toBe<[error: CallError<Own>] | [error: undefined, value: { id: number }]>()
const [error, value] = settled
if (error === undefined) expectType(value).toBe<{ id: number }>()
else {
  expectType(value).toBe<undefined>()
  expectType(error.code).toBe<'EMAIL_TAKEN' | 'FULL' | keyof StandardErrors>()
  expectType(error.message).toBe<string>()
}

// The code narrows the data.
if (error?.code === 'EMAIL_TAKEN') expectType(error.data).toBe<{ suggestion: string }>()
if (error?.code === 'FULL') expectType(error.data).toBe<number>()
if (error?.code === 'RATE_LIMITED') expectType(error.data).toBe<{ readonly retryAfterMs: number }>()
if (error?.code === 'TIMEOUT') expectType(error.data).toBe<undefined>()
switch (error?.code) {
  case 'EMAIL_TAKEN':
    expectType(error).toBe<EventError<'EMAIL_TAKEN', { suggestion: string }>>()
    break
  case 'INVALID_INPUT':
    expectType(error.issues[0]?.path).toBe<string | undefined>()
}

// Without declared errors only the standard ones are left, which apply to `once`, too.
const [failure, nothing] = await safe(client.emit.ping())
expectType(failure?.code).toBe<keyof StandardErrors | undefined>()
expectType(nothing).toBe<void | undefined>()
const [late, name] = await safe(client.once.joined())
expectType(late?.code).toBe<keyof StandardErrors | 'INVALID_OUTPUT' | undefined>()
expectType(name).toBe<string | undefined>()

// For a broadcast, every error's data has the answers received so far.
declare const broadcast: Calls<string, { readonly BUSY: number }>
const [some, all] = await safe(broadcast)
if (some === undefined) expectType(all).toBe<string[]>()
else {
  expectType(some.code).toBe<'BUSY' | keyof StandardErrors>()
  expectType(some.data).toBe<{ readonly replies: readonly string[] }>()
}

// @ts-expect-error the value may be missing
String(value.id)
// @ts-expect-error the error may be missing
String(error.code)
// @ts-expect-error no such code
if (error?.code === 'EMAIL_GONE') throw error
// @ts-expect-error another event's code
if (failure?.code === 'EMAIL_TAKEN') throw failure
// @ts-expect-error before the code is narrowed, the data may be any code's
String(error?.data.suggestion)
// @ts-expect-error the data belongs to another code
if (error?.code === 'FULL') String(error.data.suggestion)
// @ts-expect-error nothing answers this event
await safe(client.emit.move())
// @ts-expect-error the argument is a call, not the function
await safe(client.emit.ping)
