import { createRequire } from 'node:module'
import { Server } from 'socket.io'
import { io } from 'socket.io-client'
import * as assert from 'uvu/assert'
import { describe, type TestContext } from '../../../../test/harness.js'
import { hasOffsets, SEEN_IN } from '../../src/page/console/store/socket-io-internals.js'
import { start } from '../listening.js'

const connected = async (context: TestContext, options: ConstructorParameters<typeof Server>[1]) => {
  const { server, port } = await start(context)
  const sockets = new Server(server, options)
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

  it('tell whether the server puts offsets behind arguments', async context => {
    assert.is(hasOffsets(undefined), false)
    assert.is(hasOffsets(await connected(context, {})), false)
    assert.is(hasOffsets(await connected(context, { connectionStateRecovery: {} })), true)
  })
})
