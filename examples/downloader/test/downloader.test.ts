import { once } from 'node:events'
import { createServer, type Server as HttpServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createClient, safe } from '@ackwire/client'
import { Server } from 'socket.io'
import * as assert from 'uvu/assert'
import { eventually, inBrowser, open } from '../../../test/browser.js'
import { startExample } from '../../../test/example.js'
import { describe, type TestContext } from '../../../test/harness.js'
import type { api } from '../contract.js'
import { downloads } from '../server.js'
import { slowFile } from '../source.js'

const listen = async (server: HttpServer): Promise<string> => {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

/** The downloader without its page, and a file that comes at a pace. */
const serve = async ({ defer }: TestContext, pauseMs: number) => {
  const [http, file] = [createServer(), slowFile(pauseMs)]
  const io = new Server(http)
  const ends: boolean[] = []
  downloads(io, isWhole => ends.push(isWhole))
  const [url, source] = [await listen(http), await listen(file)]
  defer(() => (file.close(), file.closeAllConnections()))
  defer(() => io.close())
  const client = createClient<typeof api>(url, { transports: ['websocket'] })
  defer(() => client.close())
  return { client, source, ends }
}

const timeoutMs = 30_000

describe('the downloader example', it => {
  it('tells how far it is, and what it has got', { timeoutMs }, async context => {
    const { client, source, ends } = await serve(context, 1)
    const stream = client.stream.download(source)
    const seen: number[] = []
    for await (const { bytes, of } of stream) {
      assert.is(of, 2_000_000)
      seen.push(bytes)
    }
    const { bytes, sha256 } = await stream.result
    assert.match(sha256, /^[0-9a-f]{64}$/)
    assert.equal(
      seen,
      seen.toSorted((one, other) => one - other),
    )
    assert.equal([bytes, seen.at(-1), ends], [2_000_000, 2_000_000, [true]])
  })

  it('ends on the server when the reader leaves', { timeoutMs }, async context => {
    const { client, source, ends } = await serve(context, 100)
    for await (const { bytes } of client.stream.download(source)) if (bytes > 0) break
    await eventually(() => assert.equal(ends, [false]))
  })

  it('says what can’t be reached', { timeoutMs }, async context => {
    const { client } = await serve(context, 1)
    for (const [url, code] of [
      ['http://127.0.0.1:1/nothing', 'UNREACHABLE'],
      ['not an address', 'INVALID_INPUT'],
    ] as const) {
      const stream = client.stream.download(url)
      await stream.next().catch(() => {})
      const [error] = await safe(stream.result)
      assert.is(error?.code, code)
    }
  })

  it('moves a progress bar, and cancels', inBrowser, async context => {
    const { url, stop, printed } = await startExample('downloader')
    context.defer(() => stop())
    const { page, troubles } = await open(context, url)
    const value = (): Promise<string | null> => page.getByLabel('Progress').getAttribute('value')
    await page.getByRole('button', { name: 'Download' }).click()
    await eventually(async () => assert.ok(Number(await value()) > 0.2))
    await page.getByRole('button', { name: 'Cancel' }).click()
    await page.getByText('Cancelled').waitFor()
    await eventually(() => assert.match(printed(), 'cancelled, or failed'))
    await page.getByRole('button', { name: 'Download' }).click()
    await page.getByText('2,000 kB in').waitFor()
    assert.is(await value(), '1')
    assert.match(printed(), 'downloaded')
    assert.equal(troubles, [])
  })
})
