import { createServer, request, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { event, router, type Router } from '@ackwire/core'
import * as docs from '@ackwire/docs'
import { Type } from '@sinclair/typebox'
import { Server } from 'socket.io'
import { io } from 'socket.io-client'
import * as assert from 'uvu/assert'
import { describe, type TestContext } from '../../../test/harness.js'
import { corpus, options } from './corpus.js'

const small = router({ ping: event.input().ack() })

const notFound: RequestListener = (_request, response) => {
  response.statusCode = 404
  response.end('the application')
}

/** A server on a free port, and what it answers. */
const start = async ({ defer }: TestContext, listener: RequestListener = notFound) => {
  const server = createServer(listener).listen(0, '127.0.0.1')
  defer(() => new Promise(resolve => server.close(resolve)))
  await new Promise(resolve => server.once('listening', resolve))
  const address: AddressInfo | string | null = server.address()
  const port = typeof address === 'object' ? (address?.port ?? 0) : 0
  const get = (path: string, method = 'GET', headers: Record<string, string> = {}) =>
    new Promise<{ status: number | undefined; headers: Record<string, unknown>; body: string }>((resolve, reject) => {
      const sent = request({ host: '127.0.0.1', port, path, method, headers, agent: false }, response => {
        let body = ''
        response.setEncoding('utf8').on('data', (chunk: string) => (body += chunk))
        response.on('end', () => resolve({ status: response.statusCode, headers: response.headers, body }))
      })
      sent.on('error', reject).end()
    })
  return { server, port, get }
}

const pageOf = async (context: TestContext, api: Router, given?: docs.ServeOptions): Promise<string> => {
  const { server, get } = await start(context)
  docs.serve(server, api, given)
  return (await get('/docs')).body
}

describe('serve', it => {
  it('answers with the page, its style, the YAML and the JSON', async context => {
    const { server, get } = await start(context)
    docs.serve(server, corpus, { ...options, path: '/docs' })
    const yaml = await get('/docs/asyncapi.yaml')
    assert.is(yaml.body, docs.render(corpus, options))
    assert.is(yaml.headers['content-type'], 'application/yaml; charset=utf-8')
    const json = await get('/docs/asyncapi.json?download')
    assert.equal(JSON.parse(json.body), docs.document(corpus, options))
    assert.is(json.headers['content-type'], 'application/json; charset=utf-8')
    const page = await get('/docs')
    assert.is(page.headers['content-type'], 'text/html; charset=utf-8')
    assert.match(page.body, 'user_sign_up')
    assert.is((await get('/docs/style.css')).headers['content-type'], 'text/css; charset=utf-8')
    for (const { headers } of [yaml, json, page]) assert.is(headers['x-content-type-options'], 'nosniff')
  })

  it('sends no body twice to who has it, and none for HEAD', async context => {
    const { server, get } = await start(context)
    docs.serve(server, small)
    const { headers, body } = await get('/docs')
    const known = await get('/docs', 'GET', { 'If-None-Match': `"other", W/${String(headers['etag'])}` })
    assert.equal([known.status, known.body], [304, ''])
    assert.is((await get('/docs', 'GET', { 'If-None-Match': '"other"' })).status, 200)
    const head = await get('/docs', 'HEAD')
    assert.equal([head.status, head.body], [200, ''])
    assert.is(head.headers['content-length'], String(Buffer.byteLength(body)))
  })

  it('sends who adds a slash to the page', async context => {
    const { server, get } = await start(context)
    docs.serve(server, small, { path: '/a/docs' })
    const { status, headers } = await get('/a/docs/?x')
    assert.equal([status, headers['location']], [308, '../docs'])
  })

  it('leaves all other requests to the application', async context => {
    const { server, get } = await start(context)
    docs.serve(server, small)
    for (const path of ['/', '/docs//', '/docs2', '/docs/other', '/doc'])
      assert.is((await get(path)).body, 'the application', path)
    assert.is((await get('/docs', 'POST')).body, 'the application')
  })

  it('answers once, whatever listens besides', async context => {
    const heard: (string | undefined)[] = []
    const { server, get } = await start(context, (incoming, response) => {
      heard.push(incoming.url)
      notFound(incoming, response)
    })
    docs.serve(server, small)
    server.on('request', incoming => heard.push(incoming.url))
    assert.is((await get('/docs')).status, 200)
    assert.equal(heard, [])
    await get('/a')
    assert.equal(heard, ['/a', '/a'])
  })

  it('goes away when it is told to, also from under another', async context => {
    const { server, get } = await start(context)
    const first = docs.serve(server, small, { path: '/one' })
    const second = docs.serve(server, small, { path: '/two' })
    first()
    assert.is((await get('/one')).status, 404)
    assert.is((await get('/two')).status, 200)
    second()
    assert.is((await get('/two')).status, 404)
  })

  for (const order of ['before', 'after']) {
    it(`lets Socket.IO work when it is attached ${order} it`, async context => {
      const { server, port, get } = await start(context)
      if (order === 'after') docs.serve(server, small)
      const sockets = new Server(server)
      context.defer(() => sockets.close())
      sockets.on('connection', socket => socket.on('ping', ack => ack('pong')))
      if (order === 'before') docs.serve(server, small)
      for (const transport of ['polling', 'websocket']) {
        const client = io(`http://127.0.0.1:${port}`, { transports: [transport], reconnection: false })
        context.defer(() => client.close())
        assert.is(await client.timeout(2000).emitWithAck('ping'), 'pong', transport)
      }
      assert.is((await get('/docs')).status, 200)
      assert.is((await get('/nothing')).body, 'the application')
    })
  }

  it('can stand at any path', async context => {
    const { server, get } = await start(context)
    docs.serve(server, small, { path: '/' })
    assert.match((await get('/')).body, 'href="./style.css"')
    docs.serve(server, small, { path: '/a/b/' })
    assert.match((await get('/a/b')).body, 'href="./b/style.css"')
    assert.is((await get('/a/b/style.css')).status, 200)
    assert.throws(
      () => docs.serve(server, small, { path: 'docs' }),
      'ackwire: serve path: expected a path such as "/docs"',
    )
  })
})

describe('the page', it => {
  it('allows no script and no other address, and needs none', async context => {
    const { server, get } = await start(context)
    docs.serve(server, corpus, options)
    const { headers, body } = await get('/docs')
    assert.match(String(headers['content-security-policy']), /^default-src 'none'; style-src 'self'/)
    assert.not.match(String(headers['content-security-policy']), 'unsafe')
    assert.not.match(body, /<script|<style|\sstyle=|\son\w+=|<img|<iframe/i)
    const loaded = [...body.matchAll(/<link[^>]*href="([^"]*)"/g)].map(([, href]) => href)
    assert.equal(loaded, ['data:,', './docs/style.css'])
  })

  it('has an anchor for each link to one', async context => {
    const page = await pageOf(context, corpus, options)
    const ids = new Set([...page.matchAll(/\sid="([^"]*)"/g)].map(([, id]) => id))
    const targets = [...page.matchAll(/href="#([^"]*)"/g)].map(([, id = '']) => decodeURIComponent(id))
    assert.ok(targets.length > 20)
    assert.equal(
      targets.filter(id => !ids.has(id)),
      [],
    )
  })

  it('escapes all text of the contract', async context => {
    const evil = `"><img src=x onerror=alert(1)>'<script>`
    const schema = Type.Object(
      {
        [evil]: Type.String({ description: evil, default: evil, title: evil }),
        e: Type.Union([Type.Literal(evil), Type.Null()]),
      },
      { title: evil, description: evil },
    )
    const api = router(
      {
        [evil]: event
          .input(schema, Type.Literal(evil))
          .ack(schema)
          .errors({ [evil]: schema })
          .describe({
            summary: evil,
            description: `${evil} \`${evil}\``,
            tags: [evil],
            security: ['scheme'],
            externalDocs: { url: `javascript:${evil}`, description: evil },
            examples: [{ name: evil, summary: evil, payload: [{ [evil]: evil, e: evil }, evil] }],
          }),
      },
      { auth: schema, description: evil },
    )
    const page = await pageOf(context, api, {
      info: { title: evil, version: evil, contact: { url: 'javascript:alert(1)', name: evil } },
      servers: { here: { host: 'a', title: evil, pathname: `/${evil}` } },
      securitySchemes: { scheme: { type: 'http', scheme: 'basic', description: evil } },
    })
    assert.not.match(page, '<img')
    assert.not.match(page, /<script/i)
    assert.not.match(page, 'href="javascript')
    assert.match(page, '&quot;&gt;&lt;img src=x onerror=alert(1)&gt;&#39;&lt;script&gt;')
  })

  it('says what an event takes and how it is answered', async context => {
    const page = await pageOf(context, corpus, options)
    for (const text of [
      'client → server',
      'server → client',
      'EMAIL_TAKEN',
      'A receipt, without a value.',
      '/game-{id}',
      'Handshake',
    ])
      assert.match(page, text)
  })
})
