/** Tests each kind of schema in each position of a contract, through a server and both kinds of client. */
import { createClient, safe } from '@ackwire/client'
import { event, router } from '@ackwire/core'
import { serve } from '@ackwire/core/testing'
import { Type, type TSchema } from '@sinclair/typebox'
import * as assert from 'uvu/assert'
import { describe, type TestContext } from '../../../test/harness.js'

/** A schema with a valid value in wire and decoded form, and an invalid one. */
interface Kind {
  readonly title: string
  readonly schema: TSchema
  /** The value as it travels. */
  readonly wire: unknown
  /** The value as the application has it. */
  readonly decoded: unknown
  readonly invalid: unknown
  /** The value without the parts that the server fills in. */
  readonly sparse?: unknown
}

const NOON = '2026-01-02T12:00:00.000Z'
const When = Type.Transform(Type.String({ format: 'date-time' }))
  .Decode(text => new Date(text))
  .Encode(date => date.toISOString())
const User = Type.Object({ name: Type.String({ minLength: 1 }), since: When }, { $id: 'PositionsUser' })
const bob = { wire: { name: 'bob', since: NOON }, decoded: { name: 'bob', since: new Date(NOON) } }

const KINDS: readonly Kind[] = [
  { title: 'a transform', schema: When, wire: NOON, decoded: new Date(NOON), invalid: 'noon' },
  { title: 'an object with an $id', schema: User, ...bob, invalid: { name: '', since: NOON } },
  {
    title: 'a default',
    schema: Type.Object({ size: Type.Integer({ default: 3 }), unit: Type.String({ default: 'cm' }) }),
    wire: { size: 3, unit: 'm' },
    decoded: { size: 3, unit: 'm' },
    sparse: { unit: 'm' },
    invalid: { size: '3', unit: 'm' },
  },
  {
    title: 'a module',
    schema: Type.Module({
      Node: Type.Object({ at: When, next: Type.Optional(Type.Ref('Node')) }),
    }).Import('Node'),
    wire: { at: NOON, next: { at: NOON } },
    decoded: { at: new Date(NOON), next: { at: new Date(NOON) } },
    invalid: { at: NOON, next: { at: 'noon' } },
  },
  {
    title: 'a recursion',
    schema: Type.Recursive(This => Type.Object({ at: When, all: Type.Array(This) })),
    wire: { at: NOON, all: [{ at: NOON, all: [] }] },
    decoded: { at: new Date(NOON), all: [{ at: new Date(NOON), all: [] }] },
    invalid: { at: NOON, all: [{ at: NOON }] },
  },
  {
    title: 'a union',
    schema: Type.Union([
      Type.Object({ kind: Type.Literal('none') }),
      Type.Object({ kind: Type.Literal('at'), at: When }),
    ]),
    wire: { kind: 'at', at: NOON },
    decoded: { kind: 'at', at: new Date(NOON) },
    invalid: { kind: 'at' },
  },
  {
    title: 'JSON Schema by hand',
    schema: Type.Unsafe<'a' | 'b'>({ type: 'string', enum: ['a', 'b'] }),
    wire: 'a',
    decoded: 'a',
    invalid: 'c',
  },
]

const contractOf = (schema: TSchema) =>
  router(
    {
      one: event.input(schema).ack(schema).errors({ FAILED: schema }),
      several: event.input(Type.Integer(), schema, Type.Optional(schema)).ack(Type.Array(schema)),
      rest: event
        .input()
        .rest(schema)
        .ack(Type.Object({ all: Type.Array(schema) })),
      told: event.output(schema, schema).ack(schema).errors({ BUSY: schema }),
      more: event.output(Type.Integer()).rest(schema),
      group: router({ inner: event.input(Type.Object({ inside: Type.Array(schema) })).ack(schema) }),
      '/other': router({ one: event.input(schema).ack(schema) }, { auth: Type.Object({ value: schema }) }),
    },
    { auth: Type.Object({ value: schema }) },
  )

const OPTIONS = { transports: ['websocket'], forceNew: true, reconnection: false }

/** Serves the contract of a schema. Its handlers answer with their input, which `seen` records. */
const start = async ({ defer }: TestContext, { schema, decoded, sparse, wire }: Kind) => {
  const api = contractOf(schema)
  const seen: unknown[] = []
  const note = <Value>(value: Value): Value => (seen.push(value), value)
  let isFailing = false
  const app = await serve(
    api,
    server => {
      server.onError(({ phase }) => seen.push(phase))
      const root = server.authenticate(({ auth }) => ({ auth: note(auth.value) }))
      root.on.one(({ input, fail }) => (isFailing ? fail('FAILED', decoded) : note(input)))
      root.on.several(({ input: [, ...values] }) => note(values).filter(value => value !== undefined))
      root.on.rest(({ input }) => ({ all: note(input) }))
      root.on.group.inner(({ input }) => note(input.inside[0]))
      const other = server.of('/other').authenticate(({ auth }) => ({ auth: note(auth.value) }))
      other.on.one(({ input }) => note(input))
    },
    { ackTimeout: 1_000 },
  )
  defer(app.close)
  const options = { ...OPTIONS, auth: { value: sparse ?? wire } }
  const typed = createClient<typeof api>(app.url, options)
  const given = createClient(api, app.url, options)
  const others = { typed: typed.of('/other'), given: given.of('/other') }
  for (const client of [typed, given, others.typed, others.given]) defer(() => client.close())
  await Promise.all(
    [typed, given].map(({ socket }) => new Promise(resolve => socket.once('connect', () => resolve(0)))),
  )
  await Promise.all([others.typed.emit.one(wire), others.given.emit.one(decoded)])
  return { app, api, seen, typed, given, others, failing: (is: boolean) => (isFailing = is) }
}

const codeOf = async (call: Promise<unknown>): Promise<unknown> => (await safe(call))[0]?.code

for (const kind of KINDS) {
  const { title, wire, decoded, invalid, sparse = wire } = kind

  describe(`${title}, for a client with the contract's type,`, it => {
    it('travels in wire form and reaches handlers decoded', async context => {
      const { app, seen, typed, others, failing } = await start(context, kind)
      assert.equal(
        seen.splice(0),
        Array(6).fill(decoded),
        'the auth of both clients in both namespaces, and a call of each',
      )
      assert.equal(await typed.emit.one(sparse), wire)
      assert.equal(await typed.emit.several(1, sparse), [wire])
      assert.equal(await typed.emit.several(1, sparse, sparse), [wire, wire])
      assert.equal(await typed.emit.rest(sparse, sparse), { all: [wire, wire] })
      assert.equal(await typed.emit.group.inner({ inside: [sparse] }), wire)
      assert.equal(await others.typed.emit.one(sparse), wire)
      assert.equal(seen.splice(0), [decoded, [decoded], [decoded, decoded], [decoded, decoded], decoded, decoded])
      failing(true)
      const [error] = await safe(typed.emit.one(sparse))
      assert.equal([error?.code, error?.data], ['FAILED', wire])

      const [told, more] = [typed.once.told(), typed.once.more()]
      typed.on.told(value => value)
      app.server.emit.told(decoded, decoded).catch(() => {})
      app.server.emit.more(1, decoded, decoded)
      assert.equal(await told, [wire, wire])
      assert.equal(await more, [1, wire, wire])
    })

    it('is refused if it is invalid', async context => {
      const { app, api, seen, typed } = await start(context, kind)
      seen.splice(0)
      const calls = [
        typed.emit.one(invalid),
        typed.emit.several(1, sparse, invalid),
        typed.emit.rest(sparse, invalid),
        typed.emit.group.inner({ inside: [invalid] }),
      ]
      assert.equal(
        await Promise.all(calls.map(codeOf)),
        calls.map(() => 'INVALID_INPUT'),
      )
      assert.equal(
        seen.splice(0),
        calls.map(() => 'input'),
      )
      const refused = createClient<typeof api>(app.url, { ...OPTIONS, auth: { value: invalid } })
      const other = refused.of('/other')
      context.defer(() => (refused.close(), other.close()))
      const codes = [refused, other].map(
        ({ on }) => new Promise(resolve => on.connect_error(({ data }) => resolve(data?.code))),
      )
      assert.equal(await Promise.all(codes), ['UNAUTHORIZED', 'UNAUTHORIZED'])
      assert.equal(seen.splice(0), ['authenticate', 'authenticate'])
    })
  })

  describe(`${title}, for a client that has the contract,`, it => {
    it('is decoded on both sides', async context => {
      const { app, seen, typed, given, others, failing } = await start(context, kind)
      typed.close()
      seen.splice(0)
      assert.equal(await given.emit.one(decoded), decoded)
      assert.equal(await given.emit.several(1, decoded, decoded), [decoded, decoded])
      assert.equal(await given.emit.rest(decoded), { all: [decoded] })
      assert.equal(await given.emit.group.inner({ inside: [decoded] }), decoded)
      assert.equal(await others.given.emit.one(decoded), decoded)
      assert.equal(seen.splice(0), [decoded, [decoded, decoded], [decoded], decoded, decoded])
      failing(true)
      const [error] = await safe(given.emit.one(decoded))
      assert.equal([error?.code, error?.data], ['FAILED', decoded])

      const heard: unknown[] = []
      given.on.more((...values) => heard.push(values))
      const off = given.on.told((first, second) => (heard.push([first, second]), first))
      app.server.emit.more(1, decoded)
      assert.equal(await app.server.emit.told(decoded, decoded), [decoded])
      assert.equal(heard, [
        [1, decoded],
        [decoded, decoded],
      ])
      off()
      const loop = given.iterate.more()
      app.server.emit.more(2, decoded)
      assert.equal(await loop.next(), { done: false, value: [2, decoded] })
      await loop.return?.()
    })
  })
}
