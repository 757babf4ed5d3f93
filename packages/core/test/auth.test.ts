import { event, router } from '@ackwire/core'
import { Type } from '@sinclair/typebox'
import * as assert from 'uvu/assert'
import { describe } from '../../../test/harness.js'
import { saying } from '../../../test/saying.js'
import { ask, serve, until } from './serve.js'

const api = router({
  who: event.input().ack(Type.Any()).errors({ FORBIDDEN: Type.String() }),
  upper: event.input(Type.String()).ack(Type.String()),
  '/admin': router(
    { who: event.input().ack(Type.Any()) },
    { auth: Type.Object({ token: Type.String({ minLength: 3 }) }) },
  ),
  '/game-{id}': router({ who: event.input().ack(Type.Any()), moved: event.output(Type.Integer()) }),
})

interface Refused extends Error {
  readonly data?: unknown
}

const refusalOf = async (connecting: Promise<unknown>): Promise<Refused> =>
  connecting.then(
    () => assert.unreachable('expected a refusal'),
    (error: Refused) => error,
  ) as Promise<Refused>

describe('a handshake', it => {
  it('is refused if its auth does not match its schema, with the places that differ', async context => {
    const { client, errors, server } = await serve(api, context)
    server.of('/admin').on.connection(() => assert.unreachable())
    const { message, data } = await refusalOf(client('/admin', { auth: { token: 'ab' } }))
    assert.is(message, 'The connection was refused')
    assert.equal(data, {
      code: 'UNAUTHORIZED',
      message: 'The connection was refused',
      issues: [{ path: '/token', message: 'Expected string length greater or equal to 3' }],
    })
    assert.is(errors.pop()?.phase, 'authenticate')
  })

  it('is refused if authenticate throws, and nothing of the error reaches the client', async context => {
    const { client, errors, server } = await serve(api, context)
    const secret = new Error('no such row in table users')
    server.of('/admin').authenticate(() => Promise.reject(secret))
    const { data } = await refusalOf(client('/admin', { auth: { token: 'abc' } }))
    assert.equal(data, { code: 'UNAUTHORIZED', message: 'The connection was refused' })
    const report = errors.pop()
    assert.equal([report?.error === secret, report?.phase, report?.namespace], [true, 'authenticate', '/admin'])
  })

  it('is refused whatever authenticate throws', async context => {
    const { client, errors, server } = await serve(api, context)
    const { proxy, revoke } = Proxy.revocable({}, {})
    revoke()
    server.of('/admin').authenticate(() => {
      throw proxy
    })
    const { data } = await refusalOf(client('/admin', { auth: { token: 'abc' } }))
    assert.is((data as { code: string }).code, 'UNAUTHORIZED')
    assert.is(errors.splice(0).length, 1)
  })

  it('has the defaults of its auth filled in', async context => {
    const Auth = Type.Object({ token: Type.String(), level: Type.Integer({ default: 3 }) })
    const { client, server } = await serve(router({ who: event.input().ack(Type.Any()) }, { auth: Auth }), context, {
      unknownProperties: 'strip',
    })
    server.authenticate(({ auth }) => ({ auth })).on.who(({ data }) => data.auth)
    const socket = await client('/', { auth: { token: 'abc', extra: 1 } })
    assert.equal(await ask(socket, 'who'), [{ token: 'abc', level: 3 }])
  })

  it('has the transforms of its auth decoded', async context => {
    const When = Type.Transform(Type.String({ format: 'date-time' }))
      .Decode(text => new Date(text))
      .Encode(date => date.toISOString())
    const dated = router({ who: event.input().ack(Type.Any()) }, { auth: Type.Object({ since: When }) })
    const { client, server } = await serve(dated, context)
    server.authenticate(({ auth, socket }) => ({ year: auth.since.getUTCFullYear(), came: socket.handshake.auth }))
    server.on.who(({ data }) => data)
    const auth = { since: '2026-01-02T03:04:05Z' }
    assert.equal(await ask(await client('/', { auth }), 'who'), [{ year: 2026, came: auth }])
  })

  it('is refused if its auth can’t be decoded, for a reason that only the server gets', async context => {
    const secret = new Error('secret')
    const Odd = Type.Transform(Type.String())
      .Decode((): number => {
        throw secret
      })
      .Encode(String)
    const { client, errors } = await serve(router({}, { auth: Type.Object({ odd: Odd }) }), context)
    const { data } = await refusalOf(client('/', { auth: { odd: '' } }))
    assert.equal(data, {
      code: 'UNAUTHORIZED',
      message: 'The connection was refused',
      issues: [{ path: '/odd', message: 'Expected a value that can be read' }],
    })
    const error = errors.pop()?.error as { cause: { error: unknown } }
    assert.is(error.cause.error, secret)
  })

  it('is refused if authenticate takes too long, and its late result has no effect', async context => {
    const { client, errors, server } = await serve(api, context, { authenticateTimeout: 20 })
    let late = false
    server.of('/admin').authenticate(async () => {
      await new Promise(resolve => setTimeout(resolve, 60))
      late = true
      throw new Error('late')
    })
    const { data } = await refusalOf(client('/admin', { auth: { token: 'abc' } }))
    assert.equal(data, { code: 'TIMEOUT', message: 'No answer arrived in time' })
    await until(() => late)
    assert.is(errors.splice(0).length, 1)
  })

  it('is accepted with the data that authenticate returns, before any event is handled', async context => {
    const { client, server } = await serve(api, context)
    const admin = server.of('/admin').authenticate(async ({ auth }) => {
      await new Promise(resolve => setTimeout(resolve, 20))
      return { user: auth.token.toUpperCase() }
    })
    admin.on.connection(({ data, socket }) => void socket.join(data.user))
    admin.on.who(({ data, socket }) => [data.user, [...socket.rooms].includes('ABC')])
    const socket = await client('/admin', { auth: { token: 'abc' } })
    assert.equal(await ask(socket, 'who'), [['ABC', true]])
    assert.throws(() => admin.authenticate(() => ({})), saying('authenticate: /admin already has one'))
    assert.throws(
      () => Reflect.apply(admin.authenticate, admin, [5]),
      saying('authenticate: expected a function, got a number'),
    )
  })

  it('keeps the data of the application’s own middleware, and no prototype of a peer', async context => {
    const { client, server, io } = await serve(api, context)
    io.use((socket, next) => {
      Object.assign(socket.data, { ip: 'local' })
      next()
    })
    server.authenticate(() => JSON.parse('{ "user": "bob", "__proto__": { "isRoot": true } }') as object)
    server.on.who(({ data }) => ['ip', 'user', 'isRoot'].map(key => Reflect.get(data, key) ?? null))
    assert.equal(await ask(await client(), 'who'), [['local', 'bob', null]])
  })
})

describe('middleware', it => {
  it('wraps the handlers of the binding that it returns, and no others', async context => {
    const { client, server } = await serve(api, context)
    const seen: unknown[] = []
    const logged = server.use(async ({ event, input, next }) => {
      seen.push(['before', event, input])
      const reply = await next({ started: 1 })
      seen.push(['after', reply])
      return reply
    })
    const both = logged.use(({ ctx, next }) => next({ sum: ctx.started + 1 }))
    both.on.upper(({ input, ctx }) => `${input.toUpperCase()}${ctx.started}${ctx.sum}`)
    server.on.who(({ ctx }) => ctx)
    const socket = await client()
    assert.equal(await ask(socket, 'upper', 'a'), ['A12'])
    assert.equal(await ask(socket, 'who'), [{}])
    assert.equal(seen, [
      ['before', 'upper', 'a'],
      ['after', 'A12'],
    ])
    assert.throws(() => Reflect.apply(server.use, server, []), saying('use: expected a function, got undefined'))
  })

  it('gets the error of the handler, and can throw errors that the event declares', async context => {
    const { client, server, errors } = await serve(api, context)
    const seen: unknown[] = []
    const guarded = server.use(async ({ fail, next, event }) => {
      try {
        return await next()
      } catch (error) {
        seen.push([event, error instanceof Error && error.message])
        return fail('FORBIDDEN', 'not you')
      }
    })
    guarded.on.who(() => {
      throw new Error('handler')
    })
    guarded.on.upper(() => {
      throw new Error('other')
    })
    const socket = await client()
    assert.equal(await ask(socket, 'who'), [{ $error: { code: 'FORBIDDEN', message: 'FORBIDDEN', data: 'not you' } }])
    await ask(socket, 'upper', 'a')
    assert.equal(seen, [
      ['who', 'handler'],
      ['upper', 'other'],
    ])
    assert.match(String(errors.pop()?.error), 'fail("FORBIDDEN"): upper declares no errors; add this code with .errors')
  })

  it('may await next later, or never, without an unhandled rejection', async context => {
    const { client, server, errors } = await serve(api, context)
    const late = server.use(async ({ next, event }) => {
      const reply = next()
      await new Promise(resolve => setTimeout(resolve, 10))
      if (event === 'upper') throw new Error('own')
      return reply
    })
    late.on.who(() => Promise.reject(new Error('handler')))
    late.on.upper(() => Promise.reject(new Error('unseen')))
    const socket = await client()
    await ask(socket, 'who')
    await ask(socket, 'upper', 'a')
    assert.equal(
      errors.splice(0).map(({ error }) => (error as Error).message),
      ['handler', 'own'],
    )
  })

  it('can call next once', async context => {
    const { client, server, errors } = await serve(api, context)
    let calls = 0
    const twice = server.use(async ({ next }) => {
      await next()
      return next()
    })
    twice.on.who(() => ++calls)
    const [answer] = await ask(await client(), 'who')
    assert.is((answer as { $error: { code: string } }).$error.code, 'INTERNAL')
    assert.is(calls, 1)
    assert.match(String(errors.pop()?.error), 'middleware called next twice for who')
  })

  it('may be synchronous, and throw', async context => {
    const { client, server, errors } = await serve(api, context)
    const closed = server.use(() => {
      throw new Error('closed')
    })
    closed.on.who(() => assert.unreachable())
    const [answer] = await ask(await client(), 'who')
    assert.is((answer as { $error: { code: string } }).$error.code, 'INTERNAL')
    assert.is(errors.pop()?.phase, 'handler')
  })
})

describe('a namespace with parameters', it => {
  it('passes them to handlers, listeners and authenticate, and can be selected for an emit', async context => {
    const { client, server } = await serve(api, context)
    const seen: unknown[] = []
    const game = server.of('/game-{id}').authenticate(({ params }) => ({ at: params.id }))
    game.on.connection(({ params }) => seen.push(params))
    game.on.who(({ params, data }) => [params.id, data.at])
    const [first, second] = [await client('/game-1'), await client('/game-2')]
    assert.equal(await ask(first, 'who'), [['1', '1']])
    assert.equal(await ask(second, 'who'), [['2', '2']])
    assert.equal(seen, [{ id: '1' }, { id: '2' }])

    const heard: unknown[] = []
    first.on('moved', value => heard.push(['first', value]))
    second.on('moved', value => heard.push(['second', value]))
    server.of('/game-{id}', { id: '2' }).emit.moved(1)
    game.emit.moved(2)
    await until(() => heard.length === 3)
    await ask(first, 'who')
    assert.equal(heard.length, 3)
    assert.equal(heard[0], ['second', 1])
  })

  it('rejects a parameter that can’t be part of its name', async context => {
    const { server } = await serve(api, context)
    for (const id of ['', 'a/b', 'a,b', 'a b', 'a?b', 'a#b']) {
      assert.throws(() => server.of('/game-{id}', { id }), /the parameter id must be a non-empty string without/)
    }
    assert.throws(() => Reflect.apply(server.of, server, ['/game-{id}', {}]), /got undefined/)
  })
})
