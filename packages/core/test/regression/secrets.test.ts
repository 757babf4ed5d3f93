import { event, EventError, router } from '@ackwire/core'
import type { ErrorReport } from '@ackwire/core/server'
import { Type } from '@sinclair/typebox'
import { inspect } from 'node:util'
import type { Socket } from 'socket.io'
import * as assert from 'uvu/assert'
import { describe, type TestContext } from '../../../../test/harness.js'
import { ask, serve, until } from '../serve.js'

/** Marks every value of a payload; no name of a property or an event has it. */
const SECRET = 'secret-of-bob'

const fail = (): never => {
  throw new Error('the application’s own message')
}
const Broken = Type.Transform(Type.String()).Decode(fail).Encode(fail)
const Kinds = Type.Union([
  Type.Literal('a'),
  Type.String({ format: 'email' }),
  Type.String({ pattern: '^b$' }),
  Type.TemplateLiteral('c${boolean}'),
  Type.Integer(),
  Type.Record(Type.String(), Type.Integer()),
  Type.Array(Type.Date(), { uniqueItems: true }),
  Type.Intersect([Type.Object({ a: Type.Null() }), Type.Object({ b: Type.Uint8Array({ maxByteLength: 1 }) })]),
  Type.Unsafe<string>({ type: 'string', enum: ['d'], minLength: 50 }),
])
const Closed = Type.Object({ value: Type.Optional(Kinds) }, { additionalProperties: false })
const Tree = Type.Recursive(This => Type.Object({ value: Type.Integer(), next: Type.Optional(This) }))

const api = router(
  {
    kinds: event.input(Closed).ack(Closed).errors({ NO: Closed }),
    tree: event.input(Tree).ack(Tree),
    broken: event.input(Broken).ack(Broken).errors({ NO: Broken }),
    filled: event.input(Type.Object({ a: Type.String(), b: Type.String({ default: fail }) })).ack(),
    any: event.input(Type.Any()).ack(Type.Any()).errors({ NO: Type.Any() }),
    limited: event
      .input(Type.Any())
      .ack()
      .limit({ maxBytes: 10, rate: { perUser: { calls: 1, seconds: 60 } } }),
    list: event.input(Type.String()).stream(Closed).ack(Closed),
    told: event.output(Closed),
    toldBroken: event.output(Broken),
    toldAny: event.output(Type.Any()),
    asked: event.output(Type.Any()).ack(Closed).errors({ NO: Closed }),
    askedBroken: event.output().ack(Broken),
    '/closed': router({}, { auth: Closed }),
    '/broken': router({}, { auth: Type.Object({ token: Broken }) }),
    '/slow': router({}, {}),
    '/room-{id}': router({}, { params: Type.Object({ id: Type.String({ maxLength: 3 }) }) }),
  },
  { description: 'Every kind of failure' },
)

const userOf = ({ handshake }: Socket): string => handshake.auth['user']
const invalid = { value: SECRET } as {}
const unsendable = { secret: SECRET, list: [SECRET, 1n], toJSON: undefined }
const VALUES: readonly unknown[] = [
  invalid,
  { value: [SECRET, SECRET] },
  { value: { a: SECRET } },
  SECRET,
  [SECRET],
  { other: SECRET },
]

/** Makes everything fail that can fail, with marked values. */
const failEverywhere = async (context: TestContext, isPrinted = false) => {
  const { io, server, client, errors } = await serve(api, context, {
    authenticateTimeout: 20,
    unknownEvents: 'answer',
    limits: { userOf },
  })
  if (isPrinted) Reflect.apply(server.onError, server, [undefined])
  const quiet = (call: () => unknown): unknown => new Promise(settle => settle(call())).catch(() => {})
  const does: Record<string, () => unknown> = {
    unsendable: () => unsendable,
    asked: () => server.emit.asked({}),
    envelope: () => ({ $error: { code: SECRET } }),
    promise: () => new Promise(() => {}),
  }
  server.on.kinds(({ input, fail: refuse }) => ('value' in input ? refuse('NO', invalid) : invalid))
  server.on.tree(() => ({ value: 1, next: { value: SECRET } }) as never)
  server.on.broken(() => SECRET as never)
  server.on.filled(() => {})
  server.on.any(({ input, fail: refuse }) => (input === 'refuse' ? refuse('NO', unsendable) : does[String(input)]?.()))
  server.on.limited(() => {})
  server.on.list(async function* ({ input }) {
    yield (input === 'invalid' ? invalid : unsendable) as {}
    return {}
  })
  server.of('/slow').authenticate(() => new Promise(() => {}))
  server.observe({ onHandle: fail, onReceive: fail, onAnswer: fail, onEmit: fail })
  io.on('connection', socket => socket.on('plain', (...args: unknown[]) => (args.pop() as () => void)()))

  for (const [name, auth] of [
    ['/closed', invalid],
    ['/broken', { token: SECRET }],
    ['/slow', { token: SECRET }],
    [`/room-${SECRET}`, {}],
  ] as const)
    await client(name, { auth }).catch(() => {})
  const socket = await client('/', { auth: { user: SECRET } })
  const other = await client('/', { auth: { user: { secret: SECRET } } })
  for (const one of [socket, other]) {
    one.on('asked', (_, ack) =>
      ack(one === socket ? { value: `${SECRET}@example.com` } : { value: SECRET, more: SECRET }),
    )
    one.on('askedBroken', ack => ack(SECRET))
  }
  const replies: unknown[] = []
  const call = async (name: string, ...args: unknown[]): Promise<void> =>
    void replies.push(...(await ask(socket, name, ...args)))
  for (const value of VALUES) {
    for (const name of ['kinds', 'tree', 'broken', 'filled', 'unheard']) await call(name, value)
    for (const emit of [server.emit.told, server.emit.toldBroken, server.emit.asked])
      await quiet(() => Reflect.apply(emit, undefined, [value]))
  }
  await call('kinds', {}, SECRET, SECRET)
  await call('kinds', {})
  await call('kinds', { value: 'a' })
  await call('tree', { value: 1 })
  await call('filled', { a: SECRET })
  for (const name of [...Object.keys(does), 'refuse']) if (name !== 'promise') await call('any', name)
  await call('limited', SECRET)
  await call('limited', SECRET)
  await ask(other, 'limited', 1)
  for (const input of ['invalid', 'unsendable']) await call('list', input)
  await quiet(() => server.emit.toldAny(unsendable))
  await quiet(() => server.emit.asked(unsendable))
  await quiet(() => server.emit.asked({}))
  await quiet(() => server.emit.askedBroken())
  const thrown = await server.emit.asked({}).catch((error: unknown) => error)
  return { server, errors, replies, thrown }
}

describe('the content of a payload', it => {
  it('is in no report, whatever the phase, and in no answer but those that carry it', async context => {
    const { errors, replies, thrown } = await failEverywhere(context)
    const reports = errors.splice(0)
    const shown = (report: ErrorReport): string => inspect({ ...report, socket: undefined }, { depth: 12 })
    for (const report of reports) assert.not.match(shown(report), SECRET, shown(report))
    const phases = new Set(reports.map(({ phase }) => phase))
    for (const phase of ['authenticate', 'input', 'limit', 'count', 'handler', 'reply', 'output', 'ack', 'observer'])
      assert.ok(phases.has(phase as ErrorReport['phase']), phase)
    for (const reply of replies) assert.not.match(JSON.stringify(reply ?? null), SECRET, JSON.stringify(reply))
    assert.ok(thrown instanceof EventError)
    assert.equal((thrown as EventError).data, { replies: [{ value: `${SECRET}@example.com` }] })
  })

  it('is in no line of the console', async context => {
    const lines: string[] = []
    const { error: print } = console
    console.error = (...parts: unknown[]) => void lines.push(inspect(parts, { depth: 12 }))
    context.defer(() => (console.error = print))
    await failEverywhere(context, true)
    assert.ok(lines.length > 15)
    assert.not.match(lines.join('\n'), SECRET)
  })

  it('is in nothing that an observer gets, except for the socket', async context => {
    const { server, client, errors } = await serve(api, context, { limits: { userOf } })
    const told: unknown[] = []
    const tell = (...parts: { socket?: unknown }[]): void =>
      void told.push(
        parts.map(part => (typeof part === 'object' ? Object.assign({}, part, { socket: undefined }) : part)),
      )
    const hooks = [
      'onAuthenticate',
      'onConnection',
      'onReceive',
      'onHandle',
      'onHandled',
      'onAnswer',
      'onEmit',
      'onAck',
    ]
    server.observe(Object.fromEntries([...hooks, 'onDisconnect'].map(hook => [hook, tell])))
    server.on.any(({ input }) => input)
    const socket = await client('/', { auth: { token: SECRET } })
    await client('/closed', { auth: invalid }).catch(() => {})
    socket.on('asked', (_, ack) => ack(SECRET))
    await ask(socket, 'any', SECRET)
    await ask(socket, 'kinds', invalid)
    await server.emit.asked(SECRET).catch(() => {})
    socket.disconnect()
    await until(() => told.length >= 11)
    assert.not.match(inspect(told, { depth: 12 }), SECRET)
    errors.length = 0
  })
})
