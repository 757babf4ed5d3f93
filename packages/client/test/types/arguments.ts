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

// Without the contract at run time, one argument that came is itself, whatever may follow it.
expectType(await client.once.found()).toBe<string | [string, number?]>()
expectType(await client.once.one()).toBe<number | undefined>()
expectType(await client.once.two()).toBe<[string, number, number?]>()
expectType(await client.once.counted()).toBe<string | [value: string, ...number[]]>()

// @ts-expect-error the required argument is missing
client.emit.search()
// @ts-expect-error the optional one has another type
client.emit.search('a', 'b')
// @ts-expect-error one too many
client.emit.search('a', 1, 2)
// @ts-expect-error the rest is of one type
client.emit.sum('a', 'b')
// @ts-expect-error it may be left out
client.on.found((text, count) => count.toFixed())
// @ts-expect-error a rest is of its type
client.on.counted((text, ...more: string[]) => more)
