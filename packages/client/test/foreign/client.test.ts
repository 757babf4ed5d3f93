import { createClient, EventError, safe, type ClientOptions } from '@ackwire/client'
import * as assert from 'uvu/assert'
import { describe, type TestContext } from '../../../../test/harness.js'
import { TRANSPORTS } from '../../../core/test/serve.js'
import { api } from './contract.js'
import { PYTHON, run } from './python.js'

/** Starts a python-socketio server and resolves to its address. */
const listen = async (context: TestContext): Promise<string> => {
  const [port] = await run(context, 'server.py').told('listening')
  return `http://127.0.0.1:${port}`
}

const bytesOf = (value: unknown): number[] => [...Buffer.from(value as Uint8Array)]

const CLIENTS = {
  'with the contract': (url: string, options: ClientOptions<unknown>) => createClient(api, url, options),
  'with its types': (url: string, options: ClientOptions<unknown>) => createClient<typeof api>(url, options),
}

const isChecked = (kind: string): boolean => kind === 'with the contract'

for (const [kind, create] of Object.entries(CLIENTS)) {
  for (const transport of TRANSPORTS) {
    const start = async (context: TestContext) => {
      const url = await listen(context)
      const client = create(url, { transports: [transport], forceNew: true, reconnection: false, ackTimeout: 5_000 })
      context.defer(() => client.close())
      return client
    }

    describe(`a python-socketio server over ${transport}, for our client ${kind}`, it => {
      it('answers a value, several, and nothing', { needs: PYTHON }, async context => {
        const client = await start(context)
        assert.is(await client.emit.divide(6, 4), 1.5)
        assert.is(await client.emit.first(), 'first', 'the first counts')
        assert.is(await client.emit.touch(), undefined)
      })

      it('answers null without an argument, where null is declared', { needs: PYTHON }, async context => {
        const client = await start(context)
        assert.is(await client.emit.find(true), 7)
        assert.is(await client.emit.find(false), isChecked(kind) ? null : undefined)
      })

      it('answers errors in the envelope', { needs: PYTHON }, async context => {
        const client = await start(context)
        const [error] = await safe(client.emit.divide(1, 0))
        assert.equal([error?.code, error?.message, error?.data], ['BY_ZERO', 'No', { dividend: 1 }])
        const [refused] = await safe(client.emit.refuse())
        assert.is(refused?.code, 'INVALID_INPUT')
        assert.equal(refused?.issues, [{ path: '/0', message: 'Expected integer' }])
      })

      it('answers garbage, and the call still settles', { needs: PYTHON }, async context => {
        const client = await start(context)
        const codeOf = async (kind: string): Promise<unknown> => (await safe(client.emit.garble(kind)))[0]?.code
        assert.is(await codeOf('envelope'), 'INVALID_REPLY')
        assert.is(await codeOf('issues'), 'INVALID_INPUT')
        assert.is(await codeOf('text'), isChecked(kind) ? 'INVALID_REPLY' : undefined)
        assert.is(await codeOf('nothing'), isChecked(kind) ? 'INVALID_REPLY' : undefined)
        assert.is(await codeOf('unparsable'), 'DISCONNECTED', 'NaN is not JSON')
      })

      it('emits several arguments', { needs: PYTHON }, async context => {
        const client = await start(context)
        const heard = client.once.joined()
        client.emit.move(1, 2)
        assert.equal(await heard, ['moved', 3])
      })

      it('takes, answers and emits bytes', { needs: PYTHON }, async context => {
        const client = await start(context)
        assert.equal(bytesOf(await client.emit.reverse(Uint8Array.of(1, 2, 255))), [255, 2, 1])
        const heard = client.once.snapshot()
        client.emit.show()
        assert.equal(bytesOf(await heard), [1, 2, 255])
      })

      it('receives our answers: a value, none, bytes, errors', { needs: PYTHON }, async context => {
        const client = await start(context)
        client.on.double(number => number * 2)
        client.on.nothing(() => {})
        client.on.mirror(data => Uint8Array.from(bytesOf(data).toReversed()))
        client.on.busy(() => {
          throw new EventError('BUSY', 5, 'Busy')
        })
        const value = { many: false, none: false }
        assert.equal(await client.emit.relay('double', 21), { answer: 42, ...value })
        assert.equal(await client.emit.relay('nothing'), { answer: null, many: false, none: true })
        const $error = { code: 'BUSY', message: 'Busy', data: 5 }
        assert.equal(await client.emit.relay('busy'), { answer: { $error }, ...value })
        const { answer } = (await client.emit.relay('mirror', Buffer.from([1, 2, 255]))) as { answer: Uint8Array }
        assert.equal(bytesOf(answer), [255, 2, 1])
      })

      it('accepts our auth for a namespace, or refuses it with a reason', { needs: PYTHON }, async context => {
        const client = await start(context)
        const admin = client.of('/admin', { auth: { token: 'secret' } })
        assert.is(await admin.emit.who(), '/admin')
        assert.is(await client.of('/game-{id}', { id: '42' }).emit.who(), '/game-42')
        const refused = create(await listen(context), { transports: [transport], forceNew: true, reconnection: false })
        context.defer(() => refused.close())
        const intruder = refused.of('/admin', { auth: { token: 'wrong' } })
        const error = await new Promise<unknown>(resolve => intruder.on.connect_error(({ data }) => resolve(data)))
        assert.equal(error, { code: 'UNAUTHORIZED', message: 'Who are you?' })
      })
    })
  }
}
