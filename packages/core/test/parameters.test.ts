import { event, router } from '@ackwire/core'
import { attach } from '@ackwire/core/server'
import { Type } from '@sinclair/typebox'
import { Server } from 'socket.io'
import type { Socket } from 'socket.io-client'
import * as assert from 'uvu/assert'
import { describe } from '../../../test/harness.js'
import { saying } from '../../../test/saying.js'
import { ask, serve, TRANSPORTS, until } from './serve.js'

const Id = Type.Transform(Type.String({ pattern: '^\\d{1,4}$' }))
  .Decode(text => {
    if (text === '666') throw new Error('no such game')
    return Number(text)
  })
  .Encode(id => String(id))
const Params = Type.Object({ id: Id, side: Type.Union([Type.Literal('white'), Type.Literal('black')]) })
const entries = { who: event.input().ack(Type.Any()), moved: event.output(Type.Integer()) }
const api = router({ '/game-{id}-{side}': router(entries, { params: Params }) })

const namesIn = ({ _nsps: namespaces }: Server): string[] => [...namespaces.keys()]

const refusalOf = (connecting: Promise<Socket>): Promise<{ message: string; data: unknown }> =>
  connecting.then(
    () => assert.unreachable('expected a refusal'),
    ({ message, data }) => ({ message, data }),
  ) as Promise<{ message: string; data: unknown }>

for (const transport of TRANSPORTS) {
  describe(`a schema for parameters, over ${transport},`, it => {
    it('decodes them for authenticate, listeners, middleware and handlers', async context => {
      const { server, client } = await serve(api, context, { transport })
      const seen: unknown[] = []
      const game = server.of('/game-{id}-{side}').authenticate(({ params }) => ({ half: params.id / 2 }))
      game.on.connection(({ params }) => seen.push(params))
      game.on.disconnect(({ params }) => seen.push(params.id + 1))
      const logged = game.use(({ params, next }) => next({ double: params.id * 2 }))
      logged.on.who(({ params, data, ctx }) => ({ ...params, ...data, ...ctx }))
      const socket = await client('/game-42-white')
      assert.equal(await ask(socket, 'who'), [{ id: 42, side: 'white', half: 21, double: 84 }])
      socket.disconnect()
      await until(() => seen.length === 2)
      assert.equal(seen, [{ id: 42, side: 'white' }, 43])
    })

    it('refuses a name that does not match, and keeps nothing of it', async context => {
      const { server, client, io } = await serve(api, context, { transport })
      server.of('/game-{id}-{side}').authenticate(() => Promise.reject(new Error('asked')))
      server.of('/game-{id}-{side}').on.connection(() => assert.unreachable())
      const before = namesIn(io)
      for (const name of ['/game-x-white', '/game-12345-white', '/game-1-red', '/game-666-white', '/game-1']) {
        assert.equal(await refusalOf(client(name)), { message: 'Invalid namespace', data: undefined }, name)
      }
      assert.equal(namesIn(io), before)
    })
  })
}

describe('parameters for one namespace', it => {
  it('are encoded into its name', async context => {
    const { server, client } = await serve(api, context)
    const [first, second] = [await client('/game-1-white'), await client('/game-2-white')]
    const heard: unknown[] = []
    first.on('moved', value => heard.push(['first', value]))
    second.on('moved', value => heard.push(['second', value]))
    const one = server.of('/game-{id}-{side}', { id: 2, side: 'white' })
    assert.is(one.namespace.name, '/game-2-white')
    one.emit.moved(1)
    server.of('/game-{id}-{side}').emit.moved(2)
    await until(() => heard.length === 3)
    assert.equal(heard[0], ['second', 1])
  })

  it('are rejected if they don’t match the schema, or can’t be part of the name', async context => {
    const { server, io } = await serve(api, context)
    const before = namesIn(io)
    const of = (params: unknown) => () => Reflect.apply(server.of, server, ['/game-{id}-{side}', params])
    assert.throws(of({ id: 1, side: 'red' }), saying('ackwire: of("/game-{id}-{side}"): /side Expected union value'))
    assert.throws(of({ id: 12_345, side: 'white' }), /: \/id Expected string to match/)
    assert.throws(of({ side: 'white' }), /\/id Expected required property/)
    assert.throws(of({ id: 666, side: 'white' }), /"\/game-666-white" is read as other parameters/)
    assert.equal(namesIn(io), before)
  })

  it('are rejected if the name would be read as other parameters', async context => {
    const { server, client } = await serve(router({ '/{a}-{b}': router(entries) }), context)
    server.of('/{a}-{b}').on.who(({ params }) => params)
    assert.is(server.of('/{a}-{b}', { a: '1-2', b: '3' }).namespace.name, '/1-2-3')
    assert.equal(await ask(await client('/1-2-3'), 'who'), [{ a: '1-2', b: '3' }])
    assert.throws(
      () => server.of('/{a}-{b}', { a: '1', b: '2-3' }),
      saying('of("/{a}-{b}"): "/1-2-3" is read as a: "1-2", b: "3"'),
    )
  })

  it('are bound before a client has connected, like a name that the application builds', async context => {
    const { server, client, io } = await serve(api, context)
    server.of('/game-{id}-{side}').on.who(({ params }) => params.id)
    assert.ok(server.of('/game-{id}-{side}', { id: 7, side: 'black' }))
    assert.ok(io.of('/game-8-black'))
    assert.equal(await ask(await client('/game-7-black'), 'who'), [7])
    assert.equal(await ask(await client('/game-8-black'), 'who'), [8])
  })
})

describe('parameters of the root', it => {
  it('are rejected by attach, since the contract may become a namespace until then', () => {
    const game = router(entries, { params: Type.Object({ id: Type.String() }) })
    assert.throws(() => attach(new Server(), game), /^ackwire: params: the root namespace has no parameters/)
  })
})

describe('a namespace whose parameters have no schema', it => {
  it('has them as strings, whatever their characters', async context => {
    const { server, client } = await serve(router({ '/game-{id}': router(entries) }), context)
    server.of('/game-{id}').on.who(({ params }) => params)
    assert.equal(await ask(await client('/game-~'), 'who'), [{ id: '~' }])
  })
})

describe('an ask of all namespaces of a pattern', it => {
  it('is rejected, since Socket.IO collects no acks of several namespaces, and a plain output reaches them', async context => {
    const asking = router({
      '/game-{id}': router({ ready: event.output().ack(Type.Boolean()), over: event.output() }),
    })
    const { server, client } = await serve(asking, context)
    const games = server.of('/game-{id}')
    const sockets = [await client('/game-1'), await client('/game-2')]
    const told: unknown[] = []
    for (const socket of sockets) {
      socket.on('over', () => told.push(socket.io))
      socket.on('ready', (ack: (is: boolean) => void) => (told.push('asked'), ack(true)))
    }
    const ask = (Reflect.get(games.emit, 'ready') as () => Promise<unknown>)()
    assert.is(
      await ask.catch(String),
      "TypeError: ackwire: emit.ready: the replies of all namespaces of a pattern can't be collected; choose one with of(name, params)",
    )
    games.emit.over()
    await until(() => told.length === 2)
    assert.not(told.includes('asked'))
    assert.equal(await server.of('/game-{id}', { id: '1' }).emit.ready(), [true])
  })
})
