import { spawnSync } from 'node:child_process'
import { resolve } from 'node:path'
import { event, router, type EventError, type Limit } from '@ackwire/core'
import type { ErrorReport, RateLimiter, RateLimiterOptions } from '@ackwire/core/server'
import { Type } from '@sinclair/typebox'
import { RateLimiterMemory } from 'rate-limiter-flexible'
import type { Socket } from 'socket.io-client'
import * as assert from 'uvu/assert'
import { describe } from '../../../test/harness.js'
import { sources } from '../../../test/sources.js'
import { ask, serve, TRANSPORTS, until } from './serve.js'

/** Holds calls open until they are released, and counts them. */
const holding = () => {
  const held: (() => void)[] = []
  return {
    hold: () => new Promise<void>(resolve => held.push(resolve)),
    held,
    release: () => held.splice(0).forEach(each => each()),
  }
}

interface Refused {
  readonly $error: {
    readonly code: string
    readonly message: string
    readonly data?: { readonly retryAfterMs: number }
  }
}

/** Emits, and returns the code of the failure or the reply itself. */
const codeOf = async (socket: Socket, name: string, ...args: unknown[]): Promise<unknown> => {
  const [reply] = await ask(socket, name, ...args)
  if (typeof reply !== 'object' || reply === null || !('$error' in reply)) return reply
  const { code, data } = (reply as Refused).$error
  if (code === 'RATE_LIMITED' || code === 'OVERLOADED') {
    assert.ok(Number.isInteger(data?.retryAfterMs), JSON.stringify(reply))
    assert.ok(Number(data?.retryAfterMs) > 0)
  }
  return code
}

/** Takes the expected reports out: what is left fails the test. */
const phases = ({ errors }: { readonly errors: ErrorReport[] }): string[] =>
  errors.splice(0).map(({ phase, event: name, error }) => `${phase} ${name} ${(error as EventError).code}`)

const HOUR = 3_600

describe('calls in flight', it => {
  const limited = (limit: Limit) =>
    router({ slow: event.input(Type.Optional(Type.String())).ack().limit(limit), ping: event.input().ack() })

  for (const transport of TRANSPORTS) {
    it(`are limited for each socket, over ${transport}`, async context => {
      const served = await serve(limited({ inFlight: { perSocket: 2 } }), context, { transport })
      const { server, client } = served
      const { hold, held, release } = holding()
      server.on.slow(hold)
      server.on.ping(() => {})
      const [one, other] = [await client(), await client()]
      const running = [ask(one, 'slow'), ask(one, 'slow'), ask(other, 'slow')]
      await until(() => held.length === 3)
      assert.is(await codeOf(one, 'slow'), 'OVERLOADED')
      assert.is(await codeOf(one, 'ping'), undefined)
      assert.is(held.length, 3)
      release()
      assert.equal(await Promise.all(running), [[], [], []])
      const again = ask(one, 'slow')
      await until(() => held.length === 1)
      release()
      assert.equal(await again, [])
      assert.equal(phases(served), ['limit slow OVERLOADED'])
    })
  }

  it('are limited in total', async context => {
    const served = await serve(limited({ inFlight: { total: 2 } }), context)
    const { hold, held, release } = holding()
    served.server.on.slow(hold)
    const sockets = [await served.client(), await served.client(), await served.client()] as const
    const running = [ask(sockets[0], 'slow'), ask(sockets[1], 'slow')]
    await until(() => held.length === 2)
    assert.is(await codeOf(sockets[2], 'slow'), 'OVERLOADED')
    release()
    await Promise.all(running)
    assert.equal(phases(served), ['limit slow OVERLOADED'])
  })

  it('end when the handler has returned, thrown or rejected, or when the arguments were rejected', async context => {
    const api = router({
      any: event
        .input(Type.String())
        .ack()
        .limit({ inFlight: { perSocket: 1, total: 1 } }),
    })
    const served = await serve(api, context)
    const ways: Readonly<Record<string, () => unknown>> = {
      returns: () => 1,
      throws() {
        throw new Error('thrown')
      },
      rejects: () => Promise.reject(new Error('rejected')),
      resolves: () => Promise.resolve(),
    }
    served.server.on.any(({ input }) => ways[input]?.())
    const socket = await served.client()
    const seen = []
    for (const input of ['returns', 'throws', 'rejects', 5, 'resolves', 'returns', 'returns'])
      seen.push(await codeOf(socket, 'any', input))
    assert.equal(seen, [undefined, 'INTERNAL', 'INTERNAL', 'INVALID_INPUT', undefined, undefined, undefined])
    assert.is(served.errors.splice(0).length, 3)
  })

  it('do not include those that another limit rejects', async context => {
    const api = router({
      say: event
        .input(Type.String())
        .ack()
        .limit({ inFlight: { total: 1 }, rate: { perSocket: { calls: 2, seconds: HOUR } }, maxBytes: 10 }),
    })
    const served = await serve(api, context)
    served.server.on.say(() => {})
    const [one, other] = [await served.client(), await served.client()]
    const codes = []
    for (const text of ['a', 'much too long', 'b']) codes.push(await codeOf(one, 'say', text))
    codes.push(await codeOf(other, 'say', 'c'))
    assert.equal(codes, [undefined, 'INVALID_INPUT', 'RATE_LIMITED', undefined])
    assert.equal(phases(served), ['input say INVALID_INPUT', 'limit say RATE_LIMITED'])
  })

  it('last as long as the handler after a timeout', async context => {
    const served = await serve(limited({ inFlight: { perSocket: 1 } }), context, { timeout: 20 })
    const { hold, held, release } = holding()
    served.server.on.slow(hold)
    const socket = await served.client()
    assert.is(await codeOf(socket, 'slow'), 'TIMEOUT')
    assert.is(await codeOf(socket, 'slow'), 'OVERLOADED')
    assert.is(held.length, 1)
    release()
    await until(() => held.length === 0)
    assert.is(await codeOf(socket, 'slow'), 'TIMEOUT')
    release()
    assert.equal(phases(served), ['handler slow TIMEOUT', 'limit slow OVERLOADED', 'handler slow TIMEOUT'])
  })

  it('last as long as the handler after its client has left', async context => {
    const served = await serve(limited({ inFlight: { total: 1 } }), context)
    const { hold, held, release } = holding()
    let left = 0
    served.server.on.slow(hold)
    served.server.on.disconnect(() => void left++)
    const leaver = await served.client()
    leaver.emit('slow', () => {})
    await until(() => held.length === 1)
    leaver.disconnect()
    await until(() => left === 1)
    const socket = await served.client()
    assert.is(await codeOf(socket, 'slow'), 'OVERLOADED')
    release()
    const after = ask(socket, 'slow')
    await until(() => held.length === 1)
    release()
    assert.equal(await after, [])
    assert.equal(phases(served), ['limit slow OVERLOADED'])
  })

  it('of a plain listener end when it acks, or when its client leaves', async context => {
    const served = await serve(limited({ inFlight: { total: 1 } }), context)
    const acks: (() => void)[] = []
    let left = 0
    served.server.on.connection(({ socket }) => {
      socket.on('slow', (...args: readonly unknown[]) => acks.push(args.at(-1) as () => void))
    })
    served.server.on.disconnect(() => void left++)
    const socket = await served.client()
    const first = ask(socket, 'slow')
    await until(() => acks.length === 1)
    assert.is(await codeOf(socket, 'slow'), 'OVERLOADED')
    acks[0]?.()
    acks[0]?.()
    assert.equal(await first, [])
    // The listener has an ack though the client asks for none, and it is counted until that is called.
    socket.emit('slow')
    await until(() => acks.length === 2)
    assert.is(await codeOf(socket, 'slow'), 'OVERLOADED')
    socket.disconnect()
    await until(() => left === 1)
    const other = await served.client()
    const last = ask(other, 'slow')
    await until(() => acks.length === 3)
    acks[2]?.()
    assert.equal(await last, [])
    assert.equal(phases(served), ['limit slow OVERLOADED', 'limit slow OVERLOADED'])
  })

  it('of a plain listener without an ack end at once', async context => {
    const api = router({ tell: event.input().limit({ inFlight: { perSocket: 1 } }) })
    const { client, server } = await serve(api, context)
    let told = 0
    server.on.connection(({ socket }) => void socket.on('tell', () => told++))
    const socket = await client()
    assert.equal([await ask(socket, 'tell'), await ask(socket, 'tell'), told], [[], [], 2])
  })

  it('of a group and of a namespace are counted together', async context => {
    const slow = event.input().ack()
    const api = router({
      '/work': router(
        { one: slow, two: slow, group: router({ a: slow, b: slow }, { limit: { inFlight: { perSocket: 1 } } }) },
        { limit: { inFlight: { perSocket: 3 } } },
      ),
      free: slow,
    })
    const served = await serve(api, context)
    const { hold, held, release } = holding()
    served.server.handle({ free: hold, '/work': { one: hold, two: hold, group: { a: hold, b: hold } } })
    const [work, root] = [await served.client('/work'), await served.client()]
    const running = [ask(work, 'one'), ask(work, 'group:a')]
    await until(() => held.length === 2)
    assert.is(await codeOf(work, 'group:b'), 'OVERLOADED')
    running.push(ask(work, 'two'))
    await until(() => held.length === 3)
    assert.is(await codeOf(work, 'one'), 'OVERLOADED')
    running.push(ask(root, 'free'))
    await until(() => held.length === 4)
    release()
    await Promise.all(running)
    assert.equal(phases(served), ['limit group:b OVERLOADED', 'limit one OVERLOADED'])
  })
})

describe('a rate', it => {
  const perSocket = router({
    say: event
      .input(Type.String())
      .ack(Type.String())
      .limit({ rate: { perSocket: { calls: 2, seconds: HOUR } } }),
    tell: event.input(Type.String()).limit({ rate: { perSocket: { calls: 1, seconds: HOUR } } }),
    free: event.input(Type.String()).ack(Type.String()),
  })

  for (const transport of TRANSPORTS) {
    it(`is limited for each socket, over ${transport}`, async context => {
      const served = await serve(perSocket, context, { transport })
      const told: string[] = []
      served.server.handle({
        say: ({ input }) => input,
        tell: ({ input }) => told.push(input),
        free: ({ input }) => input,
      })
      const [one, other] = [await served.client(), await served.client()]
      const codes = []
      for (const text of ['a', 'b', 'c', 'd']) codes.push(await codeOf(one, 'say', text))
      assert.equal(codes, ['a', 'b', 'RATE_LIMITED', 'RATE_LIMITED'])
      assert.is(await codeOf(other, 'say', 'e'), 'e')
      assert.is(await codeOf(one, 'free', 'f'), 'f')
      // What asks for no answer is dropped, and reported all the same.
      for (const text of ['1', '2', '3']) one.emit('tell', text)
      await codeOf(one, 'free', 'g')
      assert.equal(told, ['1'])
      const refused = (name: string) => [`limit ${name} RATE_LIMITED`, `limit ${name} RATE_LIMITED`]
      assert.equal(phases(served), [...refused('say'), ...refused('tell')])
    })
  }

  it('reports when it ends, and ends then', { timeoutMs: 300_000 }, async context => {
    const api = router({
      say: event
        .input()
        .ack()
        .limit({ rate: { perSocket: { calls: 1, seconds: 4 } } }),
    })
    const served = await serve(api, context)
    served.server.on.say(() => {})
    const socket = await served.client()
    assert.equal(await ask(socket, 'say'), [])
    const [refused] = (await ask(socket, 'say')) as [Refused]
    const { data, message } = refused.$error
    assert.is(message, 'Too many calls, try again later')
    const retryAfterMs = data?.retryAfterMs ?? 0
    assert.ok(retryAfterMs > 0 && retryAfterMs <= 4_000, String(retryAfterMs))
    await new Promise(done => setTimeout(done, retryAfterMs + 50))
    assert.equal(await ask(socket, 'say'), [])
    assert.equal(phases(served), ['limit say RATE_LIMITED'])
  })

  it('is checked before the arguments, which are not checked beyond it', async context => {
    const served = await serve(perSocket, context)
    served.server.on.say(({ input }) => input)
    const socket = await served.client()
    const codes = []
    for (const value of [1, 2, 3]) codes.push(await codeOf(socket, 'say', value))
    assert.equal(codes, ['INVALID_INPUT', 'INVALID_INPUT', 'RATE_LIMITED'])
    assert.is(served.errors.splice(0).length, 3)
  })

  it('notifies observers of the calls beyond it, and of their answers', async context => {
    const served = await serve(perSocket, context)
    served.server.on.say(({ input }) => input)
    const told: unknown[] = []
    served.server.observe({
      onReceive: ({ event: name }) => told.push(name),
      onAnswer: (_, { code, isRefused }) => told.push([code, isRefused]),
    })
    const socket = await served.client()
    for (const text of ['a', 'b', 'c']) await ask(socket, 'say', text)
    const passed = ['say', [undefined, false]]
    assert.equal(told, [...passed, ...passed, 'say', ['RATE_LIMITED', true]])
    assert.equal(phases(served), ['limit say RATE_LIMITED'])
  })

  it('is limited for each user and in total, without counting calls that the limit per socket rejects', async context => {
    const api = router({
      vote: event
        .input()
        .ack()
        .limit({
          rate: {
            perSocket: { calls: 1, seconds: HOUR },
            perUser: { calls: 2, seconds: HOUR },
            total: { calls: 3, seconds: HOUR },
          },
        }),
    })
    const served = await serve(api, context, { limits: { userOf: ({ handshake }) => String(handshake.auth['user']) } })
    served.server.on.vote(() => {})
    const vote = async (user: string) => codeOf(await served.client('/', { auth: { user } }), 'vote')
    const first = await served.client('/', { auth: { user: 'bob' } })
    assert.is(await codeOf(first, 'vote'), undefined)
    for (let more = 0; more < 5; more++) assert.is(await codeOf(first, 'vote'), 'RATE_LIMITED')
    assert.equal([await vote('bob'), await vote('bob')], [undefined, 'RATE_LIMITED'])
    assert.equal([await vote('eve'), await vote('joe')], [undefined, 'RATE_LIMITED'])
    assert.is(served.errors.splice(0).length, 7)
  })

  it('keeps the order of a client’s events', async context => {
    const served = await serve(perSocket, context, {
      limits: { override: { say: { rate: { perSocket: { calls: 10_000, seconds: HOUR } } } } },
    })
    const seen: string[] = []
    served.server.handle({
      say: ({ input }) => (seen.push(input), input),
      tell: ({ input }) => seen.push(input),
      free: ({ input }) => (seen.push(input), input),
    })
    served.server.on.connection(({ socket }) => void socket.on('unknown', (text: string) => seen.push(text)))
    const socket = await served.client()
    const sent: string[] = []
    for (let at = 0; at < 300; at++) {
      sent.push(String(at))
      socket.emit(at % 3 === 0 ? 'say' : 'free', String(at))
    }
    assert.is(await codeOf(socket, 'free', 'last'), 'last')
    assert.equal(seen, [...sent, 'last'])
  })

  it('of plain listeners is limited, too, and their order is the same', async context => {
    const served = await serve(perSocket, context)
    const seen: string[] = []
    served.server.on.connection(({ socket }) => {
      for (const name of ['say', 'free', 'unknown'])
        socket.on(name, (text: string, ack?: (reply: string) => void) => {
          seen.push(text)
          ack?.(text)
        })
    })
    const socket = await served.client()
    const answers = [
      ask(socket, 'say', 'a'),
      ask(socket, 'free', 'b'),
      ask(socket, 'unknown', 'c'),
      ask(socket, 'say', 'd'),
      ask(socket, 'unknown', 'e'),
    ]
    assert.equal((await Promise.all(answers)).flat(), ['a', 'b', 'c', 'd', 'e'])
    assert.equal(seen, ['a', 'b', 'c', 'd', 'e'])
    assert.is(await codeOf(socket, 'say', 'f'), 'RATE_LIMITED')
    assert.equal(phases(served), ['limit say RATE_LIMITED'])
  })

  it('answers INTERNAL if the user of a socket is not known', async context => {
    const api = router({
      vote: event
        .input()
        .ack()
        .limit({ rate: { perUser: { calls: 2, seconds: HOUR } } }),
    })
    const secret = new Error('secret')
    const users: unknown[] = ['bob', 5]
    const served = await serve(api, context, {
      limits: {
        userOf: () => {
          if (users.length === 0) throw secret
          return users.shift() as string
        },
      },
    })
    served.server.on.vote(() => {})
    const socket = await served.client()
    assert.is(await codeOf(socket, 'vote'), undefined)
    assert.is(await codeOf(socket, 'vote'), 'INTERNAL')
    assert.is(await codeOf(socket, 'vote'), 'INTERNAL')
    const [number, thrown] = served.errors.splice(0)
    assert.match(String(number?.error), 'limits.userOf: expected it to return a string, got a number')
    assert.equal([thrown?.error, thrown?.phase, thrown?.event], [secret, 'count', 'vote'])
  })
})

describe('the size of arguments', it => {
  const api = router({
    small: event.input(Type.Any()).rest(Type.Any()).ack().limit({ maxBytes: 20 }),
    in: router({ any: event.input(Type.Any()).ack() }, { limit: { maxBytes: 10 } }),
  })

  it('is that of their JSON in UTF-8, and of bytes as they are', async context => {
    const served = await serve(api, context)
    served.server.handle({ small: () => {}, in: { any: () => {} } })
    const socket = await served.client()
    const right = ['x'.repeat(18), 'é'.repeat(9), [1, 22, 333, true, null], { ab: 'bc', de: [1] }, Buffer.alloc(20)]
    for (const value of right.slice(0, -1)) assert.ok(Buffer.byteLength(JSON.stringify(value)) <= 20)
    for (const value of right) assert.is(await codeOf(socket, 'small', value), undefined, JSON.stringify(value))
    const wrong = [
      'x'.repeat(19),
      'é'.repeat(10),
      [1, 22, 333, true, null, 4],
      { ab: 'bc', def: [1] },
      Buffer.alloc(21),
    ]
    for (const value of wrong.slice(0, -1)) assert.ok(Buffer.byteLength(JSON.stringify(value)) > 20)
    for (const value of wrong) assert.is(await codeOf(socket, 'small', value), 'INVALID_INPUT', JSON.stringify(value))
    assert.is(await codeOf(socket, 'small', 'x'.repeat(9), 'x'.repeat(8)), 'INVALID_INPUT')
    assert.is(await codeOf(socket, 'small', 'x'.repeat(8), 'x'.repeat(8)), undefined)
    assert.equal(
      [await codeOf(socket, 'in:any', 'x'.repeat(8)), await codeOf(socket, 'in:any', 'x'.repeat(9))],
      [undefined, 'INVALID_INPUT'],
    )
    const [{ error, phase } = { error: undefined, phase: '' }] = served.errors.splice(0)
    assert.is(phase, 'input')
    assert.equal((error as EventError).issues, [{ path: '', message: 'Expected at most 20 bytes' }])
  })

  it('is below the least of the limits of the event, its groups and its namespace', async context => {
    const any = event.input(Type.Any()).ack()
    const served = await serve(
      router({
        outer: router(
          { any: any.limit({ maxBytes: 30 }), tight: any.limit({ maxBytes: 10 }) },
          { limit: { maxBytes: 20 } },
        ),
        '/small': router({ any: any.limit({ maxBytes: 30 }) }, { limit: { maxBytes: 20 } }),
      }),
      context,
    )
    const none = () => {}
    served.server.handle({ outer: { any: none, tight: none }, '/small': { any: none } })
    const [root, small] = [await served.client(), await served.client('/small')]
    const largest = async (socket: Socket, name: string): Promise<number> => {
      for (let size = 8; ; size++) if ((await codeOf(socket, name, 'x'.repeat(size))) !== undefined) return size + 1
    }
    assert.equal(
      [await largest(root, 'outer:any'), await largest(root, 'outer:tight'), await largest(small, 'any')],
      [20, 10, 20],
    )
    served.errors.length = 0
  })
})

describe('limits at attach', it => {
  const api = router({
    say: event
      .input()
      .ack()
      .limit({ rate: { perSocket: { calls: 1, seconds: HOUR } } }),
    todo: router({ add: event.input().ack() }),
    '/admin': router({ ban: event.input().ack() }),
    said: event.output(),
  })

  it('replace the declared ones, or add to them', async context => {
    const once: Limit = { rate: { perSocket: { calls: 1, seconds: HOUR } } }
    const served = await serve(api, context, { limits: { override: { say: false, 'todo.add': once, '/admin': once } } })
    const none = () => {}
    served.server.handle({ say: none, todo: { add: none }, '/admin': { ban: none } })
    const [root, admin] = [await served.client(), await served.client('/admin')]
    const twice = async (socket: Socket, name: string) => [await codeOf(socket, name), await codeOf(socket, name)]
    assert.equal(await twice(root, 'say'), [undefined, undefined])
    assert.equal(await twice(root, 'todo:add'), [undefined, 'RATE_LIMITED'])
    assert.equal(await twice(admin, 'ban'), [undefined, 'RATE_LIMITED'])
    assert.is(served.errors.splice(0).length, 2)
  })

  const perUser: Limit = { rate: { perUser: { calls: 1, seconds: 1 } } }
  const refused: [limits: unknown, message: string][] = [
    [5, 'attach: limits: expected an object, got a number'],
    [
      { redis: {} },
      'attach: limits: unknown key "redis"; expected one of override, userOf, rateLimiter, timeout, uncounted, refusals, waiting',
    ],
    [{ userOf: 'id' }, 'attach: limits.userOf: expected a function, got a string'],
    [{ timeout: -1 }, 'attach: limits.timeout: expected a non-negative integer or Infinity, got -1'],
    [{ uncounted: 'open' }, 'attach: limits.uncounted: expected "pass" or "refuse", got "open"'],
    [
      { waiting: { perClient: 1 } },
      'attach: limits.waiting: unknown key "perClient"; expected one of perTransport, perAddress, addressOf, atOnce',
    ],
    [
      { waiting: { perTransport: -1 } },
      'attach: limits.waiting.perTransport: expected a non-negative integer or Infinity, got -1',
    ],
    [
      { waiting: { perAddress: 1.5 } },
      'attach: limits.waiting.perAddress: expected a non-negative integer or Infinity, got 1.5',
    ],
    [
      { waiting: { atOnce: '8' } },
      'attach: limits.waiting.atOnce: expected a non-negative integer or Infinity, got a string',
    ],
    [{ waiting: { atOnce: 0 } }, 'attach: limits.waiting.atOnce: expected 1 or more, got 0'],
    [{ waiting: { addressOf: 'ip' } }, 'attach: limits.waiting.addressOf: expected a function, got a string'],
    [{ override: [] }, 'attach: limits.override: expected an object of limits, got an array'],
    [
      { override: { say: { maxBytes: 0 } } },
      'attach: limits.override say maxBytes: expected an integer of at least 1, got 0',
    ],
    [
      { override: { says: false } },
      'attach: limits.override says: there is no such input, group or namespace; expected one of /, say, todo.add, todo, /admin, /admin.ban',
    ],
    [{ override: { said: { maxBytes: 5 } } }, 'attach: limits.override said: there is no such input'],
    [
      { override: { say: perUser } },
      'say: a rate per user needs to know the user; give attach(io, api, { limits: { userOf } })',
    ],
    [
      { override: { say: perUser }, userOf: () => '', rateLimiter: () => ({}) },
      'attach: limits.rateLimiter: expected it to return a rate limiter, got an object',
    ],
  ]
  for (const [limits, message] of refused) {
    it(`are refused: ${message}`, async context => {
      const options: object = { limits }
      let thrown: unknown
      await serve(api, context, options).catch((error: unknown) => (thrown = error))
      assert.match(String(thrown), `TypeError: ackwire: ${message}`)
    })
  }

  it('load the counting library for a rate, and for nothing else', () => {
    const source = `
      import { event, router } from '@ackwire/core'
      import { attach } from '@ackwire/core/server'
      import { createRequire } from 'node:module'
      import { Server } from 'socket.io'
      const { cache } = createRequire(import.meta.url)
      const isLoaded = () => Object.keys(cache).some(file => file.includes('rate-limiter-flexible'))
      for (const limit of [{ inFlight: { perSocket: 1 }, maxBytes: 5 }, { rate: { perSocket: { calls: 1, seconds: 1 } } }]) {
        attach(new Server(), router({ say: event.input().limit(limit) }))
        for (let turn = 0; turn < 100 && !isLoaded(); turn++) await new Promise(done => setTimeout(done, 1))
        console.log(isLoaded())
      }`
    const options = [...sources, '--input-type=module', '-e', source]
    const cwd = resolve(import.meta.dirname, '..')
    const { stdout, stderr } = spawnSync(process.execPath, options, { cwd, encoding: 'utf8' })
    assert.is(stdout, 'false\ntrue\n', stderr)
  })
})

describe('a rate limiter of the application', it => {
  const api = router({
    say: event
      .input()
      .ack()
      .limit({ rate: { perSocket: { calls: 1_000_000, seconds: HOUR }, total: { calls: 2, seconds: HOUR } } }),
    free: event.input().ack(),
  })

  it('counts the rates per user and in total, with the settings of the contract', async context => {
    const made: RateLimiterOptions[] = []
    const shared = new RateLimiterMemory({ points: 2, duration: HOUR })
    const rateLimiter = (options: RateLimiterOptions) => {
      made.push(options)
      return shared
    }
    const nodes = [
      await serve(api, context, { limits: { rateLimiter } }),
      await serve(api, context, { limits: { rateLimiter } }),
    ] as const
    const options = { keyPrefix: 'ackwire:say:total', points: 2, duration: HOUR, inMemoryBlockOnConsumed: 2 }
    assert.equal(made, [options, options])
    for (const { server } of nodes) server.on.say(() => {})
    const [one, other] = [await nodes[0].client(), await nodes[1].client()]
    assert.equal([await codeOf(one, 'say'), await codeOf(other, 'say')], [undefined, undefined])
    assert.equal([await codeOf(one, 'say'), await codeOf(other, 'say')], ['RATE_LIMITED', 'RATE_LIMITED'])
    for (const { errors } of nodes) assert.is(errors.splice(0).length, 1)
  })

  /** A rate limiter that fails while its flag is set. */
  const failing = (failure: () => Promise<unknown>) => {
    const state = { isDown: true, asked: 0 }
    const rateLimiter = (): RateLimiter => ({
      consume() {
        state.asked++
        return state.isDown ? failure() : Promise.resolve()
      },
    })
    return { state, rateLimiter }
  }

  it(
    'that fails lets calls pass, is reported once, asked seldom, and used again once it works',
    { timeoutMs: 300_000 },
    async context => {
      const { state, rateLimiter } = failing(() => Promise.reject(new Error('down')))
      const served = await serve(api, context, { limits: { rateLimiter, timeout: 200 } })
      served.server.on.say(() => {})
      const socket = await served.client()
      for (let at = 0; at < 10; at++) assert.is(await codeOf(socket, 'say'), undefined)
      assert.ok(state.asked < 10, String(state.asked))
      await until(() => (socket.emit('say'), state.asked >= 3))
      const [report, ...more] = served.errors.splice(0)
      assert.equal(
        [String(report?.error), report?.phase, report?.event, more.length],
        ['Error: down', 'count', 'say', 0],
      )
      state.isDown = false
      const before = state.asked
      await until(() => (socket.emit('say'), state.asked > before))
      // It counts again, so that its next failure is told.
      state.isDown = true
      await until(() => (socket.emit('say'), served.errors.length > 0))
      assert.is(served.errors.splice(0)[0]?.phase, 'count')
    },
  )

  it('that fails rejects calls, if uncounted says so', async context => {
    const { rateLimiter } = failing(() => Promise.reject(new Error('down')))
    const served = await serve(api, context, { limits: { rateLimiter, uncounted: 'refuse' } })
    served.server.on.say(() => {})
    const socket = await served.client()
    assert.equal([await codeOf(socket, 'say'), await codeOf(socket, 'say')], ['OVERLOADED', 'OVERLOADED'])
    assert.equal(
      served.errors.splice(0).map(({ phase }) => phase),
      ['count', 'limit', 'limit'],
    )
  })

  it('that never answers delays a client’s events by its timeout, in their order', async context => {
    const { rateLimiter } = failing(() => new Promise(() => {}))
    const served = await serve(api, context, { limits: { rateLimiter, timeout: 100 } })
    const seen: string[] = []
    served.server.on.say(() => seen.push('say'))
    served.server.on.free(() => seen.push('free'))
    const [socket, neighbour] = [await served.client(), await served.client()]
    const all = Promise.all([ask(socket, 'say'), ask(socket, 'free'), ask(socket, 'say')])
    await ask(neighbour, 'free')
    await all
    assert.equal(seen, ['free', 'say', 'free', 'say'])
    const [report] = served.errors.splice(0)
    assert.match(String(report?.error), 'limits: the rate limiter took more than 100 ms')
  })
})
