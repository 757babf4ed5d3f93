import { createClient } from '@ackwire/client'
import { event, router, type Call } from '@ackwire/core'
import { Type } from '@sinclair/typebox'
import { expectType } from '../../../../test/expect-type.js'

const When = Type.Transform(Type.String())
  .Decode(text => new Date(text))
  .Encode(date => date.toISOString())
const Slot = Type.Object({ from: When })
const api = router({
  book: event.input(When, Type.Optional(Slot)).ack(Slot).errors({ TAKEN: When }),
  many: event.input().rest(When),
  booked: event.output(Slot).ack(When),
})
const client = createClient<typeof api>()

// Without the contract at run time, values have the wire types.
expectType<Parameters<typeof client.emit.book>>().toBe<[string, { from: string }?]>()
expectType(client.emit.book('2026')).toBe<Call<{ from: string }, { readonly TAKEN: string }>>()
expectType<Parameters<typeof client.emit.many>>().toBe<string[]>()
client.on.booked(slot => {
  expectType(slot).toBe<{ from: string }>()
  return '2026'
})

// @ts-expect-error without the contract, a date is not encoded
client.emit.book(new Date())
// @ts-expect-error without the contract, an answered date is not encoded
client.on.booked(() => new Date())
