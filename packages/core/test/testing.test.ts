import { EventError } from '@ackwire/client'
import { serve } from '@ackwire/core/testing'
import { event, router } from '@ackwire/core'
import { Type } from '@sinclair/typebox'
import * as assert from 'uvu/assert'
import { describe } from '../../../test/harness.js'

const api = router({
  add: event.input(Type.Integer(), Type.Integer()).ack(Type.Integer()),
  joined: event.output(Type.String()),
  '/admin': router({ who: event.input().ack(Type.String()) }, { auth: Type.Object({ token: Type.String() }) }),
})

describe('a server for a test', it => {
  it('needs three lines to test a handler', async () => {
    await using app = await serve(api, server => server.on.add(({ input: [left, right] }) => left + right))
    const client = await app.client()
    assert.is(await client.emit.add(1, 2), 3)
  })

  it('has any number of clients and namespaces', async () => {
    await using app = await serve(api, server => {
      server.on.connection(({ socket }) => void socket.join(String(socket.handshake.query['room'])))
      server.of('/admin').on.who(({ socket }) => String(socket.handshake.auth['token']))
    })
    const [red, blue] = [await app.client({ query: { room: 'red' } }), await app.client({ query: { room: 'blue' } })]
    const heard: string[] = []
    red.on.joined(name => heard.push(`red ${name}`))
    blue.on.joined(name => heard.push(`blue ${name}`))
    const next = blue.once.joined()
    app.server.to('blue').emit.joined('bob')
    assert.is(await next, 'bob')
    assert.equal(heard, ['blue bob'])
    assert.is(await red.of('/admin', { auth: { token: 'root' } }).emit.who(), 'root')
  })

  it('rejects a refused client, and leaves nothing behind when it is closed', async () => {
    const closed = router({ ping: event.input().ack() }, { auth: Type.Object({ token: Type.String() }) })
    const app = await serve(closed, server => {
      server.onError(() => {})
      server.on.ping(() => new Promise(() => {}))
    })
    await app.client().then(
      () => assert.unreachable(),
      (error: { data: { code: string } }) => assert.is(error.data.code, 'UNAUTHORIZED'),
    )
    const client = await app.client({ auth: { token: 'abc' } })
    const pending = client.emit.ping()
    await app.close()
    await pending.then(
      () => assert.unreachable(),
      (error: unknown) => assert.is(error instanceof EventError && error.code, 'DISCONNECTED'),
    )
    assert.is(app.http.listening, false)
  })
})
