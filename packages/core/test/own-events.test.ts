import { event, router } from '@ackwire/core'
import * as msgpack from 'socket.io-msgpack-parser'
import * as assert from 'uvu/assert'
import { describe } from '../../../test/harness.js'
import { ask, serve } from './serve.js'

// Socket.IO's own parser refuses these names; that of msgpack lets a peer say that its own socket had left.
describe('an event that a socket emits to its own listeners', it => {
  for (const name of ['connect', 'connect_error', 'disconnect', 'disconnecting', 'newListener', 'removeListener']) {
    it(`does not reach them if a peer sends it: ${name}`, async context => {
      const api = router({ ping: event.input().ack() })
      const { io, server, client } = await serve(api, context, { io: { parser: msgpack } })
      const heard: unknown[] = []
      server.on.connection(({ socket, signal }) => {
        socket.on(name, (...args) => heard.push(args))
        signal.addEventListener('abort', () => heard.push('aborted'))
      })
      for (const moment of ['disconnect', 'disconnecting'] as const)
        server.on[moment](({ reason }) => void heard.push(reason))
      server.on.ping(() => {})
      const socket = await client('/', { parser: msgpack })
      heard.splice(0)
      const [packet]: Iterable<Uint8Array> = Object.values(
        new msgpack.Encoder().encode({ type: 2, nsp: '/', data: [name, { forged: true }] }),
      )
      socket.io.engine.write(packet!)
      assert.equal(await ask(socket, 'ping'), [])
      assert.equal(heard, [])
      assert.is(io.of('/').sockets.size, 1)
    })
  }
})
