import { createClient, safe, type Stream } from '@ackwire/client'
import { event, router, type Call, type CallError } from '@ackwire/core'
import { Type } from '@sinclair/typebox'
import { expectType } from '../../../../test/expect-type.js'

const Day = Type.Transform(Type.String())
  .Decode(text => new Date(text))
  .Encode(date => date.toISOString())

const api = router({
  tail: event.input(Type.String(), Type.Optional(Type.Integer())).stream(Type.Boolean()),
  download: event
    .input()
    .stream(Type.Object({ percent: Type.Number() }))
    .ack(Type.Object({ size: Type.Integer() }))
    .errors({ NO_FILE: Type.Object({ name: Type.String() }) }),
  days: event.input(Day).stream(Day).ack(Day),
  log: router({ tail: event.input().stream(Type.Null()), clear: event.input() }),
  '/admin': router({ audit: event.input().stream(Type.String()) }),
  ping: event.input().ack(),
  joined: event.output(Type.String()),
})
const client = createClient<typeof api>()
const checked = createClient(api)

// `stream` has only streams, and `emit` has none.
expectType<keyof typeof client.stream>().toBe<'tail' | 'download' | 'days' | 'log'>()
expectType<keyof typeof client.stream.log>().toBe<'tail'>()
expectType<keyof typeof client.emit>().toBe<'log' | 'ping'>()
expectType<keyof typeof client.volatile.emit>().toBe<'log' | 'ping'>()

expectType<Parameters<typeof client.stream.tail>>().toBe<[string, number?]>()
expectType(client.stream.tail('app', 1)).toBe<Stream<boolean, undefined, {}>>()
expectType(client.stream.log.tail()).toBe<Stream<null, undefined, {}>>()
expectType(client.of('/admin').stream.audit()).toBe<Stream<string, undefined, {}>>()
expectType(client.timeout(5).signal(AbortSignal.timeout(5)).stream.log.tail()).toBe<Stream<null, undefined, {}>>()
for await (const item of client.stream.tail('app')) expectType(item).toBe<boolean>()

const stream = client.stream.download()
expectType(stream).toBe<Stream<{ percent: number }, { size: number }, { readonly NO_FILE: { name: string } }>>()
expectType(stream.result).toBe<Call<{ size: number }, { readonly NO_FILE: { name: string } }>>()
expectType(await stream.next()).toBe<IteratorResult<{ percent: number }, { size: number }>>()
expectType(await stream.return()).toBe<IteratorResult<{ percent: number }, { size: number }>>()
const [error, value] = await safe(stream.result)
expectType(error).toBe<CallError<{ readonly NO_FILE: { name: string } }> | undefined>()
expectType(value).toBe<{ size: number } | undefined>()
if (error?.code === 'NO_FILE') expectType(error.data).toBe<{ name: string }>()

// Wire types without the contract, decoded ones with it.
expectType(client.stream.days('')).toBe<Stream<string, string, {}>>()
expectType(checked.stream.days(new Date())).toBe<Stream<Date, Date, {}>>()

// @ts-expect-error the argument has another type
client.stream.tail(1)
// @ts-expect-error an argument is missing
client.stream.tail()
// @ts-expect-error no such stream
client.stream.head('app')
// @ts-expect-error a call is not a stream
client.stream.ping()
// @ts-expect-error a stream is not a call
client.emit.tail('app')
// @ts-expect-error a stream is not an output
client.on.tail(() => {})
// @ts-expect-error with the contract, the argument is decoded
checked.stream.days('')
