import { event, router } from '@ackwire/core'
import { Type } from '@sinclair/typebox'
import * as assert from 'uvu/assert'
import { describe } from '../../../test/harness.js'
import { ask, serve, TRANSPORTS, until } from './serve.js'

const api = router({
  search: event.input(Type.String(), Type.Optional(Type.Integer())).ack(Type.Any()),
  list: event.input(Type.Optional(Type.Integer())).ack(Type.Any()),
  sum: event.input(Type.String()).rest(Type.Integer()).ack(Type.Any()),
  all: event.input().rest(Type.Integer()).ack(Type.Any()),
  mixed: event.input(Type.Optional(Type.String())).rest(Type.Integer()).ack(Type.Any()),
  found: event.output(Type.String(), Type.Optional(Type.Integer())),
  counted: event.output(Type.String()).rest(Type.Integer()),
})

interface Refused {
  readonly $error: { readonly issues: unknown }
}

for (const transport of TRANSPORTS) {
  describe(`arguments over ${transport}`, it => {
    it('may be left out at the end if they are optional', async context => {
      const { server, client } = await serve(api, context, { transport })
      server.on.search(({ input }) => ({ input }))
      server.on.list(({ input }) => ({ input: input ?? 'none' }))
      const socket = await client()
      assert.equal(await ask(socket, 'search', 'milk'), [{ input: ['milk'] }])
      assert.equal(await ask(socket, 'search', 'milk', 2), [{ input: ['milk', 2] }])
      assert.equal(await ask(socket, 'list'), [{ input: 'none' }])
      assert.equal(await ask(socket, 'list', 2), [{ input: 2 }])
    })

    it('may be followed by any number of a rest', async context => {
      const { server, client } = await serve(api, context, { transport })
      server.on.sum(({ input: [text, ...numbers] }) => ({ text, numbers }))
      server.on.all(({ input }) => input.length)
      server.on.mixed(({ input }) => ({ input }))
      const socket = await client()
      assert.equal(await ask(socket, 'sum', 'a'), [{ text: 'a', numbers: [] }])
      assert.equal(await ask(socket, 'sum', 'a', 1, 2, 3), [{ text: 'a', numbers: [1, 2, 3] }])
      assert.equal(await ask(socket, 'all'), [0])
      assert.equal(await ask(socket, 'all', 1, 2), [2])
      assert.equal(await ask(socket, 'mixed', 'a', 1), [{ input: ['a', 1] }])
    })

    it('are rejected with the expected number, or with the places that differ', async context => {
      const { server, client, errors } = await serve(api, context, { transport })
      const unreachable = () => assert.unreachable('the handler was called')
      server.on.search(unreachable)
      server.on.list(unreachable)
      server.on.sum(unreachable)
      const socket = await client()
      const issuesOf = async (name: string, ...args: unknown[]) =>
        (await ask(socket, name, ...args)).flatMap(reply => (reply as Refused).$error.issues)
      assert.equal(await issuesOf('search'), [{ path: '/0', message: 'Expected 1 to 2 arguments, got 0' }])
      assert.equal(await issuesOf('search', 'a', 1, 2), [{ path: '/2', message: 'Expected 1 to 2 arguments, got 3' }])
      assert.equal(await issuesOf('list', 1, 2), [{ path: '/1', message: 'Expected 0 to 1 argument, got 2' }])
      assert.equal(await issuesOf('sum'), [{ path: '/0', message: 'Expected at least 1 argument, got 0' }])
      assert.equal(await issuesOf('search', 'a', null), [{ path: '/1', message: 'Expected integer' }])
      assert.equal(await issuesOf('list', 'a'), [{ path: '/0', message: 'Expected integer' }])
      assert.equal(await issuesOf('sum', 'a', 1, 'b', 2, 'c'), [
        { path: '/2', message: 'Expected integer' },
        { path: '/4', message: 'Expected integer' },
      ])
      assert.is(errors.splice(0).length, 7)
    })

    it('of an output are sent without the missing optional ones', async context => {
      const { server, client, io } = await serve(api, context, { transport })
      const socket = await client()
      const came: unknown[] = []
      socket.onAny((...packet: unknown[]) => came.push(packet))
      server.emit.found('a')
      server.emit.found('a', 1)
      Reflect.apply(server.emit.found, undefined, ['a', undefined])
      server.emit.counted('a')
      server.emit.counted('a', 1, 2)
      assert.throws(() => Reflect.apply(server.emit.counted, undefined, ['a', 'b']), /\/1 Expected integer/)
      assert.throws(() => Reflect.apply(server.emit.found, undefined, []), /Expected 1 to 2 arguments, got 0/)
      io.emit('end')
      await until(() => came.length > 5)
      assert.equal(
        came.slice(0, 5).map(packet => (packet as unknown[]).slice(0, 4)),
        [
          ['found', 'a'],
          ['found', 'a', 1],
          ['found', 'a'],
          ['counted', 'a'],
          ['counted', 'a', 1, 2],
        ],
      )
    })
  })
}

const refusal = (define: () => unknown): string => {
  try {
    define()
  } catch (error) {
    return error instanceof TypeError ? error.message : `no TypeError: ${String(error)}`
  }
  return 'not refused'
}

describe('arguments that are declared wrongly', it => {
  it('are refused with their path', () => {
    const optional = Type.Optional(Type.String())
    assert.is(
      refusal(() => router({ add: event.input(Type.Null(), optional, Type.String()) })),
      "ackwire: add input[1]: an optional argument can't stand before a required one, [2]; move it to the end, or allow null instead",
    )
    assert.is(
      refusal(() => router({ add: event.output().rest(optional) })),
      'ackwire: add output.rest: the rest may be empty anyway; leave out Type.Optional',
    )
    assert.match(
      refusal(() => router({ add: event.input().rest(Type.Undefined()) })),
      'ackwire: add input.rest: ',
    )
    assert.match(
      refusal(() => Reflect.apply(event.input().rest, undefined, [])),
      'ackwire: .rest: expected a schema',
    )
    assert.match(
      refusal(() => event.input().rest(Type.Null()).rest(Type.Null())),
      'ackwire: .rest: the event already has one',
    )
  })
})
