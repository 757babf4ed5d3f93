import { createClient, safe } from '@ackwire/client'
import * as assert from 'uvu/assert'
import { describe } from '../../../test/harness.js'
import { build } from '../app.js'
import type { api } from '../contract.js'

describe('the Fastify example', it => {
  it(
    'serves routes, sockets and the documentation on one port, and closes',
    { timeoutMs: 300_000 },
    async ({ defer }) => {
      const app = build()
      defer(() => app.close())
      const url = await app.listen({ port: 0, host: '127.0.0.1' })
      const client = createClient<typeof api>(url, { transports: ['websocket'] })
      defer(() => client.close())

      await client.emit.follow('42')
      const shipped = client.timeout(10_000).once.shipped()
      const other = await fetch(`${url}/orders/41/ship`, { method: 'POST' })
      assert.equal(await other.json(), { order: '41', status: 'shipped' })
      assert.is((await fetch(`${url}/orders/42/ship`, { method: 'POST' })).status, 200)
      assert.is((await shipped).order, '42')

      const [error] = await safe(client.emit.follow('forty-two'))
      assert.is(error?.code, 'INVALID_INPUT')

      assert.match(await (await fetch(`${url}/docs`)).text(), /<html/)
      assert.match(await (await fetch(`${url}/docs/asyncapi.yaml`)).text(), /^asyncapi: /)
      assert.is((await fetch(`${url}/nowhere`)).status, 404)

      const left = new Promise(resolve => client.on.disconnect(resolve))
      await app.close()
      await left
    },
  )
})
