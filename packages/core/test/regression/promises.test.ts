import { event, router } from '@ackwire/core'
import type { ErrorReport } from '@ackwire/core/server'
import { FormatRegistry, Kind, Type, TypeRegistry, type Static, type TSchema } from '@sinclair/typebox'
import * as assert from 'uvu/assert'
import { describe, type TestContext } from '../../../../test/harness.js'
import { saying } from '../../../../test/saying.js'
import { ask, serve, until } from '../serve.js'

/** Returns a promise that rejects after its caller has gone on. */
const rejected = (): Promise<never> =>
  new Promise((_, reject) => setImmediate(() => reject(new Error('a rejection that nobody awaits'))))

/** A function of the application that returns a promise where a value belongs, whatever its type says. */
const asynchronous = rejected as () => never

const Decoded = Type.Transform(Type.String()).Decode(asynchronous).Encode(String)
const Encoded = Type.Transform(Type.String()).Decode(String).Encode(asynchronous)
const Filled = Type.String({ default: asynchronous })

/** Each place at which a schema calls a function: its title, its path, and the schema. */
const INPUTS: readonly (readonly [title: string, path: string, schema: TSchema])[] = [
  ['Decode', 'take input[0]', Decoded],
  ['Decode', 'take input[0].list.items', Type.Object({ list: Type.Array(Decoded) })],
  ['Decode', 'take input[0].anyOf[1].a', Type.Union([Type.Null(), Type.Object({ a: Decoded })])],
  ['default', 'take input[0].a', Type.Object({ a: Filled })],
]
const SENT: Readonly<Record<string, unknown>> = {
  'take input[0]': 'x',
  'take input[0].list.items': { list: ['x'] },
  'take input[0].anyOf[1].a': { a: 'x' },
  'take input[0].a': {},
}

/** Lets the promises of the application reject; an unhandled rejection fails the test. */
const settled = (): Promise<void> => new Promise(resolve => setTimeout(resolve, 5))

/** Returns the message of the innermost cause of a reported error. */
const reasonIn = (report: ErrorReport | undefined): string => {
  let reason: unknown = report?.error
  for (;;) {
    const { cause, error } = Object(reason) as { cause?: unknown; error?: unknown }
    if ((cause ?? error) === undefined) return String(reason)
    reason = cause ?? error
  }
}

/** Returns the lines that a server without an error handler prints. */
const printedBy = async (context: TestContext, print: () => Promise<unknown>): Promise<string[]> => {
  const lines: string[] = []
  const { error } = console
  console.error = (line: unknown) => void lines.push(String(line))
  context.defer(() => (console.error = error))
  await print()
  return lines
}

describe('a promise where a value belongs', it => {
  for (const [what, path, schema] of INPUTS) {
    it(`is refused with its rejection held: ${what} at ${path}`, async context => {
      const { server, client, errors } = await serve(
        router({ take: event.input(schema).ack(), '/in': router({}, { auth: Type.Object({ a: schema }) }) }),
        context,
      )
      server.on.take(() => assert.unreachable('the handler was called'))
      const [reply] = await ask(await client(), 'take', SENT[path])
      assert.match(JSON.stringify(reply), /INVALID_INPUT/)
      const refused = await client('/in', { auth: { a: SENT[path] } }).catch((error: { data: object }) => error.data)
      assert.match(JSON.stringify(refused), /UNAUTHORIZED/)
      await settled()
      const [input, auth] = errors.splice(0)
      assert.is(
        reasonIn(input),
        `TypeError: ackwire: ${path}: expected ${what} to return a value, got a promise; make it synchronous, and await in the handler`,
      )
      assert.match(reasonIn(auth), `ackwire: ${path.replace('take input[0]', '/in auth.a')}: expected ${what}`)
    })
  }

  it('is explained on the console', async context => {
    const { server, client } = await serve(router({ take: event.input(Decoded).ack() }), context)
    Reflect.apply(server.onError, server, [undefined])
    server.on.take(() => {})
    const socket = await client()
    const lines = await printedBy(context, () => ask(socket, 'take', 'x'))
    assert.match(
      String(lines[0]),
      /Expected a value that can be read: ackwire: take input\[0\]: expected Decode to return/,
    )
    await settled()
  })

  it('is refused if an Encode returns it, for each direction', async context => {
    const api = router({
      take: event.input().ack(Encoded),
      fail: event.input().ack().errors({ NO: Encoded }),
      list: event.input().stream(Encoded),
      told: event.output(Encoded),
    })
    const { server, client, errors } = await serve(api, context)
    server.on.take(() => 'x')
    server.on.fail(({ fail }) => fail('NO', 'x'))
    server.on.list(async function* () {
      yield 'x'
    })
    const socket = await client()
    for (const name of ['take', 'fail']) assert.match(JSON.stringify(await ask(socket, name)), /INTERNAL/)
    const [page] = await ask(socket, 'list')
    const { next } = page as { next?: string }
    if (next !== undefined) await ask(socket, 'list:next', next)
    assert.throws(() => server.emit.told('x'), /INVALID_OUTPUT|emit.told: \/0/)
    await settled()
    assert.is(errors.length, 3)
    for (const report of errors.splice(0)) assert.match(reasonIn(report), /expected Encode to return a value, got a/)
  })

  it('is reported if the Decode of a namespace’s parameters returns it', async context => {
    const { server, client, errors } = await serve(
      router({ '/game-{id}': router({ told: event.output() }, { params: Type.Object({ id: Decoded }) }) }),
      context,
    )
    const message =
      'ackwire: /game-{id} params.id: expected Decode to return a value, got a promise; make it synchronous, and await in the handler'
    assert.is(await client('/game-1').catch(({ message: text }: Error) => text), 'Invalid namespace')
    assert.throws(() => server.of('/game-{id}', { id: '2' } as never), saying(message))
    await settled()
    assert.equal(
      errors.splice(0).map(({ error, ...place }) => [(error as Error).message, place]),
      [[message, { phase: 'authenticate', event: 'connection', namespace: '/game-{id}', socket: undefined }]],
    )
  })

  it('is refused if userOf or addressOf returns it', async context => {
    const limited = router({
      take: event
        .input()
        .ack()
        .limit({ rate: { perUser: { calls: 9, seconds: 9 } } }),
    })
    const { server, client, errors } = await serve(limited, context, { limits: { userOf: asynchronous } })
    server.on.take(() => {})
    assert.match(JSON.stringify(await ask(await client(), 'take')), /INTERNAL/)
    const gated = await serve(router({}), context, { limits: { waiting: { addressOf: asynchronous } } })
    gated.server.authenticate(() => ({}))
    await gated.client().catch(() => {})
    await settled()
    for (const report of [...errors.splice(0), ...gated.errors.splice(0)])
      assert.match(String(report.error), /limits.*: expected it to return a string, got a promise; make it synchronous/)
  })

  it('is refused as the context of middleware, as an iterator, and as the answer of a plain listener', async context => {
    const api = router({
      take: event.input().ack(),
      list: event.input().stream(Type.String()),
      plain: event.input().ack(Type.String()),
    })
    const { io, server, client, errors } = await serve(api, context)
    server.use(({ next }) => next(rejected())).on.take(() => assert.unreachable('the handler was called'))
    server.on.list(() => ({ [Symbol.asyncIterator]: asynchronous }))
    io.on('connection', socket => socket.on('plain', (ack: (reply: unknown) => void) => ack(rejected())))
    const socket = await client()
    assert.match(JSON.stringify(await ask(socket, 'take')), /INTERNAL/)
    assert.match(JSON.stringify(await ask(socket, 'plain')), /INTERNAL/)
    await ask(socket, 'list')
    await until(() => errors.length === 3)
    await settled()
    for (const report of errors.splice(0)) assert.match(String(report.error), /got a promise/)
  })

  it('is held if it is emitted, sent or failed with', async context => {
    const api = router({
      take: event.input().ack().errors({ NO: Type.String() }),
      told: event.output(Type.String()),
    })
    const { server, client, errors } = await serve(api, context)
    server.on.take(({ fail }) => fail('NO', asynchronous()))
    assert.match(JSON.stringify(await ask(await client(), 'take')), /INTERNAL/)
    assert.throws(() => server.emit.told(asynchronous()), /INVALID_OUTPUT|Expected string/)
    await settled()
    assert.is(errors.splice(0).length, 1)
  })

  it('is refused at definition if a format or a kind returns it', () => {
    FormatRegistry.Set('asynchronous', asynchronous)
    TypeRegistry.Set('Asynchronous', asynchronous)
    const inputs = [Type.String({ format: 'asynchronous' }), Type.Unsafe({ [Kind]: 'Asynchronous' })]
    for (const schema of inputs)
      assert.throws(
        () => router({ take: event.input(Type.Object({ a: schema })) }),
        /^ackwire: take input\[0\]\.a: .* returns a promise/,
      )
    FormatRegistry.Delete('asynchronous')
    TypeRegistry.Delete('Asynchronous')
  })
})

describe('a promise inside a value', it => {
  it('is held where it is removed with an undeclared property, in each direction and depth', async context => {
    const Row = Type.Object({ a: Type.String() })
    const Mixed = Type.Object({
      rows: Type.Array(Row),
      either: Type.Union([Type.Object({ b: Type.Integer() }), Row]),
      both: Type.Intersect([Row, Type.Object({ b: Type.Integer() })]),
    })
    const api = router({
      answer: event.input().ack(Mixed),
      list: event.input().stream(Mixed),
      told: event.output(Mixed),
    })
    class Entity {
      readonly a = 'x'
      readonly relation = rejected()
    }
    const value = (): Static<typeof Mixed> => {
      const row = (): { a: string } => Object.assign({ a: 'x' }, { late: rejected(), deep: [{ late: rejected() }] })
      const many = Object.fromEntries(['p', 'q', 'r', 's'].map(key => [key, rejected()]))
      return {
        rows: [row(), new Entity(), { ...row(), ...many }],
        either: row(),
        both: { ...row(), b: 1 },
        ...many,
      }
    }
    const sent = { rows: [{ a: 'x' }, { a: 'x' }, { a: 'x' }], either: { a: 'x' }, both: { a: 'x', b: 1 } }
    const { server, client } = await serve(api, context, { unknownProperties: 'strip' })
    server.on.answer(value)
    server.on.list(async function* () {
      yield value()
    })
    const socket = await client()
    const told: unknown[] = []
    socket.on('told', given => told.push(given))
    server.emit.told(value())
    assert.equal(await ask(socket, 'answer'), [sent])
    const [page] = (await ask(socket, 'list')) as [{ items: unknown[]; next?: string }]
    const [rest] = page.items.length === 0 ? ((await ask(socket, 'list:next', page.next)) as [typeof page]) : [page]
    assert.equal([...page.items, ...rest.items][0], sent)
    await until(() => told.length === 1)
    assert.equal(told, [sent])
    await settled()
  })

  it('is held where the value is refused', async context => {
    const api = router({
      answer: event.input().ack(Type.Object({ a: Type.String() })),
      fail: event
        .input()
        .ack()
        .errors({ OWN: Type.Object({ a: Type.String() }) }),
      list: event.input().stream(Type.Object({ a: Type.String() })),
      fill: event
        .input(Type.Object({ a: Type.Object({ x: Type.String() }, { default: () => ({ x: rejected() }) }) }))
        .ack(),
      told: event.output(Type.Object({ a: Type.Array(Type.String()) })),
      anything: event.output(Type.Any()),
      asked: event.output(Type.Any()).ack(),
    })
    const { server, client, errors } = await serve(api, context)
    const value = (): never => ({ a: rejected() }) as never
    server.on.answer(value)
    server.on.fail(({ fail }) => fail('OWN', value()))
    server.on.list(async function* () {
      yield value()
    })
    const socket = await client()
    for (const [name, code] of Object.entries({ answer: 'INTERNAL', fail: 'INTERNAL', list: 'INTERNAL' }))
      assert.match(JSON.stringify(await ask(socket, name)), code)
    assert.match(JSON.stringify(await ask(socket, 'fill', {})), 'INVALID_INPUT')
    assert.throws(() => server.emit.told({ a: [rejected() as never] }), saying('/0/a/0 Expected string'))
    assert.throws(() => server.emit.anything(rejected()), saying('/0 Expected a value, got a promise; await it first'))
    const refusal = await server.emit.asked({ a: [rejected()] }).catch(String)
    assert.match(String(refusal), '/0/a/0 Expected a value, got a promise; await it first')
    await settled()
    errors.splice(0)
  })
})
