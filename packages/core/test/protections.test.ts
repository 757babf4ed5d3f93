import { event, router } from '@ackwire/core'
import { attach, type Outcome } from '@ackwire/core/server'
import { serve as startServer } from '@ackwire/core/testing'
import { Type } from '@sinclair/typebox'
import type { Socket } from 'socket.io-client'
import * as assert from 'uvu/assert'
import { describe } from '../../../test/harness.js'
import { ask, serve, until } from './serve.js'

const api = router({
  any: event.input().ack(Type.Any()),
  wait: event.input().ack(Type.Any()),
  tell: event.input(Type.Integer()),
  feed: event.input().stream(Type.Integer()),
  '/admin': router({ kick: event.input(), news: event.output(Type.String()) }),
})

const codeOf = ([reply]: unknown[]): unknown => (reply as { readonly $error?: { readonly code: unknown } }).$error?.code

/** The packets of a connection as its client gets them. */
const packetsOf = (socket: Socket): unknown[] => {
  const packets: unknown[] = []
  socket.io.engine.on('data', packet => packets.push(packet))
  return packets
}

describe('a reply that looks like a failure', it => {
  const forged = { $error: { code: 'FORGED', message: 'by the application' } }

  it('is not sent, even if its schema accepts anything', async context => {
    const { client, server, errors } = await serve(api, context)
    server.on.any(() => forged)
    const socket = await client()
    assert.is(codeOf(await ask(socket, 'any')), 'INTERNAL')
    server.on.wait(() => Promise.resolve(forged))
    assert.is(codeOf(await ask(socket, 'wait')), 'INTERNAL')
    assert.equal(
      errors.splice(0).map(({ phase }) => phase),
      ['reply', 'reply'],
    )
  })

  it('is not sent by a plain listener or by the error handler either', async context => {
    const { client, server, io } = await serve(api, context)
    const phases: unknown[] = []
    server.onError(({ phase }) => (phases.push(phase), forged))
    io.on('connection', socket => socket.on('any', (ack: (reply: unknown) => void) => ack(forged)))
    server.on.wait(() => {
      throw new Error('x')
    })
    const socket = await client()
    assert.is(codeOf(await ask(socket, 'any')), 'INTERNAL')
    assert.is(codeOf(await ask(socket, 'wait')), 'INTERNAL')
    assert.equal(phases, ['reply', 'handler'])
  })
})

describe('the size of a call', it => {
  it('is bounded by the smallest maxBytes of its event, its groups and its namespace', async context => {
    for (const [inner, group, outer] of [
      [100, 1_000, 1_000],
      [1_000, 100, 1_000],
      [1_000, 1_000, 100],
    ] as const) {
      const one = event.input(Type.String()).ack().limit({ maxBytes: inner })
      const limited = router({ g: router({ one }, { limit: { maxBytes: group } }) }, { limit: { maxBytes: outer } })
      const { client, server, errors } = await serve(limited, context)
      server.on.g.one(() => {})
      const socket = await client()
      assert.equal(await ask(socket, 'g:one', 'x'.repeat(90)), [])
      assert.is(codeOf(await ask(socket, 'g:one', 'x'.repeat(500))), 'INVALID_INPUT')
      assert.is(errors.splice(0).length, 1)
    }
  })

  it('is refused if it cannot be measured', async context => {
    const limited = router({ one: event.input(Type.Any()).ack().limit({ maxBytes: 100 }) })
    const { client, server, io } = await serve(limited, context)
    server.detach()
    io.on('connection', socket =>
      socket.use((packet, next) => {
        Object.defineProperty(packet[1], 'x', {
          enumerable: true,
          get() {
            throw new Error('unreadable')
          },
        })
        next()
      }),
    )
    const again = attach(io, limited)
    const phases: unknown[] = []
    again.onError(({ phase }) => void phases.push(phase))
    again.on.one(() => assert.unreachable())
    assert.is(codeOf(await ask(await client(), 'one', {})), 'INVALID_INPUT')
    assert.equal(phases, ['input'])
  })
})

describe('the data of a socket', it => {
  it('keeps what the application’s middleware has set before and after authenticate', async context => {
    const { client, server, io } = await serve(api, context)
    server.detach()
    io.use((socket, next) => {
      Object.assign(socket.data, { before: 1, both: 'application' })
      next()
    })
    const again = attach(io, api)
    io.use((socket, next) => {
      Object.assign(socket.data, { after: 1 })
      next()
    })
    again.authenticate(() => ({ user: 'bob', both: 'authenticate' }))
    again.on.any(({ data }) => data)
    assert.equal(await ask(await client(), 'any'), [{ before: 1, both: 'authenticate', user: 'bob', after: 1 }])
  })

  it('stays if authenticate returns none', async context => {
    const { client, server, io } = await serve(api, context)
    server.detach()
    io.use((socket, next) => {
      Object.assign(socket.data, { before: 1 })
      next()
    })
    const again = attach(io, api)
    const returned: unknown[] = [undefined, null, 'a string', 5]
    Reflect.apply(again.authenticate, undefined, [() => returned.shift()])
    again.on.any(({ data }) => data)
    for (let left = returned.length; left > 0; left--) assert.equal(await ask(await client(), 'any'), [{ before: 1 }])
  })
})

describe('the source of a stream', it => {
  it('is returned while it waits for its next item', async context => {
    const { client, server } = await serve(api, context)
    let returned = 0
    const items = [1]
    server.on.feed(() => ({
      [Symbol.asyncIterator]: () => ({
        next: () =>
          items.length > 0
            ? Promise.resolve({ done: false as const, value: items.shift() ?? 0 })
            : new Promise<never>(() => {}),
        return: () => Promise.resolve({ done: true as const, value: void returned++ }),
      }),
    }))
    const socket = await client()
    const [page] = (await ask(socket, 'feed')) as [{ readonly items: unknown; readonly next: string }]
    assert.equal(page.items, [1])
    await ask(socket, 'feed:stop', page.next)
    assert.is(returned, 1)
  })
})

describe('a socket that has left a connection which others use', it => {
  const start = async (context: Parameters<typeof serve>[1], unknownEvents: 'answer' | 'refuse' = 'answer') => {
    const served = await serve(api, context, { unknownEvents })
    served.server.on.any(() => 'here')
    const socket = await served.client()
    const admin = socket.io.socket('/admin')
    await until(() => admin.connected)
    return { ...served, socket, admin, packets: packetsOf(socket) }
  }

  it('is sent nothing', async context => {
    const { server, socket, packets, io } = await serve(api, context).then(async served => {
      const contexts: { readonly emit: { readonly news: (text: string) => unknown } }[] = []
      served.server.of('/admin').on.connection(each => void contexts.push(each))
      served.server.on.any(() => (contexts[0]?.emit.news('late'), 'here'))
      const one = await served.client()
      const admin = one.io.socket('/admin')
      await until(() => admin.connected && contexts.length === 1)
      admin.disconnect()
      return { ...served, socket: one, packets: packetsOf(one) }
    })
    await until(() => io.of('/admin').sockets.size === 0)
    assert.equal(await ask(socket, 'any'), ['here'])
    assert.not.match(JSON.stringify(packets), 'late')
    assert.ok(packets.length > 0)
    server.detach()
  })

  for (const unknownEvents of ['answer', 'refuse'] as const) {
    it(`is not answered, with unknownEvents ${unknownEvents}`, async context => {
      const { server, socket, admin, packets, io, errors } = await start(context, unknownEvents)
      server.of('/admin').on.kick(({ socket: own }) => void own.disconnect())
      let answers = 0
      admin.emit('kick')
      admin.emit('nosuch', () => answers++)
      await until(() => io.of('/admin').sockets.size === 0)
      assert.equal(await ask(socket, 'any'), ['here'])
      assert.is(answers, 0)
      assert.not.match(JSON.stringify(packets), 'UNKNOWN_EVENT')
      assert.equal(errors, [])
    })
  }
})

describe('the signal of a call', it => {
  it('is aborted if it is first read after the time limit', async context => {
    const { client, server, errors } = await serve(api, context, { timeout: 20 })
    let read: (() => boolean) | undefined
    server.on.wait(call => {
      read = () => call.signal.aborted
      return new Promise(() => {})
    })
    assert.is(codeOf(await ask(await client(), 'wait')), 'TIMEOUT')
    assert.is(read?.(), true)
    assert.is(errors.splice(0).length, 1)
  })
})

describe('a timer', it => {
  const timers = (): number => process.getActiveResourcesInfo().filter(name => name === 'Timeout').length

  it('ends with its call', async context => {
    const { client, server } = await serve(api, context, { timeout: 60_000 })
    server.on.wait(async () => Promise.resolve(1))
    const socket = await client()
    await ask(socket, 'wait')
    const before = timers()
    for (let call = 0; call < 50; call++) await ask(socket, 'wait')
    assert.ok(timers() < before + 25, `${before} before, ${timers()} after`)
  })

  it('ends with its handshake', async context => {
    const { client, server, io } = await serve(api, context, { authenticateTimeout: 60_000 })
    server.authenticate(async () => Promise.resolve({}))
    const before = timers()
    for (let each = 0; each < 20; each++) (await client()).disconnect()
    await until(() => io.engine.clientsCount === 0)
    assert.ok(timers() < before + 10, `${before} before, ${timers()} after`)
  })
})

describe('an observer', it => {
  it('is told that invalid input was refused, although it is neither answered nor reported', async ({ defer }) => {
    const { error } = console
    defer(() => Object.assign(console, { error }))
    const lines: unknown[] = []
    Object.assign(console, { error: (line: unknown) => lines.push(line) })
    const { client, server, close } = await startServer(api)
    defer(close)
    const outcomes: Outcome[] = []
    server.observe({ onAnswer: (call, outcome) => void (call.event === 'tell' && outcomes.push(outcome)) })
    server.on.any(() => 'here')
    const { socket } = await client()
    for (let each = 0; each < 3; each++) socket.emit('tell', 'no integer')
    await ask(socket, 'any')
    assert.is(lines.length, 1)
    assert.equal(
      outcomes.map(({ code }) => code),
      ['INVALID_INPUT', 'INVALID_INPUT', 'INVALID_INPUT'],
    )
  })
})

describe('a client that is refused too often', it => {
  it('causes nothing more by what it has sent before its connection is closed', async context => {
    const limited = router({
      one: event
        .input()
        .ack()
        .limit({ rate: { perSocket: { calls: 1, seconds: 60 } } }),
    })
    const { client, server, errors } = await serve(limited, context, {
      limits: { refusals: { calls: 3, seconds: 60 } },
    })
    let handled = 0
    server.on.one(() => void handled++)
    const socket = await client()
    for (let sent = 0; sent < 50; sent++) socket.emit('one')
    await until(() => !socket.connected)
    assert.is(handled, 1)
    assert.equal(
      errors.splice(0).map(({ phase, error }) => `${phase}: ${(error as Error).message}`),
      [
        ...Array.from({ length: 4 }, () => 'limit: Too many calls, try again later'),
        'limit: The client was disconnected because its messages were rejected too often',
      ],
    )
  })

  it('is not counted for what it has sent before it was disconnected', async context => {
    const counted: string[] = []
    const rateLimiter = () => ({ consume: async (key: string) => Promise.resolve(counted.push(key)) })
    const limited = router({
      kick: event.input(),
      one: event
        .input()
        .ack()
        .limit({ rate: { total: { calls: 9, seconds: 60 } } }),
      '/other': router({ any: event.input().ack() }),
    })
    const { client, server, io } = await serve(limited, context, { limits: { rateLimiter } })
    server.on.kick(({ socket }) => void socket.disconnect())
    server.on.one(() => assert.unreachable())
    server.of('/other').on.any(() => {})
    const socket = await client()
    const other = socket.io.socket('/other')
    await until(() => other.connected)
    socket.emit('kick')
    socket.emit('one', () => assert.unreachable())
    await until(() => io.sockets.sockets.size === 0)
    await ask(other, 'any')
    assert.equal(counted, [])
  })
})
