import { event, router } from '@ackwire/core'
import { attach, type AttachOptions } from '@ackwire/core/server'
import { Type } from '@sinclair/typebox'
import { Server, type ServerOptions } from 'socket.io'
import * as assert from 'uvu/assert'
import { describe, type TestContext } from '../../../test/harness.js'
import { exchangeOf, namespacesIn, type Line } from './fuzz/line.js'
import { settled } from './fuzz/assertions.js'

const play = { play: event.input().ack(), said: event.output(Type.String()) }
const api = router({
  '/room-{id}': router(play, { auth: Type.Object({ token: Type.String() }) }),
  '/open-{id}': router(play),
})

/** A server that listens nowhere, and whose rooms let in who says so. */
const start = ({ defer }: TestContext, options: AttachOptions = {}, own: Partial<ServerOptions> = {}) => {
  const io = new Server(own)
  const server = attach(io, api, options)
  server.onError(() => {})
  const waiting: ((refusal?: Error) => void)[] = []
  server.of('/room-{id}').authenticate(
    ({ auth }) => {
      if (auth.token === 'wait')
        return new Promise<object>((resolve, reject) =>
          waiting.push(refusal => (refusal === undefined ? resolve({}) : reject(refusal))),
        )
      if (auth.token !== 'good') throw new Error('no')
      return {}
    },
    { onRecovery: true },
  )
  defer(() => server.detach())
  const rooms = (): string[] => [...namespacesIn(io).keys()].filter(name => name !== '/' && !name.startsWith('/_'))
  const connect = exchangeOf(io)
  const dial = (): Line => {
    const line = connect()
    defer(() => line.close())
    return line
  }
  return { io, server, waiting, rooms, dial }
}

const join = async (line: Line, nsp: string, token: unknown): Promise<void> => {
  line.send({ type: 0, nsp, data: { token } })
  for (let turn = 0; turn < 5; turn++) await settled()
}

describe('a namespace of a pattern that exists only because of refused clients', it => {
  const ways: Readonly<
    Record<string, (started: ReturnType<typeof start>, line: Line, nsp: string) => Promise<unknown>>
  > = {
    'authenticate throws': (_, line, nsp) => join(line, nsp, 'bad'),
    'auth does not match': (_, line, nsp) => join(line, nsp, 5),
    'other middleware refuses': async ({ server }, line, nsp) => {
      server.of('/room-{id}').namespace.use((_, enter) => enter(new Error('no')))
      await join(line, nsp, 'good')
    },
    'the application listens to all new namespaces': async ({ io }, line, nsp) => {
      io.on('new_namespace', made => void made.on('connection', () => {}).use((_, enter) => enter()))
      await join(line, nsp, 'bad')
    },
    'the client has gone while it waited': async ({ waiting }, line, nsp) => {
      await join(line, nsp, 'wait')
      line.close()
      waiting[0]?.()
    },
    'the client asks twice': async ({ waiting }, line, nsp) => {
      for (let times = 0; times < 3; times++) await join(line, nsp, 'wait')
      line.close()
      waiting[0]?.()
    },
    'the binding is gone by then': async ({ waiting, server }, line, nsp) => {
      await join(line, nsp, 'wait')
      server.detach()
      line.close()
      waiting[0]?.()
    },
  }
  for (const [title, refuse] of Object.entries(ways)) {
    for (const cleanupEmptyChildNamespaces of [false, true]) {
      it(`is removed with them: ${title}${cleanupEmptyChildNamespaces ? ', with cleanupEmptyChildNamespaces' : ''}`, async context => {
        const started = start(context, {}, { cleanupEmptyChildNamespaces })
        await refuse(started, started.dial(), '/room-1')
        for (let turn = 0; turn < 5; turn++) await settled()
        assert.equal(started.rooms(), [])
      })
    }
  }

  it('is removed with them if too many wait, or none is waited for', async context => {
    const { rooms, dial } = start(context, { limits: { waiting: { perAddress: 0, addressOf: () => '' } } })
    const line = dial()
    for (let id = 0; id < 100; id++) await join(line, `/room-${id}`, 'good')
    assert.equal(rooms(), [])
    assert.is(line.received.filter(({ type }) => type === 4).length, 100)
  })

  it('is removed with its adapter, even if that fails to close', async context => {
    let closed = 0
    const { io, rooms, dial } = start(context)
    const Plain = io.sockets.adapter.constructor as new (nsp: unknown) => object
    io.adapter(
      class extends Plain {
        close(): Promise<void> {
          if (++closed === 1) throw new Error('closing')
          return Promise.reject(new Error('closing'))
        }
      } as never,
    )
    for (const id of [1, 2]) await join(dial(), `/room-${id}`, 'bad')
    assert.equal([rooms(), closed], [[], 2])
  })

  it('is created again for a client that is accepted later', async context => {
    const { io, rooms, dial } = start(context)
    const line = dial()
    await join(line, '/room-1', 'bad')
    await join(line, '/room-1', 'good')
    assert.equal(rooms(), ['/room-1'])
    assert.is(io.of('/room-1').sockets.size, 1)
  })
})

describe('a namespace of a pattern', it => {
  for (const cleanupEmptyChildNamespaces of [false, true]) {
    for (const isOwn of [false, true]) {
      const title = `${isOwn ? ', named by the server' : ''}${cleanupEmptyChildNamespaces ? ', with cleanupEmptyChildNamespaces' : ''}`
      it(`stays as long as a socket waits for authenticate${title}`, async context => {
        const { io, waiting, rooms, dial } = start(context, {}, { cleanupEmptyChildNamespaces })
        if (isOwn) io.of('/room-1')
        const line = dial()
        for (let times = 0; times < 3; times++) await join(line, '/room-1', 'wait')
        await join(dial(), '/room-1', 'bad')
        assert.equal([rooms(), waiting.length], [['/room-1'], 1])
        waiting[0]?.()
        for (let turn = 0; turn < 5; turn++) await settled()
        assert.is(io.of('/room-1').sockets.size, 1)
        line.close()
        assert.equal(rooms(), cleanupEmptyChildNamespaces ? [] : ['/room-1'])
      })
    }
  }

  it('stays if a socket was accepted, unless cleanupEmptyChildNamespaces is set', async context => {
    for (const cleanupEmptyChildNamespaces of [false, true]) {
      const { rooms, dial } = start(context, {}, { cleanupEmptyChildNamespaces })
      const line = dial()
      await join(line, '/room-1', 'good')
      line.close()
      await join(dial(), '/room-1', 'bad')
      assert.equal(rooms(), cleanupEmptyChildNamespaces ? [] : ['/room-1'])
    }
  })

  it('stays if the server has used its name, before or meanwhile', async context => {
    const { io, server, waiting, rooms, dial } = start(context)
    const names = ['/room-1', '/room-2', '/room-3', '/room-4', '/room-5']
    assert.ok(io.of('/room-1'))
    assert.ok(server.of('/room-{id}', { id: '2' }))
    for (const name of names) await join(dial(), name, 'wait')
    assert.ok(server.of('/room-{id}', { id: '3' }))
    io.of('/room-4').on('connection', () => {})
    io.of('/room-5').use((_, enter) => enter())
    for (const decide of waiting) decide(new Error('no'))
    for (const name of names) await join(dial(), name, 'bad')
    assert.equal(rooms().sort(), names)
  })

  it('stays while the session of another socket is being restored', async context => {
    const { io, rooms, dial } = start(context, {}, { connectionStateRecovery: {} })
    let restore: (() => void) | undefined
    Object.assign(Object.getPrototypeOf(io.sockets.adapter), {
      restoreSession: () => new Promise<undefined>(resolve => (restore = () => resolve(undefined))),
    })
    const other = dial()
    other.send({ type: 0, nsp: '/room-1', data: { token: 'good', pid: 'pid', offset: 'offset' } })
    await join(dial(), '/room-1', 'bad')
    assert.equal(rooms(), ['/room-1'])
    assert.type(restore, 'function')
    restore?.()
    for (let turn = 0; turn < 5; turn++) await settled()
    assert.is(io.of('/room-1').sockets.size, 1)
  })
})

describe('a namespace of a pattern that the server emits to', it => {
  it('does not stay for long if nobody is there', context => {
    const { server, rooms } = start(context)
    for (let id = 0; id < 1_000; id++) server.of('/room-{id}', { id: `${id}` }).emit.said('hello')
    assert.equal(
      rooms(),
      Array.from({ length: 100 }, (_, at) => `/room-${900 + at}`),
    )
  })

  it('is reached by a selection that was made before it was removed', async context => {
    const { server, rooms, dial } = start(context)
    const first = server.of('/room-{id}', { id: 'first' })
    const red = first.to('red').volatile
    for (let id = 0; id < 100; id++) server.of('/room-{id}', { id: `${id}` }).emit.said('hello')
    assert.not.ok(rooms().includes('/room-first'))
    const line = dial()
    await join(line, '/room-first', 'good')
    first.namespace.socketsJoin('red')
    first.emit.said('to all')
    await settled()
    red.emit.said('to the red')
    await settled()
    assert.equal(
      line.received.slice(1).map(({ data }) => data),
      [
        ['said', 'to all'],
        ['said', 'to the red'],
      ],
    )
  })

  it('stays if a socket has joined, or the application has taken it', async context => {
    const { io, server, rooms, dial } = start(context)
    for (const id of ['joined', 'taken', 'heard']) server.of('/room-{id}', { id }).emit.said('hello')
    await join(dial(), '/room-joined', 'good')
    assert.ok(server.of('/room-{id}', { id: 'taken' }).namespace)
    io.of('/room-heard').on('connection', () => {})
    for (let id = 0; id < 200; id++) server.of('/room-{id}', { id: `${id}` }).emit.said('hello')
    assert.equal(rooms().slice(0, 3), ['/room-joined', '/room-taken', '/room-heard'])
  })
})
