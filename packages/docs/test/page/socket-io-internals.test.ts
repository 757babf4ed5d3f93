import { createRequire } from 'node:module'
import { event, router } from '@ackwire/core'
import { attach } from '@ackwire/core/server'
import { Server, type ServerOptions } from 'socket.io'
import { io } from 'socket.io-client'
import * as assert from 'uvu/assert'
import { describe, type TestContext } from '../../../../test/harness.js'
import { offsetsOf, SEEN_IN } from '../../src/page/console/store/socket-io-internals.js'
import { start } from '../listening.js'

type AdapterConstructor = NonNullable<ServerOptions['adapter']>

/** The adapter of a server without recovery, as that of classic Redis is. */
const WithoutRecovery = new Server().sockets.adapter.constructor as AdapterConstructor

const connected = async (
  context: TestContext,
  options: ConstructorParameters<typeof Server>[1],
  prepare: (io: Server) => unknown = () => {},
) => {
  const { server, port } = await start(context)
  const sockets = new Server(server, options)
  prepare(sockets)
  const socket = io(`http://127.0.0.1:${port}`, { transports: ['websocket'], forceNew: true })
  context.defer(() => {
    socket.disconnect()
    sockets.disconnectSockets(true)
  })
  await new Promise<void>(done => socket.once('connect', done))
  return socket
}

describe("Socket.IO's private fields that the page reads", it => {
  it('are those of the installed release', () => {
    const { version }: { version: unknown } = createRequire(import.meta.url)('socket.io-client/package.json')
    assert.is(version, SEEN_IN, `look at what ${String(version)} does with each field of socket-io-internals.ts`)
  })

  it('tell which outputs have an offset behind their arguments', async context => {
    const recovery = { connectionStateRecovery: {} }
    assert.is(offsetsOf(undefined), 'none')
    assert.is(offsetsOf(await connected(context, {})), 'none')
    assert.is(offsetsOf(await connected(context, recovery)), 'some')
    const api = router({ tick: event.output() })
    assert.is(offsetsOf(await connected(context, recovery, io => attach(io, api))), 'all')
    assert.is(
      offsetsOf(await connected(context, { ...recovery, adapter: WithoutRecovery }, io => attach(io, api))),
      'none',
    )
  })
})
