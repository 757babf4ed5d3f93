import { createClient } from '@ackwire/client'
import { event, router } from '@ackwire/core'
import { attach } from '@ackwire/core/server'
import { from } from '@ackwire/core/standard'
import { Type } from '@sinclair/typebox'
import { type } from 'arktype'
import { Server } from 'socket.io'
import { Type as Next } from 'typebox'
import { Compile } from 'typebox/compile'
import { z } from 'zod'
import { expectType } from '../../../../test/expect-type.js'

const Day = z.codec(z.iso.date(), z.date(), { decode: text => new Date(text), encode: date => date.toJSON() })
const User = z.object({ email: z.email(), born: Day, tags: z.array(z.string()).default([]) })
interface WireUser {
  email: string
  born: string
  tags?: string[] | undefined
}
interface DecodedUser {
  email: string
  born: Date
  tags: string[]
}

const api = router(
  {
    save: event
      .input(from(User))
      .ack(from(User))
      .errors({ TAKEN: from(z.object({ until: Day })) }),
    nested: event.input(Type.Object({ user: from(User), all: Type.Array(from(User)) })).ack(),
    optional: event.input(Type.String(), from(z.number().optional())).ack(),
    ark: event.input(from(type({ a: 'string', 'b?': 'number' }))).ack(),
    next: event.input(from(Compile(Next.Object({ a: Next.String() })))).ack(),
    json: event.input(from({ type: 'string' })).ack(from<{ a: number }>({ type: 'object' })),
    joined: event.output(from(User)),
    watch: event.input().stream(from(z.object({ on: Day }))),
  },
  { auth: from(z.object({ since: Day })) },
)

const server = attach(new Server(), api)
server.on.save(({ input, fail }) => {
  expectType(input).toBe<DecodedUser>()
  fail('TAKEN', { until: new Date() })
  return input
})
server.on.nested(({ input }) => {
  expectType(input).toBe<{ user: DecodedUser; all: DecodedUser[] }>()
})
server.on.optional(({ input }) => {
  expectType(input).toBe<[string, number?]>()
})
server.on.ark(({ input }) => {
  expectType(input).toBe<{ a: string; b?: number }>()
})
server.on.next(({ input }) => {
  expectType(input.a).toBe<string>()
})
server.on.json(({ input }) => {
  expectType(input).toBe<unknown>()
  return { a: 1 }
})
server.on.watch(async function* () {
  yield { on: new Date() }
})
server.authenticate(({ auth }) => {
  expectType(auth).toBe<{ since: Date }>()
  return {}
})
server.emit.joined({ email: '', born: new Date(), tags: [] })
// @ts-expect-error: a handler has the decoded form
server.emit.joined({ email: '', born: '', tags: [] })
// @ts-expect-error: a handler returns the decoded form
server.on.save(() => ({ email: '', born: '', tags: [] }))

const client = createClient<typeof api>({ auth: { since: '' } })
expectType(await client.emit.save({ email: '', born: '' })).toBe<WireUser>()
client.on.joined(user => {
  expectType(user).toBe<WireUser>()
})
client.emit.optional('')
client.emit.optional('', 1)
// @ts-expect-error: a number
client.emit.optional('', '')
// @ts-expect-error: a client sends what travels
client.emit.save({ email: '', born: new Date() })
expectType(await client.emit.json('')).toBe<{ a: number }>()

const informed = createClient(api, '', { auth: { since: '' } })
expectType(await informed.emit.save({ email: '', born: new Date(), tags: [] })).toBe<DecodedUser>()
// @ts-expect-error: it encodes what it is given
informed.emit.save({ email: '', born: '', tags: [] })

// @ts-expect-error: no schema
from('text')
// @ts-expect-error: no schema
from(1)
