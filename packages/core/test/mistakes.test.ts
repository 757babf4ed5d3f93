import { createClient } from '@ackwire/client'
import { event, router, type EventError } from '@ackwire/core'
import { attach } from '@ackwire/core/server'
import { Type } from '@sinclair/typebox'
import { deepStrictEqual } from 'node:assert'
import { inspect } from 'node:util'
import * as assert from 'uvu/assert'
import { describe } from '../../../test/harness.js'
import { ask, serve } from './serve.js'

const api = router({
  add: event.input(Type.Integer(), Type.Integer()).ack(Type.Integer()),
  said: event.output(Type.String()),
  todo: router({ create: event.input(Type.String()).ack(Type.Integer()), made: event.output(Type.String()) }),
  both: event.both(event.input(), event.output()),
  '/admin': router({ ban: event.input(Type.String()) }),
  '/many': router(Object.fromEntries(Array.from({ length: 12 }, (_, at) => [`event${at}`, event.input()]))),
})

/** Returns the message of what is thrown, by an object with any members. */
const messageOf = (call: () => unknown): string => {
  try {
    call()
    return ''
  } catch (error) {
    return error instanceof TypeError ? error.message : `no TypeError: ${String(error)}`
  }
}

/** Calls a member that the types do not have. */
const callAt = (holder: unknown, path: readonly string[], ...args: readonly unknown[]): string =>
  messageOf(() => {
    const member = path.reduce((at: unknown, key) => Reflect.get(Object(at), key), holder)
    Reflect.apply(member as () => unknown, undefined, args)
  })

describe('a name that is no event', it => {
  const INPUTS = {
    add: 'its inputs are add, both and todo.create',
    create: 'its inputs are todo.create, add and both',
  }

  it('is refused by the server with the events that there are, the nearest first', async context => {
    const { server } = await serve(api, context)
    const handler = (): number => 1
    for (const [path, message] of [
      [['on', 'adds'], `on.adds: the contract has no such input; ${INPUTS.add}`],
      [['on', 'todo', 'creat'], `on.todo.creat: the contract has no such input; ${INPUTS.create}`],
      [
        ['on', 'todo:create'],
        'on.todo:create: the contract has no such input; its inputs are todo.create, both and add',
      ],
      [['on', 'said'], 'on.said: said is an output, which the server emits; its inputs are add, both and todo.create'],
      [
        ['on', 'todo', 'made'],
        'on.todo.made: todo.made is an output, which the server emits; its inputs are todo.create, add and both',
      ],
      [['emit', 'sayd'], 'emit.sayd: the contract has no such output; its outputs are said, both and todo.made'],
      [['emit', 'add'], 'emit.add: add is an input, which clients emit; its outputs are said, both and todo.made'],
    ] as const)
      assert.is(callAt(server, path, handler), `ackwire: ${message}`)
    for (const holder of [server.to('room'), server.local])
      assert.match(callAt(holder, ['emit', 'add'], 1), /^ackwire: emit\.add: add is an input, which clients emit; /)
    const admin = server.of('/admin')
    assert.is(
      callAt(admin, ['on', 'bann'], handler),
      'ackwire: on.bann: /admin has no such input; its only input is ban',
    )
    assert.is(
      callAt(admin, ['emit', 'ban'], ''),
      'ackwire: emit.ban: ban is an input, which clients emit; there are no outputs',
    )
    assert.is(
      callAt(server.of('/many'), ['on', 'event1x'], handler),
      'ackwire: on.event1x: /many has no such input; its inputs are event1, event10, event11, event0, event2, event3, event4, event5 and 4 more',
    )
  })

  it('is refused by a client that has the contract, in the same words', () => {
    const client = createClient(api, { autoConnect: false })
    assert.is(callAt(client, ['emit', 'adds'], 1), `ackwire: the contract has no such event: adds; ${INPUTS.add}`)
    assert.is(
      callAt(client, ['on', 'add'], () => {}),
      'ackwire: add is an input, which clients emit; its outputs are said, both and todo.made',
    )
  })

  it('is refused in a handler, too', async context => {
    const { server, client, errors } = await serve(api, context)
    server.on.both(({ emit, broadcast }) => {
      const said = [callAt({ emit }, ['emit', 'sayd']), callAt(broadcast, ['emit', 'sayd']), callAt({ emit }, ['emit'])]
      emit.said(said.join('\n'))
    })
    const socket = await client()
    const said = new Promise<string>(resolve => socket.once('said', resolve))
    socket.emit('both')
    const [unknown, others, called] = (await said).split('\n')
    const outputs = 'its outputs are said, both and todo.made'
    assert.is(unknown, `ackwire: emit.sayd: the contract has no such output; ${outputs}`)
    assert.is(others, unknown)
    assert.match(called ?? '', /^ackwire: emit\(…\): events are properties; write emit\.EVENT\(…\); /)
    assert.equal(errors, [])
  })
})

describe('a verb that is called as in plain Socket.IO', it => {
  it('says how to write it', async context => {
    const { server } = await serve(api, context)
    for (const [holder, path, name, message] of [
      [server, ['emit'], 'said', 'emit(…): events are properties; write emit.said(…)'],
      [server, ['on'], 'add', 'on(…): events are properties; write on.add(…)'],
      [server, ['on'], 'todo:create', 'on(…): events are properties; write on.todo.create(…)'],
      [server, ['on', 'todo'], 'create', 'on.todo(…): events are properties; write on.todo.create(…)'],
      [
        server,
        ['on'],
        'adds',
        'on(…): events are properties; write on.EVENT(…); its inputs are add, both and todo.create',
      ],
      [server.to('room'), ['emit'], 'said', 'emit(…): events are properties; write emit.said(…)'],
      [server.of('/admin'), ['on'], 'ban', 'on(…): events are properties; write on.ban(…)'],
    ] as const)
      assert.is(callAt(holder, path, name, 'x'), `ackwire: ${message}`)
  })
})

describe('a handler that forgets to return', it => {
  const replies = router({
    add: event.input().ack(Type.Integer()),
    at: event.input().ack(
      Type.Transform(Type.String())
        .Decode(text => new Date(text))
        .Encode(date => date.toISOString()),
    ),
    find: event.input().ack(Type.Object({ name: Type.String() }), { errorFirst: true }),
    pages: event.input().stream(Type.Integer()).ack(Type.Integer()),
    receipt: event.input().ack(),
  })

  it('is reported as having returned undefined', async context => {
    const { server, client, url, errors } = await serve(replies, context)
    const socket = await client()
    const forget = (() => {}) as () => never
    const issuesOf = (): unknown => (errors.splice(0)[0]?.error as EventError | undefined)?.issues
    for (const [name, message] of [
      ['add', 'Expected integer, got undefined'],
      ['find', 'Expected object, got undefined'],
      ['at', 'Expected string, got undefined'],
    ] as const) {
      const remove = server.on[name](forget)
      await ask(socket, name)
      assert.equal(issuesOf(), [{ path: '/0', message }], name)
      remove()
      server.on[name]((async () => {}) as () => Promise<never>)
      await ask(socket, name)
      assert.equal(issuesOf(), [{ path: '/0', message }], name)
    }
    server.on.pages(async function* () {} as never)
    const typed = createClient<typeof replies>(url)
    context.defer(() => typed.close())
    await typed.stream
      .pages()
      .next()
      .catch(() => {})
    assert.equal(issuesOf(), [{ path: '/0', message: 'Expected integer, got undefined' }])
    server.on.receipt(() => {})
    assert.equal(await ask(socket, 'receipt'), [])
  })

  it('is told from one that returns something else', async context => {
    const { server, client, errors } = await serve(replies, context)
    server.on.add((() => 'x') as never)
    await ask(await client(), 'add')
    const error = errors.splice(0)[0]?.error as EventError | undefined
    assert.equal(error?.issues, [{ path: '/0', message: 'Expected integer' }])
  })
})

describe('a second attach to one Socket.IO server', it => {
  const chat = router({ say: event.input(), '/admin': router({ ban: event.input() }) })

  it('is refused for a namespace that a contract has already', async context => {
    const { io, server, client } = await serve(chat, context)
    const again = 'a contract is attached to it already; attach one contract with all events, or detach the other first'
    assert.is(
      messageOf(() => attach(io, chat)),
      `ackwire: attach: /: ${again}`,
    )
    assert.is(
      messageOf(() => attach(io, router({ '/admin': router({ ban: event.input() }) }))),
      `ackwire: attach: /admin: ${again}`,
    )
    assert.is(
      messageOf(() => attach(io, router({ other: event.input() }))),
      `ackwire: attach: /: ${again}`,
    )
    // The refused ones have changed nothing.
    server.on.say(() => {})
    assert.equal(await ask(await client(), 'say'), [])
    server.detach()
    attach(io, chat).detach()
  })

  it('is refused for a pattern with other names for its parameters', async context => {
    const { io } = await serve(router({ '/game-{id}': router({ play: event.input() }) }), context)
    assert.match(
      messageOf(() => attach(io, router({ '/game-{name}': router({ play: event.input() }) }))),
      /^ackwire: attach: \/game-\{name\}: a contract is attached to it already; /,
    )
  })

  it('is allowed for other namespaces, for another server, and after close', async context => {
    const { io, server, client } = await serve(chat, context)
    const blog = attach(io, router({ '/blog': router({ post: event.input().ack(Type.Integer()) }) }))
    blog.of('/blog').on.post(() => 5)
    assert.equal(await ask(await client('/blog'), 'post'), [5])
    await serve(chat, context)
    await server.close()
    attach(io, chat).detach()
    assert.match(
      messageOf(() => attach(io, router({ '/blog': router({ post: event.input() }) }))),
      /\/blog: a contract/,
    )
    assert.equal(await ask(await client('/blog'), 'post'), [5])
    blog.detach()
  })
})

describe('an object of the server or of a client', it => {
  it('has only its events as properties', async context => {
    const named = router({
      name: event.output(),
      length: event.input(),
      constructor: event.input(),
      then2: event.input(),
      inner: router({ name: event.output(), length: event.input() }),
    })
    const { server } = await serve(named, context)
    assert.equal(Object.keys(server.emit), ['name', 'inner'])
    assert.equal(Object.keys(server.emit.inner), ['name'])
    assert.equal(Object.keys(server.on), [
      'length',
      'constructor',
      'then2',
      'inner',
      'connection',
      'disconnecting',
      'disconnect',
    ])
    assert.ok('name' in server.emit)
    assert.not.ok('length' in server.emit)
    assert.not.ok('adds' in server.on)
    server.on.constructor(() => {})
    server.emit.name()
    assert.throws(
      () => Object.assign(server.on, { length: 1 }),
      (error: unknown) => error instanceof TypeError,
    )
    assert.throws(
      () => Object.assign(server.emit, { name: 1 }),
      (error: unknown) => error instanceof TypeError,
    )
    assert.is(await server.on, server.on)
    // What test runners and loggers look for has no value.
    for (const key of ['then', 'asymmetricMatch', '$$typeof', '@@__IMMUTABLE_ITERABLE__@@', 'nodeType', 'tagName'])
      for (const holder of [server.emit, server.on]) assert.is(Reflect.get(holder, key), undefined, key)
  })

  it('is short where it is printed, and its differences are found', async context => {
    const { server } = await serve(api, context)
    const client = createClient<typeof api>({ autoConnect: false })
    const objects = {
      server,
      admin: server.of('/admin'),
      room: server.to('room'),
      on: server.on,
      emit: server.emit,
      client,
      calls: client.emit,
      listeners: client.on,
      group: client.emit.todo,
    }
    for (const [name, object] of Object.entries(objects)) {
      assert.ok((JSON.stringify(object) ?? '').length < 100, name)
      assert.ok(inspect(object, { depth: 20 }).length < 500, name)
      for (const other of [{}, { ...object }]) {
        for (const compare of [deepStrictEqual, assert.equal]) {
          const message = messageOfDifference(() => compare({ object, at: 1 }, { object: other, at: 2 }))
          assert.ok(message.length > 0 && message.length < 5_000, `${name}: ${message.length}`)
        }
      }
      deepStrictEqual(object, object)
      assert.equal(object, object)
    }
  })
})

const messageOfDifference = (compare: () => unknown): string => {
  try {
    compare()
    return ''
  } catch (error) {
    const { message, details }: { message?: string; details?: string } = Object(error)
    return `${message}${details ?? ''}`
  }
}
