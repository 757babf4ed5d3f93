import { event, router } from '@ackwire/core'
import { attach } from '@ackwire/core/server'
import { Type } from '@sinclair/typebox'
import type { Server } from 'socket.io'
import * as assert from 'uvu/assert'
import { describe } from '../../../test/harness.js'
import { ask, serve } from './serve.js'

const play = { play: event.input(Type.Integer()).ack(Type.Integer()), news: event.output(Type.Integer()) }
const api = router({
  '/admin': router(play),
  '/game-{id}': router(play, { params: Type.Object({ id: Type.String({ pattern: '^\\d+$' }) }) }),
})
const invalid = {
  $error: {
    code: 'INVALID_INPUT',
    message: 'The input does not match the contract',
    issues: [{ path: '/0', message: 'Expected integer' }],
  },
}

/** An application's own listeners, before there is a contract. */
const listen = (io: Server, ...namespaces: Parameters<Server['of']>[0][]): void => {
  for (const namespace of namespaces) {
    io.of(namespace).on('connection', socket => socket.on('play', (input, ack) => ack(input)))
  }
}

describe('a dynamic namespace of the application is guarded', it => {
  for (const [how, namespace] of [
    ['a regular expression', /^\/(game-.*|admin)$/],
    [
      'a function',
      (name: string, _: unknown, allow: (error: null, isAllowed: boolean) => void) =>
        allow(null, name.startsWith('/game-')),
    ],
  ] as const) {
    it(`if it was made by ${how} before attach`, async context => {
      const { io, client, errors, server: empty } = await serve(router({}), context)
      empty.detach()
      listen(io, namespace)
      const early = await client('/game-1')
      const server = attach(io, api)
      server.onError(report => void errors.push(report))
      const late = await client('/game-2')
      for (const socket of [early, late]) {
        assert.equal(await ask(socket, 'play', 1), [1])
        assert.equal(await ask(socket, 'play', 'x'), [invalid])
      }
      assert.equal(
        errors.splice(0).map(({ namespace: name }) => name),
        ['/game-{id}', '/game-{id}'],
      )
      // Its name is none of the contract's.
      assert.equal(await ask(await client('/game-x'), 'play', 'x'), ['x'])

      server.of('/game-{id}').on.play(({ params }) => Number(params.id))
      assert.equal(await ask(early, 'play', 1), [1])
      assert.equal(await ask(late, 'play', 1), [2])

      // What is emitted to the pattern reaches those, too, and those that the contract has made, but no others.
      const heard: string[] = []
      const other = await client('/game-x')
      for (const [name, socket] of Object.entries({ early, late, other }))
        socket.on('news', value => heard.push(`${name} ${value}`))
      const game = server.of('/game-{id}')
      game.emit.news(1)
      await io.of('/game-2').sockets.values().next().value?.join('room')
      game.to('room').compress(false).emit.news(2)
      game.in('nobody').local.emit.news(3)
      game.except('room').timeout(10).emit.news(4)
      for (const socket of [early, late]) await ask(socket, 'play', 1)
      await ask(other, 'play', 'x')
      // Nothing is on its way, so that this one is not lost.
      game.volatile.emit.news(5)
      for (const socket of [early, late]) await ask(socket, 'play', 1)
      assert.equal(heard.toSorted(), ['early 1', 'early 4', 'early 5', 'late 1', 'late 2', 'late 5'])

      server.detach()
      for (const socket of [early, late, await client('/game-1'), await client('/game-3')]) {
        assert.equal(await ask(socket, 'play', 'x'), ['x'])
      }
      assert.is(io.listenerCount('new_namespace'), 0)
      for (const name of ['/game-1', '/game-2', '/game-3']) assert.is(io.of(name).listenerCount('connection'), 1, name)
    })
  }

  it('if it has the name of a namespace of the contract', async context => {
    const { io, client, errors, server: empty } = await serve(router({}), context)
    empty.detach()
    listen(io, /^\/admin$/)
    const server = attach(io, api)
    server.onError(report => void errors.push(report))
    const socket = await client('/admin')
    assert.equal(await ask(socket, 'play', 1), [1])
    assert.equal(await ask(socket, 'play', 'x'), [invalid])
    errors.pop()
    server.detach()
    assert.equal(await ask(socket, 'play', 'x'), ['x'])
  })

  it('if it has such a name and has been removed meanwhile', async context => {
    const { io, client, errors, server: empty } = await serve(router({}), context)
    empty.detach()
    Object.assign(Reflect.get(io, 'opts'), { cleanupEmptyChildNamespaces: true })
    listen(io, /^\/admin$/)
    const server = attach(io, api)
    server.onError(report => void errors.push(report))
    for (let times = 0; times < 2; times++) {
      const socket = await client('/admin')
      const gone = new Promise(resolve => io.of('/admin').sockets.forEach(own => own.once('disconnect', resolve)))
      assert.equal(await ask(socket, 'play', 'x'), [invalid])
      errors.pop()
      socket.disconnect()
      await gone
    }
    assert.is(io.of('/admin').sockets.size, 0)
  })

  it('if it has a name of its own that a pattern stands for', async context => {
    const { io, client, errors, server: empty } = await serve(router({}), context)
    empty.detach()
    listen(io, '/game-1')
    const server = attach(io, api)
    server.onError(report => void errors.push(report))
    const socket = await client('/game-1')
    assert.equal(await ask(socket, 'play', 'x'), [invalid])
    errors.pop()
  })
})

describe('a namespace of the contract', it => {
  it('is bound once, though a pattern stands for its name, too', async context => {
    const both = router({ '/{room}': router(play, { auth: Type.Object({ no: Type.Null() }) }), '/admin': router(play) })
    const { server, client } = await serve(both, context)
    server.of('/{room}').on.connection(() => assert.unreachable())
    server.of('/admin').on.play(({ input }) => input + 1)
    assert.equal(await ask(await client('/admin'), 'play', 1), [2])
  })

  it('that fits two patterns is of the first, also if the application has made it', async context => {
    const both = router({ '/a-{x}': router(play), '/{y}': router(play) })
    const { io, client, server: empty } = await serve(router({}), context)
    empty.detach()
    io.of(/^\/a-1/)
    const server = attach(io, both)
    server.of('/a-{x}').on.play(() => 1)
    server.of('/{y}').on.play(() => 2)
    for (const [name, by] of [
      ['/a-1', 1],
      ['/a-2', 1],
      ['/b', 2],
    ] as const) {
      assert.equal(await ask(await client(name), 'play', 0), [by], name)
    }
  })
})

describe('a pattern', it => {
  it('is one of any number, for which one listener waits', async context => {
    const names = Array.from({ length: 12 }, (_, index) => `/n${index}-{id}`)
    const { io, client, server } = await serve(
      router(Object.fromEntries(names.map(name => [name, router(play)]))),
      context,
    )
    assert.is(io.listenerCount('new_namespace'), 1)
    Reflect.apply(server.of, server, ['/n11-{id}']).on.play(() => 11)
    assert.equal(await ask(await client('/n11-a'), 'play', 0), [11])
  })

  it('makes no namespaces after detach, and can be bound again, by another contract', async context => {
    const { io, client, server } = await serve(api, context)
    server.of('/game-{id}').on.play(() => 1)
    const old = await client('/game-1')
    assert.throws(
      () => attach(io, api),
      /attach: \/admin: a contract is attached to it already; attach one contract with all events, or detach the other first/,
    )
    assert.equal([io.listenerCount('new_namespace'), io.listenerCount('connection')], [1, 1])
    assert.equal(await ask(old, 'play', 0), [1])
    server.detach()
    await client('/game-2').then(
      () => assert.unreachable(),
      ({ message }) => assert.is(message, 'Invalid namespace'),
    )

    const letters = router({ '/game-{name}': router(play, { params: Type.Object({ name: Type.String() }) }) })
    const second = attach(io, letters)
    second.of('/game-{name}').on.play(({ params }) => params.name.length)
    let arrivals = 0
    second.of('/game-{name}').on.connection(() => void arrivals++)
    assert.equal(await ask(old, 'play', 0), [1])
    assert.equal(await ask(await client('/game-1'), 'play', 0), [1])
    assert.equal(await ask(await client('/game-abc'), 'play', 0), [3])
    assert.is(arrivals, 2)
    second.detach()
  })
})
