import { createRequire } from 'node:module'
import { event, router } from '@ackwire/core'
import { io, type Socket } from 'socket.io-client'
import * as assert from 'uvu/assert'
import { serve } from '../../core/test/serve.js'
import { describe, type TestContext } from '../../../test/harness.js'
import { internalsOf, SEEN_IN } from '../src/socket-io-internals.js'

const api = router({ ping: event.input().ack(), '/admin': router({ ping: event.input().ack() }) })

const managerOf = (socket: Socket) => {
  const { _readyState: state, _reconnecting: tries, _autoConnect: isAutomatic } = internalsOf(socket).io
  return { state, tries, isAutomatic }
}

const pidOf = (socket: Socket): unknown => {
  const { _pid: pid } = internalsOf(socket)
  return pid
}

const connected = async (context: TestContext, options: Parameters<typeof serve>[2] = {}) => {
  const { url } = await serve(api, context, options)
  const socket = io(url, { transports: ['websocket'], forceNew: true })
  context.defer(() => socket.disconnect())
  assert.is(managerOf(socket).state, 'opening')
  await new Promise<void>(done => socket.once('connect', done))
  return socket
}

describe("Socket.IO's private fields", it => {
  it('are those of the installed release', () => {
    const { version }: { version: unknown } = createRequire(import.meta.url)('socket.io-client/package.json')
    assert.is(version, SEEN_IN, `look at what ${String(version)} does with each field of socket-io-internals.ts`)
  })

  it('have the namespace in nsp', async context => {
    const socket = await connected(context)
    assert.is(internalsOf(socket).nsp, '/')
    const admin = socket.io.socket('/admin')
    context.defer(() => admin.disconnect())
    assert.is(internalsOf(admin).nsp, '/admin')
  })

  it('have a text in _pid with connection state recovery, and nothing without', async context => {
    const without = await connected(context)
    assert.is(pidOf(without), undefined)
    const recoverable = await connected(context, { io: { connectionStateRecovery: {} } })
    assert.type(pidOf(recoverable), 'string')
  })

  it('have flags for the next packet, of which fromQueue passes the queue of retries, which is _queue', async context => {
    const { url } = await serve(api, context)
    const socket = io(url, { transports: ['websocket'], forceNew: true, retries: 1, ackTimeout: 200 })
    context.defer(() => socket.disconnect())
    const sent: string[] = []
    socket.onAnyOutgoing((name: string) => sent.push(name))
    await new Promise<void>(done => socket.once('connect', done))
    assert.equal(internalsOf(socket).flags, {})
    // No handler answers it, so that what is queued waits.
    socket.emit('unanswered')
    socket.emit('queued')
    const { _queue: queue } = internalsOf(socket)
    const attempts = queue?.map(({ pending, tryCount }) => [pending, tryCount])
    assert.equal(attempts, [
      [true, 1],
      [false, 0],
    ])
    internalsOf(socket).flags.fromQueue = true
    socket.emit('past')
    assert.equal(sent, ['unanswered', 'past'])
    assert.equal(internalsOf(socket).flags, {})
  })

  it('have the id of the next ack in ids, by which onack drops it', async context => {
    const socket = await connected(context)
    const { ids: id, _queue: queue } = internalsOf(socket)
    assert.equal(queue, [])
    const answers: unknown[] = []
    socket.timeout(60_000).emit('unanswered', (...answer: unknown[]) => answers.push(answer))
    assert.is(internalsOf(socket).ids, id + 1)
    for (const _ of 'twice') internalsOf(socket).onack({ id, data: [] })
    assert.equal(answers, [[null]])
    assert.equal(Reflect.get(socket, 'acks'), {})
  })

  it('have the state of the connection in _readyState and _reconnecting', async context => {
    const socket = await connected(context)
    assert.is(managerOf(socket).state, 'open')
    assert.is(managerOf(socket).tries, undefined)
    const lost = new Promise<void>(done => socket.once('disconnect', () => done()))
    socket.io.engine.close()
    await lost
    await new Promise<void>(done => socket.io.once('reconnect_attempt', () => done()))
    assert.is(managerOf(socket).tries, true)
    await new Promise<void>(done => socket.once('connect', done))
    assert.is(managerOf(socket).tries, false)
    socket.disconnect()
    assert.is(managerOf(socket).state, 'closed')
  })

  it('have in _autoConnect whether a further namespace connects by itself', async context => {
    const { url } = await serve(api, context)
    const socket = io(url, { transports: ['websocket'], forceNew: true, autoConnect: false })
    context.defer(() => socket.disconnect())
    assert.is(managerOf(socket).isAutomatic, false)
    Object.assign(internalsOf(socket).io, { _autoConnect: true })
    socket.connect()
    const admin = socket.io.socket('/admin')
    context.defer(() => admin.disconnect())
    await new Promise<void>(done => admin.once('connect', done))
    assert.ok(admin.connected)
  })
})
