import { createClient } from '@ackwire/client'
import { event, router } from '@ackwire/core'
import { Type } from '@sinclair/typebox'
import { expectType } from '../../../../test/expect-type.js'

const Maybe = Type.Optional(Type.Integer())
const api = router({
  search: event.input(Type.String(), Maybe).ack(Type.Boolean()),
  list: event.input(Maybe),
  sum: event.input(Type.String()).rest(Type.Integer()),
  found: event.output(Type.String(), Maybe),
  one: event.output(Maybe),
  two: event.output(Type.String(), Type.Integer(), Maybe),
  counted: event.output(Type.String()).rest(Type.Integer()),
})
const client = createClient<typeof api>()

expectType<Parameters<typeof client.emit.search>>().toBe<[string, number?]>()
expectType<Parameters<typeof client.emit.list>>().toBe<[value?: number]>()
expectType<Parameters<typeof client.emit.sum>>().toBe<[value: string, ...number[]]>()
expectType(await client.emit.search('a')).toBe<boolean>()
client.emit.search('a', 1)
client.emit.search('a', undefined)
client.emit.list()
client.emit.sum('a', 1, 2)
client.volatile.emit.sum('a', 1, 2)

client.on.found((text, count) => {
  expectType(text).toBe<string>()
  expectType(count).toBe<number | undefined>()
})
client.on.one(count => expectType(count).toBe<number | undefined>())
client.on.counted((text, ...numbers) => {
  expectType(text).toBe<string>()
  expectType(numbers).toBe<number[]>()
})

// Without the contract at run time, a single argument is unwrapped even if others may follow it.
expectType(await client.once.found()).toBe<string | [string, number?]>()
expectType(await client.once.one()).toBe<number | undefined>()
expectType(await client.once.two()).toBe<[string, number, number?]>()
expectType(await client.once.counted()).toBe<string | [value: string, ...number[]]>()

// @ts-expect-error the required argument is missing
client.emit.search()
// @ts-expect-error the optional argument has another type
client.emit.search('a', 'b')
// @ts-expect-error there is no third argument
client.emit.search('a', 1, 2)
// @ts-expect-error rest arguments have a type
client.emit.sum('a', 'b')
// @ts-expect-error the optional argument may be undefined
client.on.found((text, count) => count.toFixed())
// @ts-expect-error the rest parameter has another type
client.on.counted((text, ...more: string[]) => more)
