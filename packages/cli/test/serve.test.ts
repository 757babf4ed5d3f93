import { readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { Server } from 'socket.io'
import { io } from 'socket.io-client'
import * as assert from 'uvu/assert'
import { describe } from '../../../test/harness.js'
import { contractOf, createFolder } from './ackwire.js'

const timeoutMs = 300_000

const addressIn = (said: string): string => /http:\/\/localhost:\d+\S*?(?=[ ;])/.exec(said)?.[0] ?? ''

/** Resolves when an event of that name comes in a stream of server-sent events. */
const eventIn = async ({ body }: Response, name: string): Promise<void> => {
  let text = ''
  for await (const chunk of body ?? []) {
    text += Buffer.from(chunk as Uint8Array).toString()
    if (text.includes(`event: ${name}\n`)) return
  }
  throw new Error(`no event ${name} in ${text}`)
}

describe('ackwire serve', it => {
  it(
    'serves the page and the document, and updates both when the contract changes',
    { timeoutMs },
    async ({ defer }) => {
      const folder = createFolder(defer)
      folder.write({
        'names.ts': `export const summary = 'Before'`,
        'contract.ts': `import { summary } from './names.js'\n${contractOf('ping: event.input().ack().describe(summary)')}`,
      })
      const running = await folder.startProcess(['serve', 'contract.ts', '-p', '0'], /Ctrl\+C/)
      const address = addressIn(running.said)
      const page = async () => (await fetch(address)).text()
      const html = await page()
      assert.match(html, /ping/)
      assert.match(html, /Before/)
      assert.match((await fetch(`${address}/asyncapi.yaml`)).headers.get('content-type') ?? '', /yaml/)
      assert.is(((await (await fetch(`${address}/asyncapi.json`)).json()) as { asyncapi: string }).asyncapi, '3.0.0')
      assert.match(html, /<script src="\.\/docs\/reload\.js"/)
      assert.match(await (await fetch(`${address}/reload.js`)).text(), /EventSource/)

      const stop = new AbortController()
      defer(() => stop.abort())
      // The page is known to be waiting before the file changes.
      const told = eventIn(await fetch(`${address}/reload`, { signal: stop.signal }), 'reload')
      writeFileSync(join(folder.path, 'names.ts'), `export const summary = 'After'`)
      await told
      assert.match(await page(), /After/)

      writeFileSync(join(folder.path, 'contract.ts'), 'export const api = ')
      assert.match(await running.next(/Unexpected/), /^contract\.ts:1:\d+: Unexpected end of file/m)
      assert.match(await page(), /After/)

      const { code, out } = await running.stop()
      assert.equal([code, out], [0, ''])
    },
  )

  it(
    'forwards all other requests to a running server, including those of Socket.IO',
    { timeoutMs },
    async ({ defer }) => {
      const http = createServer((_, response) => response.end('from the server'))
      const server = new Server(http)
      server.on('connection', socket => socket.on('ping', (answer: (text: string) => void) => answer('pong')))
      await new Promise<void>(done => http.listen(0, done))
      defer(() => server.close())
      const target = `http://localhost:${(http.address() as AddressInfo).port}`

      const folder = createFolder(defer)
      folder.write({ 'contract.ts': contractOf('ping: event.input().ack(Type.String())') })
      const running = await folder.start(['serve', 'contract.ts', '-p', '0', '--server', target], /Ctrl\+C/)
      const address = addressIn(running.said)
      assert.is(await (await fetch(new URL('/anything', address))).text(), 'from the server')
      assert.match(await (await fetch(address)).text(), new RegExp(target.slice('http://'.length)))
      for (const transport of ['polling', 'websocket']) {
        const client = io(new URL('/', address).href, { transports: [transport] })
        defer(() => client.close())
        assert.is(await client.timeout(timeoutMs).emitWithAck('ping'), 'pong', transport)
        client.close()
      }
      await running.stop()
    },
  )

  it('reports that the server does not answer', { timeoutMs }, async ({ defer }) => {
    const folder = createFolder(defer)
    folder.write({ 'contract.ts': contractOf('ping: event.input().ack()') })
    const running = await folder.start(['serve', 'contract.ts', '-p', '0', '--server', 'http://localhost:9'], /Ctrl\+C/)
    const response = await fetch(new URL('/anything', addressIn(running.said)))
    assert.is(response.status, 502)
    assert.match(await response.text(), /^The server at http:\/\/localhost:9 does not answer/)
    await running.stop()
  })

  it('serves documents, even third-party ones, at the given path', { timeoutMs }, async ({ defer }) => {
    const folder = createFolder(defer)
    folder.copy('python.yaml')
    const running = await folder.start(['serve', 'python.yaml', '-p', '0', '--path', '/'], /Ctrl\+C/)
    const address = addressIn(running.said)
    const html = await (await fetch(address)).text()
    assert.match(html, /place_order/)
    assert.match(html, /Kitchen/)
    const text = await (await fetch(new URL('/asyncapi.yaml', address))).text()
    assert.match(text, /^asyncapi: 2\.5\.0/)
    assert.is((await fetch(new URL('/none', address))).status, 404)
    assert.ok(readFileSync(join(folder.path, 'python.yaml')).length > 0)
    await running.stop()
  })

  it('can’t listen on a used port, and suggests another', { timeoutMs }, async ({ defer }) => {
    const http = createServer()
    await new Promise<void>(done => http.listen(0, 'localhost', done))
    defer(() => http.close())
    const folder = createFolder(defer)
    folder.write({ 'contract.ts': contractOf('ping: event.input()') })
    const { code, err } = await folder.ackwire(
      'serve',
      'contract.ts',
      '-p',
      String((http.address() as AddressInfo).port),
    )
    assert.is(code, 2)
    assert.match(err, /^can't listen at localhost:\d+: .*EADDRINUSE.*; choose another with --port\n$/)
  })
})
