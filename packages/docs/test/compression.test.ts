import { request } from 'node:http'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { event, router } from '@ackwire/core'
import * as docs from '@ackwire/docs'
import { Type } from '@sinclair/typebox'
import * as assert from 'uvu/assert'
import { describe, type TestContext } from '../../../test/harness.js'
import { start } from './listening.js'

const FILES = ['/docs', '/docs/page.js', '/docs/page.css', '/docs/asyncapi.yaml', '/docs/asyncapi.json']
const READERS = { br: brotliDecompressSync, gzip: gunzipSync }

interface Answer {
  readonly status: number | undefined
  readonly headers: Readonly<Record<string, unknown>>
  readonly body: Buffer
}

/** Serves a contract of as many events, and returns a function that sends requests with headers. */
const serve = async (context: TestContext, events: number) => {
  const schema = Type.Object({
    id: Type.String(),
    items: Type.Array(Type.Object({ name: Type.String(), n: Type.Integer() })),
  })
  const names = Array.from({ length: events }, (_, index) => `event_${index}`)
  const api = router(
    Object.fromEntries(names.map(name => [name, event.input(schema).ack(schema).describe(`About ${name}.`)])),
  )
  const { server, port } = await start(context)
  docs.serve(server, api)
  return (path: string, headers: Record<string, string>, method = 'GET') =>
    new Promise<Answer>((resolve, reject) => {
      request({ host: '127.0.0.1', port, path, method, headers, agent: false }, response => {
        const chunks: Buffer[] = []
        response.on('data', (chunk: Buffer) => chunks.push(chunk))
        response.on('end', () =>
          resolve({ status: response.statusCode, headers: response.headers, body: Buffer.concat(chunks) }),
        )
      })
        .on('error', reject)
        .end()
    })
}

describe('the page and its files', it => {
  it('are sent compressed to who accepts it, with the same ETag', async context => {
    const get = await serve(context, 40)
    for (const path of FILES) {
      const plain = await get(path, {})
      assert.is(plain.headers['content-encoding'], undefined)
      assert.is(plain.headers['vary'], 'Accept-Encoding')
      for (const encoding of ['br', 'gzip'] as const) {
        const sent = await get(path, { 'Accept-Encoding': encoding })
        assert.is(sent.headers['content-encoding'], encoding, path)
        assert.is(sent.headers['etag'], plain.headers['etag'])
        assert.is(Number(sent.headers['content-length']), sent.body.length)
        assert.ok(sent.body.length < plain.body.length / 2, `${path} ${sent.body.length} of ${plain.body.length}`)
        assert.ok(READERS[encoding](sent.body).equals(plain.body), path)
        const head = await get(path, { 'Accept-Encoding': encoding }, 'HEAD')
        assert.equal([head.headers['content-length'], head.body.length], [sent.headers['content-length'], 0])
        const again = { 'Accept-Encoding': encoding, 'If-None-Match': `W/${String(sent.headers['etag'])}` }
        assert.is((await get(path, again)).status, 304)
      }
    }
  })

  it('are sent in the encoding that the client prefers', async context => {
    const get = await serve(context, 40)
    for (const [accepted, encoding] of [
      ['gzip, deflate, br, zstd', 'br'],
      ['br;q=0.5, gzip', 'gzip'],
      ['GZIP;Q=0.2', 'gzip'],
      ['br;q=0, *', 'gzip'],
      ['*', 'br'],
      ['br;q=0, gzip;q=0', undefined],
      ['identity', undefined],
      ['*;q=0', undefined],
      ['br;q=x', undefined],
      ['', undefined],
    ] as const)
      assert.is((await get('/docs', { 'Accept-Encoding': accepted })).headers['content-encoding'], encoding, accepted)
  })

  it('of 2,000 events are less than 300 kB at the first visit', { timeoutMs: 300_000 }, async context => {
    const get = await serve(context, 2_000)
    const sizes = await Promise.all(
      FILES.slice(0, 3).map(path => get(path, { 'Accept-Encoding': 'br' }).then(({ body }) => body.length)),
    )
    const sum = sizes.reduce((so, size) => so + size, 0)
    console.log(`2,000 events: ${sizes.join(' + ')} bytes`)
    assert.ok(sum <= 300_000, sizes.join(' + '))
  })
})
