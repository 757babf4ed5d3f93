import { once } from 'node:events'
import { createServer, type Server as HttpServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gzipSync } from 'node:zlib'
import { createClient, safe } from '@ackwire/client'
import { Server } from 'socket.io'
import * as assert from 'uvu/assert'
import { eventually, inBrowser, open } from '../../../test/browser.js'
import { startExample } from '../../../test/example.js'
import { describe, type TestContext } from '../../../test/harness.js'
import type { api } from '../contract.js'
import { downloads } from '../server.js'
import { demoSource, FILES } from '../source.js'

/** Compressed even if the request asks for no encoding. */
const ZEROS = gzipSync(Buffer.alloc(1_000_000))
/** An address where nothing listens. */
const NOBODY = 'http://127.0.0.1:1/nothing'

const listen = async (server: HttpServer): Promise<string> => {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

/** Starts the downloader without its page, and a source that sends its files at a given pace. */
const serve = async ({ defer }: TestContext, pauseMs: number) => {
  const [http, files] = [createServer(), demoSource(pauseMs)]
  const io = new Server(http)
  const ends: boolean[] = []
  const [url, source] = [await listen(http), await listen(files)]
  const packed = createServer((_, response) =>
    response.writeHead(200, { 'content-encoding': 'gzip', 'content-length': ZEROS.length }).end(ZEROS),
  )
  const sources = new Map([
    ...FILES.map(file => [file, `${source}/${file}`] as const),
    ['packed', await listen(packed)],
    ['nobody', NOBODY],
  ])
  downloads(io, sources, (_, isWhole) => ends.push(isWhole))
  for (const server of [files, packed]) defer(() => (server.close(), server.closeAllConnections()))
  defer(() => io.close())
  const client = createClient<typeof api>(url, { transports: ['websocket'] })
  defer(() => client.close())
  return { client, ends, names: [...sources.keys()] }
}

const timeoutMs = 300_000

describe('the downloader example', it => {
  it('reports its progress and the result', { timeoutMs }, async context => {
    const { client, ends, names } = await serve(context, 1)
    assert.equal(await client.once.files(), names)
    const stream = client.stream.download('slow.bin')
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

  it('stops on the server when the reader leaves', { timeoutMs }, async context => {
    const { client, ends } = await serve(context, 100)
    for await (const { bytes } of client.stream.download('slow.bin')) if (bytes > 0) break
    await eventually(() => assert.equal(ends, [false]))
  })

  it('reports no total size if the source sends none', { timeoutMs }, async context => {
    const { client } = await serve(context, 1)
    for (const [file, length] of [
      ['unknown-length.bin', 2_000_000],
      ['packed', 1_000_000],
    ] as const) {
      const stream = client.stream.download(file)
      for await (const { of } of stream) assert.is(of, null)
      assert.is((await stream.result).bytes, length)
    }
  })

  it('reports what went wrong, and fetches only the files that it offers', { timeoutMs }, async context => {
    const { client } = await serve(context, 1)
    const failing = async (file: string) => {
      const stream = client.stream.download(file)
      while (!(await stream.next().catch(() => ({ done: true }))).done);
      const [error] = await safe(stream.result)
      return [error?.code, error?.data]
    }
    assert.equal(await failing('nobody'), ['UNREACHABLE', {}])
    assert.equal(await failing('missing.bin'), ['UNREACHABLE', { status: 404 }])
    const [code, data] = await failing('broken.bin')
    assert.is(code, 'BROKEN_OFF')
    assert.match(JSON.stringify(data), /^{"bytes":\d{6,7},"of":2000000}$/)
    assert.equal(await failing(NOBODY), ['NO_SUCH_FILE', {}])
  })

  it('moves a progress bar and cancels', inBrowser, async context => {
    const { url, stop, printed } = await startExample('downloader')
    context.defer(() => stop())
    const { page, troubles } = await open(context, url)
    const value = (): Promise<string | null> => page.getByLabel('Progress').getAttribute('value')
    await page.getByRole('button', { name: 'Download' }).click()
    await eventually(async () => assert.ok(Number(await value()) > 0.2))
    await page.getByRole('button', { name: 'Cancel' }).click()
    await page.getByText('Cancelled').waitFor()
    await eventually(() => assert.match(printed(), 'cancelled or failed'))
    await page.getByRole('button', { name: 'Download' }).click()
    await page.getByText('2,000 kB in').waitFor()
    assert.is(await value(), '1')
    assert.match(printed(), 'downloaded')

    for (const [file, text] of [
      ['unknown-length.bin', '2,000 kB in'],
      ['broken.bin', 'The source closed the connection after'],
      ['missing.bin', 'The source can’t be reached (404).'],
    ] as const) {
      await page.getByLabel('File').selectOption(file)
      await page.getByRole('button', { name: 'Download' }).click()
      await page.getByText(text).waitFor()
    }
    assert.equal(troubles, [])
  })
})
