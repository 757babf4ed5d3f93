import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { Socket as NetSocket } from 'node:net'
import { event, router } from '@ackwire/core'
import { io, type Manager } from 'socket.io-client'
import * as assert from 'uvu/assert'
import { describe } from '../../../test/harness.js'
import { serve } from '../../core/test/serve.js'
import { hookWrites, isOpen, websocketOf } from '../src/node/socket-io-internals.js'

const source = readFileSync(new URL('../src/node/socket-io-internals.ts', import.meta.url), 'utf8')
const require = createRequire(import.meta.url)
const fromClient = createRequire(require.resolve('socket.io-client'))
const fromEngine = createRequire(fromClient.resolve('engine.io-client'))
const REQUIRED_BY = { 'socket.io-client': require, 'engine.io-client': fromClient, ws: fromEngine }

const api = router({ ping: event.input().ack() })

type Transport = Manager['engine']['transport']

describe('the private fields that the client of Node uses', it => {
  it('are named with the installed releases', () => {
    const named = new Set([...source.matchAll(/\b([\w.-]+ \d+\.\d+\.\d+)\)/g)].map(([, text]) => text))
    const installed = Object.entries(REQUIRED_BY).map(([name, from]) => {
      const { version } = from(`${name}/package.json`) as { readonly version: string }
      return `${name} ${version}`
    })
    assert.equal([...named].sort(), installed.sort())
  })

  it('are those of a websocket over TCP', async context => {
    const { url } = await serve(api, context)
    const socket = io(url, { transports: ['websocket'], forceNew: true })
    context.defer(() => socket.disconnect())
    assert.not(isOpen(socket.io))
    await new Promise<void>(done => socket.once('connect', done))
    assert.ok(isOpen(socket.io))
    const { transport } = socket.io.engine
    const websocket = websocketOf(transport)
    assert.ok(websocket?.tcp instanceof NetSocket)
    assert.equal([websocket.readyState, websocket.extensions], [1, ''])
    assert.equal(
      [typeof Reflect.get(transport, 'write'), typeof Reflect.get(transport, 'doWrite')],
      Array(2).fill('function'),
    )
  })

  it('are missing elsewhere, which is left alone', async context => {
    const { client } = await serve(api, context)
    const { transport } = (await client('/', { transports: ['polling'] })).io.engine
    assert.is(websocketOf(transport), undefined)
    const { write } = transport as unknown as { readonly write: unknown }
    hookWrites(transport, () => undefined)
    assert.is(Reflect.get(transport, 'write'), write)

    const others: unknown[] = [undefined, null, {}, { readyState: 1, extensions: '' }]
    for (const tcp of [null, {}, { cork: () => {} }]) others.push({ readyState: 1, extensions: '', _socket: tcp })
    for (const ws of others) {
      const written: unknown[] = []
      const other = { name: 'websocket', ws, write: (packets: unknown) => written.push(packets), doWrite: () => {} }
      hookWrites(other as unknown as Transport, () => Buffer.alloc(1))
      other.write(['one', 'two'])
      assert.equal(written, [['one', 'two']])
    }
  })
})
