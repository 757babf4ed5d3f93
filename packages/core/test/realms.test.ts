import { createContext, runInContext } from 'node:vm'
import { createClient } from '@ackwire/client'
import { event, router } from '@ackwire/core'
import { serve } from '@ackwire/core/testing'
import { Type } from '@sinclair/typebox'
import * as assert from 'uvu/assert'
import { describe, type TestContext } from '../../../test/harness.js'

/** The classes of another realm, such as that of jsdom or of Jest's sandbox. */
const other = runInContext('({ Uint8Array, ArrayBuffer, Date })', createContext({})) as {
  readonly Uint8Array: Uint8ArrayConstructor
  readonly Date: DateConstructor
}
const AT = '2024-05-01T00:00:00.000Z'
const bytes = (): Uint8Array => other.Uint8Array.of(1, 2)
const date = (): Date => new other.Date(AT)

const api = router({
  store: event
    .input(Type.Uint8Array({ maxByteLength: 2 }), Type.Object({ at: Type.Date() }))
    .ack(Type.Object({ data: Type.Uint8Array(), at: Type.Date() })),
  stored: event.output(Type.Union([Type.Null(), Type.Uint8Array()]), Type.Date()),
  load: event.output().ack(Type.Array(Type.Uint8Array())),
})

const start = async ({ defer }: TestContext) => {
  const app = await serve(api)
  defer(app.close)
  const client = createClient(api, app.url, { transports: ['websocket'], forceNew: true })
  defer(() => client.close())
  const visit = new Promise<void>(resolve => app.server.on.connection(() => resolve()))
  await visit
  return { ...app, client }
}

describe('binary data and dates of another realm', it => {
  it('are no instances of this one’s classes', () => {
    assert.not(bytes() instanceof Uint8Array)
    assert.not(date() instanceof Date)
  })

  it('are accepted from the application: in inputs and replies', async context => {
    const { server, client } = await start(context)
    server.on.store(({ input: [data, { at }] }) => {
      assert.equal([[...data], at], [[1, 2], new Date(AT)])
      return { data: bytes(), at: date() }
    })
    const reply = await client.emit.store(bytes(), { at: date() })
    assert.ok(reply.data instanceof Uint8Array && reply.at instanceof Date)
    assert.equal([[...reply.data], reply.at], [[1, 2], new Date(AT)])
  })

  it('are accepted from the application: in outputs and their answers', async context => {
    const { server, client } = await start(context)
    const stored = client.once.stored()
    server.emit.stored(bytes(), date())
    const [data, at] = await stored
    assert.equal([[...(data ?? [])], at], [[1, 2], new Date(AT)])
    client.on.load(() => [bytes(), bytes()])
    const [loaded = []] = await server.timeout(5_000).emit.load()
    assert.is(Buffer.concat(loaded).toString('hex'), '01020102')
  })

  it('are checked like any other', async context => {
    const { client } = await start(context)
    const error = await client.emit
      .store(other.Uint8Array.of(1, 2, 3), { at: date() })
      .catch((thrown: unknown) => thrown)
    assert.is(Reflect.get(Object(error), 'code'), 'INVALID_INPUT')
  })
})
