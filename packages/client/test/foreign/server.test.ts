import { EventError } from '@ackwire/client'
import { serve } from '@ackwire/core/testing'
import { event, router } from '@ackwire/core'
import type { ErrorReport, SocketContext } from '@ackwire/core/server'
import type { Failure } from '@ackwire/core/wire'
import { Type } from '@sinclair/typebox'
import * as assert from 'uvu/assert'
import { describe, type TestContext } from '../../../../test/harness.js'
import { TRANSPORTS, type Transport } from '../../../core/test/serve.js'
import { FOREIGN_CLIENTS, python, Refused, version2, type ForeignKind } from './clients.js'
import { api } from './contract.js'
import { PYTHON } from './python.js'

/**
 * Starts one of our servers. Returns a function that connects a foreign client, and the errors that were reported, which the test
 * must take.
 */
const start = async (context: TestContext, kind: ForeignKind, transport: Transport) => {
  const errors: ErrorReport[] = []
  const allowEIO3 = kind === version2
  const { server, url, close } = await serve(api, () => {}, { io: { allowEIO3 }, ackTimeout: 3_000 })
  server.onError(report => void errors.push(report))
  context.defer(() => assert.equal(errors.map(String), []))
  context.defer(close)
  const connect = (namespace = '/', auth: object = {}) => kind.connect(context, { url, namespace, transport, auth })
  return { server, errors, connect }
}

/** Starts a server with one foreign client, and returns what the server needs to emit to it. */
const meet = async (context: TestContext, kind: ForeignKind, transport: Transport) => {
  const started = await start(context, kind, transport)
  const visit = new Promise<SocketContext<typeof api>>(resolve => started.server.on.connection(resolve))
  const client = await started.connect()
  const { emit } = await visit
  return { ...started, client, emit }
}

const codeOf = (call: Promise<unknown>): Promise<unknown> =>
  call.then(
    value => assert.unreachable(`expected an error, got ${JSON.stringify(value)}`),
    (error: unknown) => (error instanceof EventError ? error.code : error),
  )

const refusalOf = (connecting: Promise<unknown>): Promise<unknown> =>
  connecting.then(
    () => assert.unreachable('expected a refusal'),
    (error: unknown) => (error instanceof Refused ? error.data : error),
  )

const bytesOf = (value: unknown): number[] => [...Buffer.from(value as Uint8Array)]

for (const kind of FOREIGN_CLIENTS) {
  const needs = kind.needs && { needs: kind.needs }
  for (const transport of TRANSPORTS) {
    describe(`${kind.name} over ${transport}, at our server`, it => {
      it('is answered, with its arguments in order', { ...needs }, async context => {
        const { server, client } = await meet(context, kind, transport)
        server.on.divide(({ input: [dividend, divisor] }) => dividend / divisor)
        assert.equal(await client.ask('divide', 6, 4), [1.5])
      })

      it('gets a receipt without arguments, even if no ack is declared', { ...needs }, async context => {
        const { server, client } = await meet(context, kind, transport)
        server.on.touch(() => 'not sent')
        server.on.show(() => {})
        assert.equal(await client.ask('touch'), [])
        assert.equal(await client.ask('show'), [])
      })

      it('gets a declared error in the envelope', { ...needs }, async context => {
        const { server, client } = await meet(context, kind, transport)
        server.on.divide(({ input: [dividend], fail }) => fail('BY_ZERO', { dividend }))
        const $error = { code: 'BY_ZERO', message: 'BY_ZERO', data: { dividend: 1 } }
        assert.equal(await client.ask('divide', 1, 0), [{ $error }])
      })

      it('is told of its mistakes with their places, and of ours nothing', { ...needs }, async context => {
        const { server, client, errors } = await meet(context, kind, transport)
        server.on.divide(() => {
          throw new Error('secret')
        })
        const issues = [{ path: '/1', message: 'Expected number' }]
        const invalid = { code: 'INVALID_INPUT', message: 'The input does not match the contract', issues }
        assert.equal(await client.ask('divide', 1, 'two'), [{ $error: invalid }])
        assert.equal(await client.ask('divide', 1, 2), [{ $error: { code: 'INTERNAL', message: 'Internal error' } }])
        const [{ $error }] = (await client.ask('touch')) as [{ $error: { code: string } }]
        assert.is($error.code, 'NOT_IMPLEMENTED')
        assert.equal(
          errors.splice(0).map(({ phase }) => phase),
          ['input', 'handler'],
        )
      })

      it('sends without an ack, and receives several arguments', { ...needs }, async context => {
        const { server, client } = await meet(context, kind, transport)
        server.on.move(({ input: [x, y], emit }) => emit.joined('moved', x + y))
        const heard = client.heard('joined')
        client.emit('move', 1, 2)
        assert.equal(await heard, ['moved', 3])
      })

      it('sends and receives bytes in arguments, acks and outputs', { ...needs }, async context => {
        const { server, client, emit } = await meet(context, kind, transport)
        server.on.reverse(({ input }) => input.toReversed())
        server.on.show(({ emit }) => emit.snapshot(Uint8Array.of(1, 2, 255)))
        const [reversed] = await client.ask('reverse', Buffer.from([1, 2, 255]))
        assert.equal(bytesOf(reversed), [255, 2, 1])
        const heard = client.heard('snapshot')
        client.emit('show')
        assert.equal(bytesOf((await heard)[0]), [1, 2, 255])
        assert.equal(bytesOf(await emit.mirror(Uint8Array.of(1, 2, 255))), [255, 2, 1])
      })

      it('answers our events: a value, several, none, an error', { ...needs }, async context => {
        const { server, emit } = await meet(context, kind, transport)
        assert.is(await emit.double(21), 42)
        assert.is(await emit.several(), 1, 'the first counts')
        assert.is(await emit.nothing(), undefined)
        const error = await emit.busy().catch((error: unknown) => error)
        assert.equal(error instanceof EventError && [error.code, error.data], ['BUSY', 5])
        assert.equal(await server.timeout(8_000).emit.double(4), [8])
      })

      it('answers null, with or without an argument, where null is declared', { ...needs }, async context => {
        const { emit } = await meet(context, kind, transport)
        assert.is(await emit.found(true), 7)
        assert.is(await emit.found(false), null)
      })

      it('answers garbage, which never reaches the application', { ...needs }, async context => {
        const { client, emit, server, errors } = await meet(context, kind, transport)
        const kinds = ['text', 'list', 'bytes', 'nothing', 'envelope', 'unknown', 'data']
        for (const kind of kinds) assert.is(await codeOf(emit.garbage(kind)), 'INVALID_REPLY', kind)
        assert.is(await codeOf(emit.garbage('internal')), 'INTERNAL')
        assert.equal(
          errors.splice(0).map(({ phase }) => phase),
          kinds.map(() => 'ack'),
        )
        server.on.touch(() => {})
        assert.equal(await client.ask('touch'), [], 'it stays connected')
      })

      it('is accepted into a namespace by its auth, and into one with parameters', { ...needs }, async context => {
        const { server, connect } = await start(context, kind, transport)
        const admin = server.of('/admin').authenticate(({ auth }) => ({ user: auth.token.toUpperCase() }))
        admin.on.who(({ data, socket }) => `${data.user} ${socket.nsp.name}`)
        server.of('/game-{id}').on.who(({ params }) => params.id)
        assert.equal(await (await connect('/admin', { token: 'bob' })).ask('who'), ['BOB /admin'])
        const game = await connect('/game-42')
        assert.equal(await game.ask('who'), ['42'])
        assert.equal(await server.of('/game-{id}', { id: '42' }).timeout(8_000).emit.double(2), [4])
      })

      it('is refused with the reason as data', { ...needs }, async context => {
        const { server, connect, errors } = await start(context, kind, transport)
        server.of('/admin').authenticate(() => {
          throw new Error('secret')
        })
        const message = 'The connection was refused'
        const issues = [{ path: '/token', message: 'Expected required property' }]
        assert.equal(await refusalOf(connect('/admin')), { code: 'UNAUTHORIZED', message, issues })
        assert.equal(await refusalOf(connect('/admin', { token: 'bob' })), { code: 'UNAUTHORIZED', message })
        assert.is(errors.splice(0).length, 2)
      })
    })
  }
}

for (const transport of TRANSPORTS) {
  describe(`python-socketio over ${transport}, at our server, in particular`, it => {
    it(
      'is disconnected if it answers NaN, which is not JSON, and other clients are not',
      { needs: PYTHON },
      async context => {
        const { emit, server, connect } = await meet(context, python, transport)
        server.on.touch(() => {})
        const other = await connect()
        assert.is(await codeOf(emit.garbage('unparsable')), 'DISCONNECTED')
        assert.equal(await other.ask('touch'), [])
      },
    )
  })

  describe(`socket.io-client 2 over ${transport}, at our server, in particular`, it => {
    it('has views other than a Buffer, which it sends as objects, refused', async context => {
      const { server, client, errors } = await meet(context, version2, transport)
      server.on.reverse(({ input }) => input)
      const [{ $error }] = (await client.ask('reverse', Uint8Array.of(1, 2))) as [{ $error: Failure }]
      assert.equal([$error.code, $error.issues], ['INVALID_INPUT', [{ path: '/0', message: 'Expected Uint8Array' }]])
      assert.is(errors.splice(0).length, 1)
    })

    it('sends auth as strings', async context => {
      const { server, connect } = await start(context, version2, transport)
      server.of('/admin').on.who(({ socket }) => JSON.stringify(socket.handshake.auth))
      assert.equal(await (await connect('/admin', { token: 5 })).ask('who'), ['{"token":"5"}'])
    })

    it('has no auth for the root namespace', async context => {
      const closed = router({ touch: event.input().ack() }, { auth: Type.Object({ token: Type.String() }) })
      const { server, url, close } = await serve(closed, () => {}, { io: { allowEIO3: true } })
      server.onError(() => {})
      context.defer(close)
      const target = { url, namespace: '/', transport, auth: { token: 'bob' } }
      const data = (await refusalOf(version2.connect(context, target))) as Failure
      assert.equal([data.code, data.issues?.[0]?.path], ['UNAUTHORIZED', '/token'])
    })
  })
}
