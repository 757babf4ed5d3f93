import { createHook } from 'node:async_hooks'
import { event, router } from '@ackwire/core'
import { attach, type ErrorReport } from '@ackwire/core/server'
import { FormatRegistry, Type } from '@sinclair/typebox'
import { Server } from 'socket.io'
import * as assert from 'uvu/assert'
import { describe, type TestContext } from '../../../test/harness.js'
import { createReporter, type Phase } from '../src/server/observe/error-handler.js'
import { ask, serve, until } from './serve.js'

const api = router({
  length: event.input(Type.String()).ack(Type.Integer()),
  ping: event.input().ack(),
  constructor: event.input().ack(Type.String()),
  todo: router({ create: event.input(Type.String()).ack(Type.Integer()) }),
  '/admin': router({ ping: event.input().ack(Type.String()) }),
})

const codeOf = (answer: readonly unknown[]): unknown =>
  (answer[0] as { $error?: { code: string } } | undefined)?.$error?.code

/** Takes what is printed to the console instead of printing it. */
const captureErrors = ({ defer }: TestContext): string[] => {
  const lines: string[] = []
  const { error } = console
  console.error = (...parts: unknown[]) => void lines.push(parts.join(' '))
  defer(() => (console.error = error))
  return lines
}

describe('a server that existed before attach', it => {
  it('gets only valid input in plain listeners, and they can send only valid acks', async context => {
    const { io, client, errors } = await serve(api, context)
    const heard: unknown[] = []
    io.on('connection', socket => {
      socket.on('length', (text: unknown, ack: (length: unknown) => void) => {
        heard.push(text)
        ack(text === 'lie' ? 'three' : (text as string).length)
      })
    })
    const socket = await client()
    assert.equal(await ask(socket, 'length', 'four'), [4])
    assert.is(codeOf(await ask(socket, 'length', 4)), 'INVALID_INPUT')
    assert.is(codeOf(await ask(socket, 'length', 'lie')), 'INTERNAL')
    assert.equal(heard, ['four', 'lie'])
    assert.equal(
      errors.splice(0).map(({ phase }) => phase),
      ['input', 'reply'],
    )
  })

  it('passes events that the contract does not declare unchanged', async context => {
    const { io, client } = await serve(api, context)
    io.on('connection', socket => {
      socket.on('other', (...args: unknown[]) => (args.pop() as (...all: unknown[]) => void)(...args))
      socket.on('__proto__', (ack: (value: string) => void) => ack('own'))
    })
    const socket = await client()
    assert.equal(await ask(socket, 'other', 1, { two: 2 }), [1, { two: 2 }])
    assert.equal(await ask(socket, '__proto__'), ['own'])
  })

  it('keeps its connections: a socket that connected before attach is bound, too', async context => {
    const plain = await serve(router({}), context)
    const socket = await plain.client()
    attach(plain.io, api).on.ping(() => {})
    assert.equal(await ask(socket, 'ping'), [])
  })
})

describe('handlers', it => {
  it('are one for each event, and can be removed', async context => {
    const { server, client } = await serve(api, context)
    const off = server.on.ping(() => {})
    assert.throws(() => server.on.ping(() => {}), /on\.ping: the event already has a handler/)
    off()
    assert.is(codeOf(await ask(await client(), 'ping')), 'NOT_IMPLEMENTED')
    server.on.ping(() => {})
    off()
    assert.equal(await ask(await client(), 'ping'), [])
  })

  it('must be functions', async context => {
    const { server } = await serve(api, context)
    assert.throws(() => Reflect.apply(server.on.ping, undefined, [5]), /on\.ping: expected a function, got a number/)
    assert.throws(
      () => Reflect.apply(server.on.connection, undefined, []),
      /on\.connection: expected a function, got undefined/,
    )
  })

  it('can be registered all at once, with an error that names missing and unknown ones', async context => {
    const { server, client } = await serve(api, context)
    const expected =
      'ackwire: handle: ping: expected a function, got undefined; constructor: expected a function, got undefined; todo.create: expected a function, got undefined; pong is not an input of the contract'
    assert.throws(
      () => Reflect.apply(server.handle, server, [{ length: () => 1, pong: () => {}, todo: {} }]),
      // uvu takes a string for the message of the assertion, and compares it with nothing.
      (error: Error) => error.message === expected,
    )
    assert.throws(
      () => Reflect.apply(server.handle, server, [{ '/nope': {} }]),
      /of\("\/nope"\): the contract has the namespaces \/, \/admin/,
    )
    server.handle({
      length: ({ input }) => input.length,
      ping: () => {},
      constructor: () => 'event',
      todo: { create: () => 1 },
      '/admin': { ping: () => 'admin' },
    })
    const socket = await client()
    assert.equal(await ask(socket, 'length', 'four'), [4])
    assert.equal(await ask(socket, 'todo:create', 'milk'), [1])
    assert.equal(await ask(socket, 'constructor'), ['event'])
    assert.equal(await ask(await client('/admin'), 'ping'), ['admin'])
  })

  it('that are synchronous cost no promise', async context => {
    const { server, client } = await serve(api, context)
    let promises = 0
    const hook = createHook({ init: (_, type) => void (type === 'PROMISE' && promises++) })
    const count = (): void => {
      hook.enable()
      process.nextTick(() => hook.disable())
    }
    server.on.length(({ input }) => {
      count()
      return input.length
    })
    const off = server.on.ping(count)
    const socket = await client()
    assert.equal(await ask(socket, 'length', 'four'), [4])
    await ask(socket, 'ping')
    assert.is(promises, 0)

    off()
    server.on.ping(async () => count())
    await ask(socket, 'ping')
    assert.ok(promises > 0, 'the hook counts')
  })
})

describe('the lifecycle', it => {
  it('reports connections, and disconnects with their reason', async context => {
    const { server, client } = await serve(api, context)
    const moments: unknown[] = []
    server.on.connection(({ socket }) => moments.push(['connection', socket.connected]))
    server.on.disconnecting(({ reason, socket }) => moments.push(['disconnecting', reason, socket.rooms.size]))
    const off = server.on.disconnect(({ reason, signal }) => moments.push(['disconnect', reason, signal.aborted]))
    ;(await client()).disconnect()
    await until(() => moments.length === 3)
    off()
    ;(await client()).disconnect()
    await until(() => moments.length === 5)
    const left = 'client namespace disconnect'
    assert.equal(moments, [
      ['connection', true],
      ['disconnecting', left, 1],
      ['disconnect', left, true],
      ['connection', true],
      ['disconnecting', left, 1],
    ])
  })

  it('survives listeners that throw or reject', async context => {
    const { server, client, errors } = await serve(api, context)
    server.on.connection(() => {
      throw new Error('first')
    })
    server.on.connection(() => Promise.reject(new Error('second')))
    server.on.disconnect(() => {
      throw new Error('third')
    })
    ;(await client()).disconnect()
    await until(() => errors.length === 3)
    assert.equal(
      errors.splice(0).map(({ error, event }) => `${event}: ${String(error)}`),
      ['connection: Error: first', 'connection: Error: second', 'disconnect: Error: third'],
    )
  })

  it('adds one listener for each moment to a socket, however many events there are', async context => {
    const many = Object.fromEntries(Array.from({ length: 500 }, (_, index) => [`event_${index}`, event.input()]))
    const { io, client } = await serve(router(many), context)
    await client()
    const [socket] = io.of('/').sockets.values()
    // `error` is Socket.IO's own.
    assert.equal(socket?.eventNames(), ['error', 'disconnecting', 'disconnect'])
  })
})

describe('errors', it => {
  it('can be answered with a value of the error handler that matches the ack', async context => {
    const { server, client } = await serve(api, context)
    const answers = [
      () => -1,
      () => 'wrong',
      async () => -2,
      () => Promise.reject(new Error('itself')),
      () => undefined,
    ]
    const lines = captureErrors(context)
    server.onError(() => answers.shift()?.())
    server.on.length(() => {
      throw new Error('no')
    })
    const socket = await client()
    assert.equal(await ask(socket, 'length', ''), [-1])
    assert.is(codeOf(await ask(socket, 'length', '')), 'INTERNAL')
    assert.equal(await ask(socket, 'length', ''), [-2])
    assert.is(codeOf(await ask(socket, 'length', '')), 'INTERNAL')
    assert.is(codeOf(await ask(socket, 'length', '')), 'INTERNAL')
    assert.is(lines.length, 2)
    assert.match(lines[1] ?? '', /server\.onError itself failed: Error: itself/)
  })

  it('are reported with their event, namespace and socket', async context => {
    const { server, client, errors } = await serve(api, context)
    server.of('/admin').on.ping(() => {
      throw new Error('no')
    })
    const socket = await client('/admin')
    await ask(socket, 'ping')
    const report = errors.pop() as ErrorReport
    assert.equal([report.event, report.namespace, report.socket?.id], ['ping', '/admin', socket.id])
  })

  it('go to the console in one line without a handler, the mistakes of clients once for each event', async context => {
    const { server, client } = await serve(api, context)
    const lines = captureErrors(context)
    Reflect.apply(server.onError, server, [undefined])
    server.on.ping(() => {
      throw new Error('two\nlines')
    })
    server.on.todo.create(() => {
      throw Object.create(null)
    })
    const socket = await client()
    for (let times = 0; times < 3; times++) await ask(socket, 'length', 5)
    await ask(socket, 'ping')
    await ask(socket, 'todo:create', '')
    assert.is(lines.length, 3)
    assert.match(lines[0] ?? '', /^ackwire: length: rejected what a client sent .*: \/0 Expected string$/)
    assert.match(lines[1] ?? '', /^ackwire: ping: the handler threw: Error: two lines \(at .*binding\.test\.ts.*\)$/)
    assert.is(lines[2], 'ackwire: todo:create: the handler threw: an object')
  })

  it('go to the console with what failed, in each phase', context => {
    const lines = captureErrors(context)
    const first = /\((server\.onError gets each of these, the console only the first)\)/.source
    const phases: Readonly<Record<Phase, string>> = {
      authenticate: `refused a client ${first}`,
      input: `rejected what a client sent ${first}`,
      unknown: `refused an unknown event ${first}`,
      limit: `rejected what a client sent beyond a limit ${first}`,
      count: 'could not count a call',
      handler: 'the handler threw',
      reply: "the reply can't be sent",
      output: 'the handler emitted a value that the contract does not allow',
      ack: `rejected what a client answered ${first}`,
      observer: 'an observer threw .the console gets only the first.',
    }
    for (const phase of Object.keys(phases) as Phase[])
      createReporter().tell({ error: 'why', phase, event: 'say', namespace: '/admin', socket: undefined })
    for (const [at, failed] of Object.values(phases).entries())
      assert.match(lines[at] ?? '', new RegExp(`^ackwire: /admin say: ${failed}: .+$`))
  })

  it('are computed only if the client or an error handler gets the issues', async context => {
    let looks = 0
    FormatRegistry.Set('looked-at', () => (looks++, false))
    context.defer(() => FormatRegistry.Delete('looked-at'))
    const looked = router({ take: event.input(Type.String({ format: 'looked-at' })).ack(), ping: event.input().ack() })
    const { server, client } = await serve(looked, context)
    const lines = captureErrors(context)
    Reflect.apply(server.onError, server, [undefined])
    server.on.take(() => {})
    server.on.ping(() => {})
    const socket = await client()
    /** Counts the reads of a value that is sent with or without an ack. */
    const looksOf = async (send: () => unknown): Promise<number> => {
      looks = 0
      await send()
      await ask(socket, 'ping')
      return looks
    }
    const [bare, asked] = [() => socket.emit('take', ''), () => ask(socket, 'take', '')]
    assert.ok((await looksOf(bare)) > 1, 'the console is told')
    assert.is(await looksOf(bare), 1)
    assert.ok((await looksOf(asked)) > 1, 'the client is told')
    server.onError(() => {})
    assert.ok((await looksOf(bare)) > 1, 'the error handler is told')
    assert.is(lines.length, 1)
  })

  it('go to the console without anything of a payload, whatever the phase', async context => {
    const secret = 'secret-of-bob'
    const Closed = Type.Object({ n: Type.Integer() }, { additionalProperties: false })
    const secrets = router(
      {
        take: event.input(Closed).ack(Closed),
        many: event.input(Type.Array(Type.Union([Type.Literal(1), Type.String({ format: 'email' })]))).ack(),
        told: event.output(Closed).ack(Closed),
      },
      { auth: Type.Object({ token: Type.Integer() }) },
    )
    const { server, client } = await serve(secrets, context)
    const lines = captureErrors(context)
    Reflect.apply(server.onError, server, [undefined])
    server.on.take(({ input, emit }) => {
      if (input.n === 1) return Reflect.apply(emit.told, undefined, [{ n: secret }])
      return JSON.parse(JSON.stringify({ n: secret }))
    })
    await client('/', { auth: { token: secret } }).catch(() => {})
    const socket = await client('/', { auth: { token: 1 } })
    socket.on('told', (_, ack: (reply: unknown) => void) => ack({ n: secret }))
    await ask(socket, 'take', { n: secret })
    await ask(socket, 'many', [secret])
    await ask(socket, 'take', { n: 1 })
    await ask(socket, 'take', { n: 2 })
    await server.emit.told({ n: 1 }).catch(() => {})
    assert.is(lines.length, 6, lines.join('\n'))
    assert.not.match(lines.join('\n'), secret)
  })

  it('have a stack, except for the mistakes of clients', async context => {
    const { server, client, errors } = await serve(api, context)
    server.on.ping(() => {
      throw new Error('no')
    })
    const socket = await client()
    await ask(socket, 'length', 5)
    await ask(socket, 'ping')
    const [mistake, thrown] = errors.splice(0).map(({ error }) => (error as Error).stack?.split('\n').length)
    assert.is(mistake, 1)
    assert.ok((thrown ?? 0) > 2)
  })

  it('have at most maxIssues issues', async context => {
    const wide = router({ wide: event.input(Type.Array(Type.String())).ack() })
    const { client, errors } = await serve(wide, context, { maxIssues: 2 })
    const [answer] = await ask(await client(), 'wide', [1, 2, 3, 4])
    assert.is((answer as { $error: { issues: unknown[] } }).$error.issues.length, 2)
    errors.pop()
  })

  it('survive a value that is nested more deeply than the stack', async context => {
    const Tree = Type.Recursive(This => Type.Object({ child: Type.Optional(This) }))
    const { server, client, errors } = await serve(router({ grow: event.input(Tree).ack() }), context)
    server.on.grow(() => {})
    const socket = await client()
    const text = JSON.stringify(['grow', 0]).replace('0', '{"child":'.repeat(50_000) + '{}' + '}'.repeat(50_000))
    // The packet as a string, because the client would exhaust the stack if it serialized the value.
    socket.io.engine.write(`20${text}`)
    await until(() => errors.length > 0)
    assert.is(errors.pop()?.phase, 'input')
  })
})

describe('formats', it => {
  it('of JSON Schema are known, and the application’s own stay', async context => {
    FormatRegistry.Set('uuid', value => value === 'mine')
    context.defer(() => FormatRegistry.Delete('uuid'))
    const formats = router({
      uuid: event.input(Type.String({ format: 'uuid' })).ack(),
      when: event.input(Type.String({ format: 'date-time' })).ack(),
      host: event.input(Type.String({ format: 'ipv4' })).ack(),
      password: event.input(Type.String({ format: 'password' })).ack(),
    })
    const { server, client, errors } = await serve(formats, context)
    server.handle({ uuid: () => {}, when: () => {}, host: () => {}, password: () => {} })
    const socket = await client()
    const good = { uuid: 'mine', when: '2026-01-02T03:04:05Z', host: '10.0.0.1', password: '' }
    const bad = { uuid: '9f1c3a5e-6a2e-4b9a-9a53-5f0c9f5b2f10', when: 'today', host: '10.0.0.256' }
    for (const [name, value] of Object.entries(good)) assert.equal(await ask(socket, name, value), [], name)
    for (const [name, value] of Object.entries(bad))
      assert.is(codeOf(await ask(socket, name, value)), 'INVALID_INPUT', name)
    assert.is(errors.splice(0).length, 3)
  })
})

describe('attach', it => {
  it('refuses a schema that can’t be compiled, with its path', () => {
    const odd = router({ odd: event.input(Type.Unsafe({ [Symbol.for('TypeBox.Kind')]: 'Unheard' })) })
    assert.throws(() => attach(new Server(), odd), /odd input\[0\]: TypeBox can't compile this schema/)
  })

  it('refuses a namespace that the contract does not have', () => {
    const server = attach(new Server(), api)
    assert.throws(
      () => Reflect.apply(server.of, server, ['/nope']),
      /of\("\/nope"\): the contract has the namespaces \/, \/admin/,
    )
  })

  it('serves a namespace with parameters', async context => {
    const games = router({ '/game-{id}.x': router({ play: event.input().ack(Type.String()) }) })
    const { server, client } = await serve(games, context)
    server.of('/game-{id}.x').on.play(({ socket }) => socket.nsp.name)
    assert.equal(await ask(await client('/game-42.x'), 'play'), ['/game-42.x'])
    await client('/game-42yx').then(
      () => assert.unreachable(),
      (error: Error) => assert.is(error.message, 'Invalid namespace'),
    )
  })
})
