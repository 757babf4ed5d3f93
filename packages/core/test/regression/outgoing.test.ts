import { event, EventError, router } from '@ackwire/core'
import { Type } from '@sinclair/typebox'
import type { EventEmitter } from 'node:events'
import { inspect } from 'node:util'
import { Server } from 'socket.io'
import * as msgpack from 'socket.io-msgpack-parser'
import { describe } from '../../../../test/harness.js'
import * as assert from 'uvu/assert'
import { safe } from '@ackwire/client'
import { wireFormOf } from '../../src/server/outbound/wire-form.js'
import { ask, serve, until } from '../serve.js'

const Node = Type.Object({ a: Type.Optional(Type.Any()), text: Type.Optional(Type.String()) })
const api = router(
  {
    told: event.output(Node),
    asked: event.output(Node).ack(),
    take: event.input().ack(Node).errors({ NO: Node }),
    list: event.input().stream(Node).ack(Node),
  },
  { errors: { GONE: Node } },
)

/** Socket.IO's adapter in memory under another name, which records what it is given: that is what other nodes would get. */
const carried: unknown[][] = []
const BaseAdapter = Object(new Server().adapter()) as new (...args: unknown[]) => EventEmitter & {
  broadcast(packet: { data: unknown[] }, ...more: unknown[]): void
  persistSession(session: unknown): void
}
class ClusterAdapter extends BaseAdapter {
  override broadcast(packet: { data: unknown[] }, ...more: unknown[]): void {
    carried.push(packet.data.slice(1))
    super.broadcast(packet, ...more)
  }
}

const SERVERS = [
  {},
  { adapter: ClusterAdapter as never },
  { parser: msgpack },
  { adapter: ClusterAdapter as never, parser: msgpack },
]

/** Returns objects inside each other. */
const nestedBy = (levels: number): { a?: unknown } => {
  const outermost: { a?: unknown } = {}
  for (let at = 1, inside = outermost; at < levels; at++) inside = inside.a = {}
  return outermost
}

const [cycle, getter]: { a?: unknown }[] = [{}, {}]
Object.assign(cycle!, { list: [1, { b: cycle }] })
Object.defineProperty(getter, 'b', { enumerable: true, get: assert.unreachable })

/** Values that JSON can't carry, each with the path to the place. */
const REFUSED: readonly (readonly [value: object, path: string])[] = [
  [{ a: 1n }, '/a'],
  [{ 'b/c': [{ '~': 1n }] }, '/b~1c/0/~0'],
  [cycle!, '/list/1/b'],
  [nestedBy(5_000), '/a/a/a/a'],
  [nestedBy(1_001), '/a/a/a/a'],
  [getter!, '/b'],
  [{ a: { toJSON: assert.unreachable } }, '/a'],
  [{ a: new Proxy({}, { ownKeys: () => (assert.unreachable(), []) }) }, '/a'],
  [{ a: new Blob(['x']) }, '/a'],
  [{ b: [1, { c: new File(['x'], 'x.txt') }] }, '/b/1/c'],
  [{ text: 'x', toJSON: () => ({ text: 1 }) }, '/text'],
  [Object.create({ toJSON: () => ({ text: null }) }), '/text'],
  [JSON.parse('{ "a": [{ "__proto__": { "b": 1 } }] }'), '/a/0/__proto__'],
]

class User {
  readonly passwordHash = 'hidden'
  readonly name = 'bob'
  toJSON(): object {
    return { name: this.name }
  }
}

/** A title, a value, and what JSON carries of it. */
const CARRIED: readonly (readonly [title: string, value: unknown, form: unknown])[] = [
  ['what toJSON returns', { a: new User(), b: [new User()] }, { a: { name: 'bob' }, b: [{ name: 'bob' }] }],
  ['no undefined properties', { a: undefined, b: [undefined, { c: undefined }] }, { b: [null, {}] }],
  ['no functions and symbols', { a: () => 1, b: [() => 1, Symbol('x')], [Symbol('c')]: 1 }, { b: [null, null] }],
  ['numbers that JSON has', { a: [Number.NaN, Number.POSITIVE_INFINITY, -0, 1.5] }, { a: [null, null, 0, 1.5] }],
  ['dates as strings', { a: new Date(0), b: new Date(Number.NaN) }, { a: '1970-01-01T00:00:00.000Z', b: null }],
  ['primitives without their box', { a: [Object(1), Object('x'), Object(false)] }, { a: [1, 'x', false] }],
  ['no entries of a map or a set', { a: new Map([[1, 2]]), b: new Set([1]) }, { a: {}, b: {} }],
  ['holes of an array as null', { a: Object.assign([], { 1: 'x' }) }, { a: [null, 'x'] }],
  ['own properties, not those of a prototype', { a: Object.create({ b: 1 }, {}) }, { a: {} }],
]

const nothing = (): void => {}

describe('an outgoing value', it => {
  it('is what JSON carries, whatever the adapter and the parser do', async context => {
    const value = Object.fromEntries(CARRIED.map(([title, each]) => [title, each]))
    const form = Object.fromEntries(CARRIED.map(([title, , each]) => [title, each]))
    assert.equal(JSON.parse(JSON.stringify(value)), form)
    const arrived: unknown[] = []
    for (const io of SERVERS) {
      const { server, client } = await serve(api, context, { io })
      server.on.take(() => value)
      server.on.list(async function* () {
        yield value
        return value
      })
      const socket = await client('/', { ...('parser' in io && { parser: msgpack }) })
      socket.on('told', told => arrived.push(told))
      socket.on('asked', (asked, ack) => (arrived.push(asked), ack()))
      server.emit.told(value)
      await server.emit.asked(value)
      assert.equal(await ask(socket, 'take'), [form])
      const items: unknown[] = []
      let [page] = (await ask(socket, 'list')) as [{ items: unknown[]; next?: string; value?: unknown }]
      for (items.push(...page.items); page.next !== undefined; items.push(...page.items))
        [page] = (await ask(socket, 'list:next', page.next)) as [typeof page]
      assert.equal([...items, page.value], [form, form])
      await until(() => arrived.length === 2)
      assert.equal(arrived.splice(0), [form, form])
    }
    assert.equal(carried.splice(0), [[form], [form]])
  })

  it('is refused where the emit stands, with its path, for each direction', async context => {
    const isHere = (error: unknown, code: string, path: string): void => {
      const { code: own, issues } = error as EventError
      assert.equal([own, issues[0]?.path.slice(0, 2 + path.length)], [code, `/0${path}`])
      assert.match(String(issues[0]?.message), /^Expected /)
    }
    for (const io of SERVERS) {
      const { server, client, errors } = await serve(api, context, { io })
      const socket = await client('/', { ...('parser' in io && { parser: msgpack }) })
      for (const [value, path] of REFUSED) {
        const taken = [() => value, null]
        const remove = [
          server.on.take(({ fail }) => taken.shift()?.() ?? fail('NO', value)),
          server.on.list(async function* () {
            yield value
            return {}
          }),
        ]
        assert.throws(
          () => server.emit.told(value),
          (error: unknown) => (isHere(error, 'INVALID_OUTPUT', path), true),
        )
        const [refused] = await safe(server.emit.asked(value) as Promise<unknown>)
        isHere(refused, 'INVALID_OUTPUT', path)
        for (const _ of 'ab') assert.match(JSON.stringify(await ask(socket, 'take')), /INTERNAL/)
        const [page] = (await ask(socket, 'list')) as [{ next?: string }]
        if (page.next !== undefined) await ask(socket, 'list:next', page.next)
        const [reply, failure, item] = errors.splice(0).map(({ error }) => error)
        isHere(reply, 'INVALID_REPLY', path)
        isHere(failure, 'INVALID_REPLY', path)
        isHere(item, 'INVALID_OUTPUT', path)
        for (const each of remove) each()
      }
    }
    carried.length = 0
  })

  it('is refused if an adapter or a parser can’t carry it, or memory can’t', () => {
    const sparse = Array.from({ length: 0 })
    sparse.length = 2 ** 31
    const nested = Array.from({ length: 92 }).reduce<unknown>(inside => [inside], Buffer.from('x'))
    for (const value of [sparse, nested, new Blob(['x'])])
      assert.throws(() => wireFormOf(value, '/0', ([issue]) => new EventError('X', 0, issue?.message)), /^Expected/)
  })

  it('is refused if a property of its own is called __proto__, whatever carries it', async context => {
    const value = (): object => JSON.parse('{"a":[{"__proto__":{"b":1}}]}')
    const issues = [{ path: '/0/a/0/__proto__', message: 'Expected no property called __proto__' }]
    for (const io of SERVERS) {
      const { server, client, errors } = await serve(api, context, { io })
      const parser = 'parser' in io && { parser: msgpack }
      assert.throws(
        () => server.emit.told(value()),
        (error: EventError) => (assert.equal(error.issues, issues), true),
      )
      const [refused] = await safe(server.emit.asked(value()) as Promise<unknown>)
      assert.equal((refused as EventError).issues, issues)
      server.on.take(value)
      server.on.list(async function* () {
        yield {}
        return value()
      })
      const socket = await client('/', { ...parser })
      assert.match(JSON.stringify(await ask(socket, 'take')), /INTERNAL/)
      const [page] = (await ask(socket, 'list')) as [{ next?: string }]
      assert.match(
        JSON.stringify(page.next === undefined ? page : await ask(socket, 'list:next', page.next)),
        /INTERNAL/,
      )
      const [reply, final] = errors.splice(0).map(({ error }) => (error as EventError).issues)
      assert.equal([reply, final], [issues, issues])

      server.authenticate(({ fail }) => fail('GONE', value()))
      const refusal = await client('/', { ...parser }).catch((error: { data: unknown }) => error.data)
      assert.is((refusal as { code?: string }).code, 'UNAUTHORIZED')
      assert.equal((errors.splice(0)[0]!.error as EventError).issues, issues)
    }
    const { server, client, errors } = await serve(api, context, { io: SERVERS[1]! })
    server.authenticate(value)
    await client().catch(() => {})
    assert.equal((errors.splice(0)[0]!.error as EventError).issues, [{ ...issues[0], path: '/a/0/__proto__' }])
  })

  it('is refused with a promise anywhere in it, and every rejection is held', async context => {
    const rejected = (): Promise<never> => Promise.reject(new Error('rejected'))
    const value = (): object => ({ a: [1, { b: rejected() }], c: rejected() })
    for (const io of SERVERS) {
      const { server, client, errors } = await serve(api, context, { io })
      const socket = await client('/', { ...('parser' in io && { parser: msgpack }) })
      const issues = [{ path: '/0/a/1/b', message: 'Expected a value, got a promise; await it first' }]
      const taken = [value, null]
      server.on.take(({ fail }) => taken.shift()?.() ?? fail('NO', value()))
      server.on.list(async function* () {
        yield value()
        return {}
      })
      assert.throws(
        () => server.emit.told(value()),
        (error: EventError) => (assert.equal(error.issues, issues), true),
      )
      const [refused] = await safe(server.emit.asked(value()) as Promise<unknown>)
      assert.equal((refused as EventError).issues, issues)
      for (const _ of 'ab') assert.match(JSON.stringify(await ask(socket, 'take')), /INTERNAL/)
      const [page] = (await ask(socket, 'list')) as [{ next?: string }]
      if (page.next !== undefined) await ask(socket, 'list:next', page.next)
      await until(() => errors.length === 3)
      for (const { error } of errors.splice(0)) assert.equal((error as EventError).issues, issues)
      // A rejection that nobody holds ends the test.
      await new Promise(resolve => setTimeout(resolve, 5))
    }
    carried.length = 0
  })

  it('carries the binary data that is put into it, or sent, while it is on its way', async context => {
    const { io, server, client } = await serve(api, context)
    const socket = await client()
    const arrived: unknown[] = []
    socket.onAny((name, value) => arrived.push([name, value]))
    server.on.take(({ emit, socket: own }) => {
      own.onAnyOutgoing((_, value) => Object.assign(value, { a: Buffer.from('x') }))
      emit.told({ a: 1 })
      own.offAnyOutgoing()
      return {}
    })
    await ask(socket, 'take')
    assert.equal(arrived.splice(0), [['told', { a: Buffer.from('x') }]])
    let isSent = false
    const sending = {
      get a() {
        if (isSent) io.emit('raw', { a: Buffer.from('y') })
        return 1
      },
    }
    isSent = true
    server.emit.told(sending)
    isSent = false
    await until(() => arrived.some(each => (each as string[])[0] === 'told'))
    const raw = arrived.filter(each => (each as string[])[0] === 'raw')
    assert.ok(raw.length > 0)
    for (const each of raw) assert.equal(each, ['raw', { a: Buffer.from('y') }])
  })

  it('carries the binary data that a listener puts into it to send it once more', async context => {
    const { io, server, client } = await serve(api, context)
    const socket = await client()
    const arrived: unknown[] = []
    socket.onAny((name, value) => arrived.push([name, value]))
    const own = io.sockets.sockets.get(String(socket.id))
    // A broadcast tells listeners of a packet that it has encoded.
    own?.onAnyOutgoing((name, value) => {
      if (name === 'told') own.emit('again', Object.assign(value, { a: Buffer.from('x') }))
    })
    server.emit.told({ a: 1 })
    await until(() => arrived.length === 2)
    assert.equal(arrived, [
      ['again', { a: Buffer.from('x') }],
      ['told', { a: 1 }],
    ])
  })

  it('keeps bytes, whichever view they have, and sends no others', async context => {
    const Bytes = Type.Object({ bytes: Type.Any() })
    const api = router({ told: event.output(Bytes), take: event.input().ack(Bytes) })
    const { buffer } = Uint8Array.of(9, 1, 2, 3, 4, 9, 9, 9)
    const views = [
      new Uint8Array(buffer, 1, 4),
      new DataView(buffer, 1, 4),
      Buffer.from(buffer, 1, 4),
      buffer.slice(1, 5),
      new Uint16Array(buffer.slice(1, 5)),
    ]
    for (const io of [{}, { adapter: ClusterAdapter as never }, { parser: msgpack }]) {
      const { server, client } = await serve(api, context, { io })
      const socket = await client('/', { ...('parser' in io && { parser: msgpack }) })
      const arrived: { bytes: Buffer }[] = []
      socket.on('told', told => arrived.push(told))
      for (const bytes of views) {
        const remove = server.on.take(() => ({ bytes }))
        server.emit.told({ bytes })
        const [reply] = (await ask(socket, 'take')) as [{ bytes: Buffer }]
        arrived.push(reply)
        remove()
      }
      assert.is(arrived.length, 2 * views.length)
      for (const { bytes } of arrived) assert.equal([...new Uint8Array(bytes)], [1, 2, 3, 4])
    }
    for (const [told] of carried.splice(0)) assert.ok(Buffer.isBuffer((told as { bytes: unknown }).bytes))
  })

  it('is no copy where the parser does the same, and one where an adapter keeps it', async context => {
    const sent = { a: [1] }
    const seen: unknown[] = []
    for (const io of [{}, { adapter: ClusterAdapter as never }, { connectionStateRecovery: {} }]) {
      const { io: own, server } = await serve(api, context, { io })
      const { adapter } = own.of('/')
      const broadcast = adapter.broadcast.bind(adapter)
      adapter.broadcast = (packet, options) => (
        seen.push((packet.data as unknown[])[1] === sent),
        broadcast(packet, options)
      )
      server.emit.told(sent)
    }
    assert.equal(seen, [true, false, false])
    carried.length = 0
  })

  it('is refused with the place if an Encode throws, and holds nothing of the value', async context => {
    const Broken = Type.Transform(Type.String())
      .Decode(text => text)
      .Encode((): string => {
        throw new Error('broken')
      })
    const api = router({
      told: event.output(Type.Null(), Type.Object({ at: Broken })),
      take: event.input().ack(Broken),
    })
    const { server, client, errors } = await serve(api, context)
    server.on.take(() => 'secret')
    await ask(await client(), 'take')
    const [reply] = errors.splice(0).map(({ error }) => error as EventError)
    let output: EventError | undefined
    try {
      server.emit.told(null, { at: 'secret' })
    } catch (error) {
      output = error as EventError
    }
    const message = 'Expected a value that can be encoded'
    assert.equal([reply?.code, reply?.issues], ['INVALID_REPLY', [{ path: '/0', message }]])
    assert.equal([output?.code, output?.issues], ['INVALID_OUTPUT', [{ path: '/1/at', message }]])
    assert.match(String(output?.message), 'emit.told: /1/at Expected a value that can be encoded')
  })

  it('is a rejection where an ack is expected, and reported if nobody awaits it', async context => {
    const { server, client, errors } = await serve(api, context)
    const [error] = await safe(Reflect.apply(server.emit.asked, undefined, [1]) as Promise<unknown>)
    assert.is(error?.code, 'INVALID_OUTPUT')
    server.on.take(({ emit }) => emit.asked({ a: 1n }) as never)
    await ask(await client(), 'take')
    void Reflect.apply(server.emit.asked, undefined, [2])
    await until(() => errors.length === 2)
    assert.equal(
      errors.splice(0).map(({ phase, event: name }) => [phase, name]),
      [
        ['output', 'take'],
        ['output', 'asked'],
      ],
    )
  })
})

describe('the data of a socket', it => {
  it('is refused if an adapter can’t carry it, and is what JSON carries', async context => {
    const data: object[] = [{ user: { id: 1n } }, { user: new User(), at: new Date(0), call: nothing }]
    const { server, client, errors } = await serve(router({ who: event.input().ack(Type.Any()) }), context, {
      io: { adapter: ClusterAdapter as never },
    })
    server.authenticate(() => data.shift() ?? {})
    server.on.who(({ data: own }) => own)
    const refusal = await client().catch((error: { data: unknown }) => error.data)
    assert.equal(refusal, { code: 'UNAUTHORIZED', message: 'The connection was refused' })
    const error = errors.pop()?.error as EventError
    assert.equal(error.issues, [{ path: '/user/id', message: 'Expected a value that JSON can carry, got a bigint' }])
    assert.equal(await ask(await client(), 'who'), [{ user: { name: 'bob' }, at: '1970-01-01T00:00:00.000Z' }])
  })

  it('is kept as it is in memory', async context => {
    const user = new User()
    const { server, io, client } = await serve(router({}), context, { io: { connectionStateRecovery: {} } })
    server.authenticate(() => ({ user }))
    await client()
    assert.is([...io.of('/').sockets.values()][0]?.data.user, user)
  })
})

describe('an object of the server', it => {
  it('is a short text where it is logged, serialized or converted, and no promise', async context => {
    const rooms = router({
      told: event.output(),
      group: router({ told: event.output(), take: event.input() }),
      '/room-{id}': router({ told: event.output() }),
    })
    const { server } = await serve(rooms, context)
    const room = server.of('/room-{id}', { id: '1' })
    const labels = new Map<object, string>([
      [server, '[ackwire: /]'],
      [server.local, '[ackwire: /]'],
      [server.to('a').volatile, '[ackwire: /]'],
      [room, '[ackwire: /room-{id}]'],
      [server.emit, '[ackwire: outputs of /]'],
      [server.emit.group, '[ackwire: outputs of /]'],
      [server.on, '[ackwire: inputs]'],
      [server.on.group, '[ackwire: inputs]'],
    ])
    for (const [object, text] of labels) {
      assert.is(JSON.stringify({ object }), JSON.stringify({ object: text }))
      assert.is(inspect(object, { depth: 9 }), text)
      assert.is(`${String(object)}`, text)
      assert.is(await object, object)
    }
    assert.equal(Object.keys(server.on.group), ['take'])
  })
})
