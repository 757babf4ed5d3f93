import { toStandardJsonSchema } from '@valibot/to-json-schema'
import { createClient } from '@ackwire/client'
import { event, router } from '@ackwire/core'
import { from } from '@ackwire/core/standard'
import { Type, type TSchema } from '@sinclair/typebox'
import { type } from 'arktype'
import { Type as Next } from 'typebox'
import { Compile } from 'typebox/compile'
import * as v from 'valibot'
import * as assert from 'uvu/assert'
import { z } from 'zod'
import * as mini from 'zod/mini'
import { describe } from '../../../test/harness.js'
import { ask, serve, until } from './serve.js'

const Day = z.codec(z.iso.date(), z.date(), {
  decode: text => new Date(`${text}T00:00:00Z`),
  encode: date => date.toISOString().slice(0, 10),
})
const User = z.object({ email: z.email(), born: Day, tags: z.array(z.string()).default([]) })
const born = new Date('2000-01-02T00:00:00Z')

const failureOf = (reply: unknown): unknown => Reflect.get(Object(Reflect.get(Object(reply), '$error')), 'issues')
const messageOf = (make: () => unknown): string => {
  try {
    make()
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
  return 'nothing thrown'
}

describe('schemas of other libraries', it => {
  it('decode what a client sends, and encode what it gets', async context => {
    const api = router({ save: event.input(from(User)).ack(from(User)) })
    const { server, client, errors } = await serve(api, context)
    server.on.save(({ input }) => {
      assert.ok(input.born instanceof Date)
      return { ...input, secret: 'x' }
    })
    const socket = await client()
    assert.equal(await ask(socket, 'save', { email: 'a@b.co', born: '2000-01-02', extra: 1 }), [
      { email: 'a@b.co', born: '2000-01-02', tags: [] },
    ])
    const [reply] = await ask(socket, 'save', { email: 'hunter2@', born: '2000-01-02' })
    assert.equal(failureOf(reply), [{ path: '/0/email', message: 'Invalid email address' }])
    errors.splice(0, 1)
  })

  it('stand inside those of TypeBox', async context => {
    const Inner = from(User)
    const api = router({
      save: event
        .input(
          Type.Object({
            user: Inner,
            users: Type.Array(Inner),
            either: Type.Union([Inner, Type.Null()]),
            byName: Type.Record(Type.String(), Inner),
            maybe: Type.Optional(Inner),
            at: Type.Transform(Type.String())
              .Decode(text => new Date(text))
              .Encode(date => date.toJSON()),
          }),
        )
        .ack(Type.Array(Inner)),
    })
    const { server, client, errors } = await serve(api, context)
    server.on.save(({ input: { user, users, either, byName, maybe, at } }) => {
      assert.ok(at instanceof Date)
      assert.is(maybe, undefined)
      return [user, ...users, ...(either === null ? [] : [either]), ...Object.values(byName)]
    })
    const socket = await client()
    const wire = { email: 'a@b.co', born: '2000-01-02' }
    const sent = { ...wire, tags: [] }
    const at = born.toJSON()
    const input = { user: wire, users: [wire, wire], either: wire, byName: { a: wire }, at }
    assert.equal(await ask(socket, 'save', input), [[sent, sent, sent, sent, sent]])
    const [reply] = await ask(socket, 'save', {
      ...input,
      users: [wire, { email: 'a@b.co', born: 5 }],
      byName: { 'a/b': {} },
    })
    assert.equal(failureOf(reply), [
      { path: '/0/users/1/born', message: 'Invalid input: expected string, received number' },
      { path: '/0/byName/a~1b/email', message: 'Invalid input: expected string, received undefined' },
      { path: '/0/byName/a~1b/born', message: 'Invalid input: expected string, received undefined' },
    ])
    errors.splice(0, 1)
  })

  it('stand wherever a schema does', async context => {
    const api = router(
      {
        fails: event
          .input()
          .ack(Type.Null())
          .errors({ TAKEN: from(z.object({ until: Day })) }),
        watch: event
          .input(from(z.number()))
          .stream(from(z.object({ on: Day })))
          .ack(from(z.string())),
        told: event.output(from(z.object({ on: Day })), from(z.string())).ack(from(z.object({ on: Day }))),
        many: event
          .input(from(z.string()), from(z.number().optional()))
          .rest(from(Day))
          .ack(from(z.array(z.any()))),
        '/room-{day}': router(
          { where: event.input().ack(Type.String()) },
          {
            params: Type.Object({ day: from(Day) }),
            auth: from(z.object({ token: z.string().min(3), since: Day })),
            errors: { LATE: from(z.object({ at: Day })) },
          },
        ),
      },
      { acks: 'value' },
    )
    const { server, url, errors } = await serve(api, context)
    server.on.fails(({ fail }) => fail('TAKEN', { until: born }))
    server.on.watch(async function* ({ input }) {
      for (let at = 0; at < input; at++) yield { on: born }
      return 'done'
    })
    server.on.many(({ input: [text, number, ...days] }) => [text, number ?? null, days.length, days[0] instanceof Date])
    const room = server.of('/room-{day}')
    room.authenticate(({ auth, params, fail }) => {
      assert.ok(auth.since instanceof Date)
      assert.ok(params.day instanceof Date)
      if (auth.token === 'late') fail('LATE', { at: born })
      return {}
    })
    room.on.where(({ params }) => params.day.toISOString())

    const client = createClient(api, url, { forceNew: true })
    context.defer(() => client.close())
    const failed = await client.emit.fails().then(
      () => undefined,
      (error: unknown) => error,
    )
    assert.equal(Reflect.get(Object(failed), 'data'), { until: born })
    const items: unknown[] = []
    for await (const item of client.stream.watch(2)) items.push(item)
    assert.equal(items, [{ on: born }, { on: born }])
    client.on.told((told, text) => (text === 'now' ? told : { on: new Date() }))
    const answers = await server.emit.told({ on: born }, 'now')
    assert.equal(answers, [{ on: born }])
    assert.equal(await client.emit.many('a', undefined, born), ['a', null, 1, true])

    const inside = createClient(api, url, { forceNew: true, auth: { token: 'abc', since: '2000-01-02' } })
    context.defer(() => inside.close())
    const insideRoom = inside.of('/room-{day}', { day: born }, { auth: { token: 'abc', since: '2000-01-02' } })
    context.defer(() => insideRoom.close())
    assert.is(await insideRoom.emit.where(), born.toISOString())
    const late = createClient(api, url, { forceNew: true, auth: { token: 'late', since: '2000-01-02' } })
    context.defer(() => late.close())
    let refusal: unknown
    const lateRoom = late.of('/room-{day}', { day: born }, { auth: { token: 'late', since: '2000-01-02' } })
    context.defer(() => lateRoom.close())
    lateRoom.on.connect_error(error => void (refusal = error.data))
    await until(() => refusal !== undefined)
    assert.equal(Reflect.get(Object(refusal), 'data'), { at: born })
    const wrong = createClient(api, url, { forceNew: true, auth: { token: 'a', since: '2000-01-02' } })
    context.defer(() => wrong.close())
    let unauthorized: unknown
    const wrongRoom = wrong.of('/room-{day}', { day: born }, { auth: { token: 'a', since: '2000-01-02' } })
    context.defer(() => wrongRoom.close())
    wrongRoom.on.connect_error(error => void (unauthorized = error.data))
    await until(() => unauthorized !== undefined)
    assert.equal(Reflect.get(Object(unauthorized), 'issues'), [
      { path: '/token', message: 'Too small: expected string to have >=3 characters' },
    ])
    errors.splice(0, 1)
  })

  it('of each library report places and messages, without the value', async context => {
    const Valibot = toStandardJsonSchema(
      v.object({ user: v.object({ password: v.pipe(v.string(), v.minLength(20)) }), age: v.number() }),
    )
    const Ark = type({ user: { password: 'string > 20' }, age: 'number' })
    const TypeBox = Compile(
      Next.Object({ user: Next.Object({ password: Next.String({ minLength: 20 }) }), age: Next.Number() }),
    )
    const Zod = z.object({
      user: z.object({
        password: z.string().refine(text => text.length > 20, { error: ({ input }) => `no ${String(input)}` }),
      }),
      age: z.number(),
    })
    const Json = {
      type: 'object',
      properties: {
        user: { type: 'object', properties: { password: { type: 'string', minLength: 20 } } },
        age: { type: 'number' },
      },
    }
    const api = router({
      valibot: event.input(from(Valibot)).ack(),
      ark: event.input(from(Ark)).ack(),
      typebox: event.input(from(TypeBox)).ack(),
      zod: event.input(from(Zod)).ack(),
      json: event.input(from(Json)).ack(),
      strict: event.input(from(z.strictObject({}))).ack(),
      both: event.input(Type.Tuple([Type.Object({ in: from(Valibot) }), from(Ark)])).ack(),
    })
    const { client, errors } = await serve(api, context)
    const socket = await client()
    const value = { user: { password: 'hunter2' }, age: 'seventeen' }
    const age = { path: '/0/age' }
    const password = { path: '/0/user/password' }
    const expected = {
      valibot: [
        { ...password, message: 'Invalid length: Expected >=20' },
        { ...age, message: 'Invalid type: Expected number' },
      ],
      ark: [
        { ...age, message: 'age must be a number' },
        { ...password, message: 'user.password must be at least length 21' },
      ],
      typebox: [
        { ...password, message: 'must not have fewer than 20 characters' },
        { ...age, message: 'must be number' },
      ],
      zod: [
        { ...password, message: 'Invalid value' },
        { ...age, message: 'Invalid input: expected number, received string' },
      ],
      json: [{ ...password, message: 'Expected at least 20 characters' }],
    }
    for (const [name, issues] of Object.entries(expected)) {
      const [reply] = await ask(socket, name, value)
      assert.equal(failureOf(reply), issues, name)
    }
    const [reply] = await ask(socket, 'both', [{ in: value }, value])
    assert.equal(
      failureOf(reply),
      [
        { path: '/0/0/in/user/password', message: 'Invalid length: Expected >=20' },
        { path: '/0/0/in/age', message: 'Invalid type: Expected number' },
        { path: '/0/1/age', message: 'age must be a number' },
        { path: '/0/1/user/password', message: 'user.password must be at least length 21' },
      ],
      'nested',
    )
    const name = 'k'.repeat(1_000)
    const [long] = await ask(socket, 'strict', { [name]: 1 })
    assert.equal(failureOf(long), [{ path: '/0', message: `Unrecognized key: "${name}"`.slice(0, 256) }])
    assert.not.match(JSON.stringify(errors.map(({ error }) => error)), 'hunter2')
    errors.splice(0, errors.length)
  })

  it('are refused at definition for what they lack, with the place and the line that mends it', () => {
    const refused = (schema: TSchema, place: 'input' | 'ack' = 'input'): string =>
      messageOf(() => router({ save: place === 'input' ? event.input(schema) : event.input().ack(schema) }))
    assert.is(
      messageOf(() => from(v.string() as never)),
      'ackwire: from: the schema of valibot has no JSON Schema; write from(toStandardJsonSchema(schema)), with toStandardJsonSchema from "@valibot/to-json-schema"',
    )
    assert.match(
      messageOf(() => from(mini.string() as never)),
      'use zod 4.2 or later, and import from "zod"',
    )
    assert.match(
      messageOf(() => from(Type.String() as never)),
      'which a contract takes as it is',
    )
    assert.match(
      messageOf(() => from('text' as never)),
      'got a string',
    )
    assert.match(
      messageOf(() => from(undefined as never)),
      'got undefined',
    )

    assert.is(
      refused(from(z.object({ user: z.object({ born: z.date() }) }))),
      'ackwire: save input[0].user.born: zod: Date cannot be represented in JSON Schema',
    )
    assert.is(
      refused(Type.Object({ list: Type.Array(from(toStandardJsonSchema(v.object({ born: v.date() })))) })),
      'ackwire: save input[0].list.items.born: valibot: The "date" schema cannot be converted to JSON Schema.',
    )
    assert.is(refused(from(type({ born: 'Date' }))), 'ackwire: save input[0].born: arktype: JSON Schema has no date')
    assert.is(
      refused(from(Compile(Next.Object({ n: Next.BigInt() })))),
      'ackwire: save input[0].n: typebox: bigint is not a type of JSON',
    )

    const oneWay = 'the schema converts the values that it receives, and'
    assert.match(
      refused(from(z.string().transform(Number)), 'ack'),
      `save ack: ${oneWay} zod can't convert them back; use z.codec`,
    )
    assert.match(refused(from(z.preprocess(String, z.string())), 'ack'), oneWay)
    assert.match(refused(from(type('string').pipe(text => text.length)), 'ack'), oneWay)
    assert.match(refused(from(toStandardJsonSchema(v.pipe(v.string(), v.transform(Number)))), 'ack'), oneWay)
    assert.match(
      messageOf(() => router({ told: event.output(Type.Object({ n: from(z.string().transform(Number)) })) })),
      `told output[0].n: ${oneWay}`,
    )
    assert.is(refused(from(z.string().transform(Number))), 'nothing thrown')
    assert.is(refused(from(Day), 'ack'), 'nothing thrown')
    assert.is(
      refused(from(z.object({ n: z.number().default(1), t: z.string().trim().catch('') })), 'ack'),
      'nothing thrown',
    )

    assert.match(refused(from(z.any().refine(async () => true))), 'save input[0]: zod: the schema is asynchronous')
    assert.match(
      refused(from(toStandardJsonSchema(v.objectAsync({ a: v.string() }) as never))),
      'the schema is asynchronous',
    )
    assert.match(refused(from(Day.default(born))), 'the default is a value of the application')
    assert.match(refused(from(z.object({ $error: z.string() })), 'ack'), 'a reply can\'t have a property "$error"')
  })

  it('that turn out to be asynchronous, or throw, answer the call and tell the error handler', async context => {
    const Late = z.object({ name: z.string().refine(async name => name !== '') })
    const Throws = z.string().transform(text => {
      if (text === 'x') throw new Error('a mistake')
      return text
    })
    const api = router({
      late: event.input(from(Late)).ack(),
      lateReply: event.input().ack(from(Late)),
      throws: event.input(Type.Array(from(Throws))).ack(),
    })
    const { server, client, errors } = await serve(api, context)
    server.on.late(() => {})
    server.on.throws(() => {})
    server.on.lateReply(() => ({ name: 'a' }))
    const socket = await client()
    const codeOf = ([reply]: readonly unknown[]): unknown =>
      Reflect.get(Object(Reflect.get(Object(reply), '$error')), 'code')
    assert.is(codeOf(await ask(socket, 'late', { name: 'a' })), 'INVALID_INPUT')
    assert.is(codeOf(await ask(socket, 'lateReply')), 'INTERNAL')
    assert.is(codeOf(await ask(socket, 'throws', ['x'])), 'INVALID_INPUT')
    assert.is(codeOf(await ask(socket, 'throws', ['y'])), undefined)
    const causes = errors.map(({ error }) => String(Reflect.get(Object(Reflect.get(Object(error), 'cause')), 'error')))
    assert.match(causes[0] ?? '', 'expected a schema that validates synchronously, got a promise')
    assert.match(causes[1] ?? '', 'expected a schema that validates synchronously, got a promise')
    assert.match(causes[2] ?? '', 'a mistake')
    errors.splice(0, errors.length)
  })

  it('follow the rules of their library for other properties, whatever the option says', async context => {
    const Loose = z.looseObject({ a: z.string() })
    const Strip = z.object({ a: z.string() })
    const Strict = z.strictObject({ a: z.string() })
    const api = router({
      loose: event.input(from(Loose)).ack(from(Loose)),
      strip: event.input(from(Strip)).ack(from(Strip)),
      strict: event.input(from(Strict)).ack(from(Strict)),
      mixed: event.input(Type.Object({ in: from(Strip) })).ack(Type.Object({ in: from(Loose) })),
    })
    for (const unknownProperties of ['keep', 'strip', 'reject'] as const) {
      const { server, client, errors } = await serve(api, context, { unknownProperties })
      for (const name of ['loose', 'strip', 'strict', 'mixed'] as const) server.on[name](({ input }) => input as never)
      const socket = await client()
      const value = { a: 'x', b: 1 }
      assert.equal(await ask(socket, 'loose', value), [value], unknownProperties)
      assert.equal(await ask(socket, 'strip', value), [{ a: 'x' }], unknownProperties)
      const [strict] = await ask(socket, 'strict', value)
      assert.equal(failureOf(strict), [{ path: '/0', message: 'Unrecognized key: "b"' }], unknownProperties)
      assert.equal(await ask(socket, 'mixed', { in: value }), [{ in: { a: 'x' } }], unknownProperties)
      errors.splice(0, errors.length)
    }
  })

  it('of typebox 1 and of TypeBox 0.34 stand in one contract', async context => {
    const Count = Next.Codec(Next.String())
      .Decode(text => text.length)
      .Encode(length => 'x'.repeat(length))
    const api = router({
      save: event
        .input(Type.Object({ old: Type.String(), next: from<{ a: string }>(Next.Object({ a: Next.String() })) }))
        .ack(from(Compile(Next.Object({ count: Count })))),
      count: event.input(from(Compile(Count))).ack(Type.Integer()),
    })
    const { server, client, errors } = await serve(api, context)
    server.on.save(({ input }) => ({ count: input.old.length + input.next.a.length }))
    server.on.count(({ input }) => input)
    const socket = await client()
    assert.equal(await ask(socket, 'save', { old: 'ab', next: { a: 'c' } }), [{ count: 'xxx' }])
    assert.equal(await ask(socket, 'count', 'abcd'), [4])
    const [reply] = await ask(socket, 'save', { old: 'ab', next: { a: 1 } })
    assert.equal(failureOf(reply), [{ path: '/0/next/a', message: 'must be string' }])
    errors.splice(0, 1)
  })

  it('give each value to their library once', async context => {
    let looks = 0
    const Seen = z.object({ a: z.string() }).refine(() => ++looks > 0)
    const api = router({
      one: event.input(from(Seen)).ack(from(Seen)),
      many: event.input(Type.Array(from(Seen))).ack(Type.Array(from(Seen))),
    })
    const { server, client } = await serve(api, context)
    server.on.one(({ input }) => input)
    server.on.many(({ input }) => input)
    const socket = await client()
    looks = 0
    await ask(socket, 'one', { a: 'b' })
    assert.is(looks, 2)
    looks = 0
    await ask(socket, 'many', [{ a: 'b' }, { a: 'c' }, { a: 'd' }])
    assert.is(looks, 6)
  })

  it('bound what is nested to any depth, and fill in what is missing', async context => {
    const api = router({
      deep: event.input(from(z.json())).ack(),
      page: event.input(Type.String(), from(z.number().default(3))).ack(Type.Integer()),
      sized: event.input(Type.Object({ size: from(z.number().default(7)) })).ack(Type.Integer()),
    })
    const { server, client, errors } = await serve(api, context)
    server.on.deep(() => {})
    server.on.page(({ input: [, size = 0] }) => size)
    server.on.sized(({ input }) => input.size ?? 0)
    const socket = await client()
    let deep: unknown = 1
    for (let depth = 0; depth < 3_000; depth++) deep = [deep]
    const [reply] = await ask(socket, 'deep', deep)
    assert.equal(failureOf(reply), [{ path: '', message: 'Expected values that are nested at most 128 deep' }])
    assert.equal(await ask(socket, 'page', 'a'), [3])
    assert.equal(await ask(socket, 'page', 'a', 5), [5])
    assert.equal(await ask(socket, 'sized', {}), [7])
    errors.splice(0, 1)
  })
})
