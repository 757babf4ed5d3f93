import { event, router, type Router } from '@ackwire/core'
import { attach } from '@ackwire/core/server'
import { createClient } from '@ackwire/client'
import { Type } from '@sinclair/typebox'
import type { Socket as Served } from 'socket.io'
import type { Socket } from 'socket.io-client'
import * as assert from 'uvu/assert'
import { describe, type TestContext } from '../../../test/harness.js'
import { ask, serve } from './serve.js'

type Ack = (...values: readonly unknown[]) => void

const Doc = Type.Object({ id: Type.String(), at: Type.String({ format: 'date-time' }) })

/** A document of a database's library: what it is, and what JSON makes of it. */
class Stored {
  readonly oid = { toJSON: () => 'a' }
  toJSON() {
    return { id: this.oid.toJSON(), at: new Date(0).toISOString() }
  }
}
const at = new Date(0)
const shared = { id: 'a', at }

/** By contract, what a listener that knows nothing of it calls its ack with. */
const CALLS: readonly (readonly [name: string, api: Router, calls: readonly (readonly unknown[])[]])[] = [
  ['a value', router({ it: event.input().ack(Type.Integer()) }), [[1]]],
  ['a receipt', router({ it: event.input().ack() }), [[]]],
  [
    'null',
    router({ it: event.input().ack(Type.Union([Type.Integer(), Type.Null()])) }),
    [[null], [undefined], [], [NaN], [5]],
  ],
  [
    'a document',
    router({ it: event.input().ack(Doc) }),
    [[{ id: 'a', at }], [new Stored()], [{ id: new String('a'), at, skipped: undefined }]],
  ],
  ['documents', router({ it: event.input().ack(Type.Array(Doc)) }), [[[shared, new Stored()]], [[]]]],
  ['binary data', router({ it: event.input().ack(Type.Uint8Array()) }), [[Buffer.from('ab')], [new Uint8Array(2)]]],
  [
    'bytes in a document',
    router({ it: event.input().ack(Type.Object({ data: Type.Uint8Array(), at: Type.String() })) }),
    [[{ data: Buffer.from('ab'), at }]],
  ],
  [
    'an error-first receipt',
    router({ it: event.input().ack({ errorFirst: true }) }),
    [
      [],
      [null],
      [undefined],
      [null, null],
      [null, undefined],
      [undefined, null],
      ['no'],
      ['no', null],
      ['no', undefined],
    ],
  ],
  [
    'an error-first value',
    router({ it: event.input().ack(Doc, { errorFirst: true }) }),
    [[null, { id: 'a', at: '2026-01-01T00:00:00Z' }], [undefined, new Stored()], [null, shared], ['no'], ['no', null]],
  ],
  [
    'an error-first value that may be missing',
    router({ it: event.input().ack(Type.Union([Doc, Type.Null()]), { errorFirst: true }) }),
    [[null, null], [null, undefined], [null], [], [null, shared]],
  ],
  [
    'an error-first ack with errors of its own',
    router({
      it: event.input().ack({ errorFirst: Type.Object({ code: Type.String(), at: Type.String() }) }),
    }),
    [
      [{ code: 'NO', at: '' }],
      [{ code: 'NO', at }],
      [Object.assign(new Error('secret'), { code: 'NO', at })],
      [{ code: 'NO', at }, null],
    ],
  ],
]

/** Calls the listener's ack with the values that are next; the client gets them as they come, packet by packet. */
const packetsOf = async (
  api: Router,
  calls: readonly (readonly unknown[])[],
  context: TestContext,
  isAttached: boolean,
) => {
  const { io, client, errors } = await serve(router({}), context)
  let values: readonly unknown[] = []
  io.on('connection', (socket: Served) => socket.on('it', (ack: Ack) => ack(...values)))
  if (isAttached) attach(io, api).onError(report => void errors.push(report))
  const socket = await client()
  const packets: unknown[] = []
  const { engine }: Socket['io'] = socket.io
  engine.on('packet', ({ type, data }: { type: string; data?: unknown }) => type === 'message' && packets.push(data))
  for (const each of calls) {
    values = each
    await ask(socket, 'it')
  }
  return packets
}

describe('the ack of a plain listener', it => {
  for (const [name, api, calls] of CALLS)
    it(`sends the same packets with a contract as without: ${name}`, async context => {
      const [before, after] = [await packetsOf(api, calls, context, false), await packetsOf(api, calls, context, true)]
      assert.ok(before.length >= calls.length)
      assert.equal(after, before)
    })

  it('is understood by a typed client, whatever the number of its arguments', async context => {
    const api = router({
      touch: event.input().ack({ errorFirst: true }),
      find: event.input().ack(Type.Union([Type.Integer(), Type.Null()]), { errorFirst: true }),
    })
    const { io, url } = await serve(api, context)
    let values: readonly unknown[] = []
    io.on('connection', socket => {
      for (const name of ['touch', 'find']) socket.on(name, (ack: Ack) => ack(...values))
    })
    const options = { forceNew: true, transports: ['websocket'] }
    const clients = [
      createClient(api, url, options),
      createClient<typeof api>(url, { ...options, acks: 'error-first' }),
    ]
    for (const client of clients) {
      context.defer(() => client.close())
      for (values of [[], [null], [undefined], [null, null], [null, undefined]]) {
        assert.ok([null, undefined].includes((await client.emit.touch()) as never), JSON.stringify(values))
        assert.ok([null, undefined].includes((await client.emit.find()) as never), JSON.stringify(values))
      }
      for (values of [['no'], ['no', null]]) {
        const failed = await client.emit.find().catch((error: unknown) => error)
        assert.is(Object(failed).message, 'no')
      }
    }
  })

  it('still sends nothing that neither the value nor its JSON allows, and reports the place in the value', async context => {
    const api = router({ it: event.input().ack(Doc) })
    const { io, client, errors } = await serve(api, context)
    let value: unknown
    io.on('connection', socket => socket.on('it', (ack: Ack) => ack(value)))
    const socket = await client()
    for (value of [{ id: 5, at }, { id: 'a', at: new Date(NaN) }, undefined, { id: 'a', at, big: 5n }])
      assert.equal(await ask(socket, 'it'), [{ $error: { code: 'INTERNAL', message: 'Internal error' } }])
    assert.equal(
      errors.splice(0).map(({ error }) => Reflect.get(Object(error), 'issues')[0].path),
      ['/0/id', '/0/at', '/0', '/0/at'],
    )
  })
})
