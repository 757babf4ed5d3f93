import { event, router } from '@ackwire/core'
import * as docs from '@ackwire/docs'
import { Server } from 'socket.io'
import { io } from 'socket.io-client'
import * as assert from 'uvu/assert'
import { describe, type TestContext } from '../../../test/harness.js'
import { corpus, options } from './corpus.js'
import { notFound, start } from './listening.js'

const small = router({ ping: event.input().ack() })

describe('serve', it => {
  it('answers with the page, its script and style, the YAML and the JSON', async context => {
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
    assert.is((await get('/docs/page.css')).headers['content-type'], 'text/css; charset=utf-8')
    assert.is((await get('/docs/page.js')).headers['content-type'], 'text/javascript; charset=utf-8')
    for (const { headers } of [yaml, json, page]) assert.is(headers['x-content-type-options'], 'nosniff')
  })

  it('sends no body to a client that has it, and none for HEAD', async context => {
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

  it('redirects a path with a slash to the page', async context => {
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

  it('answers once, even with other listeners', async context => {
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

  it('can be removed, even from under another wrapper', async context => {
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
        assert.is(await client.timeout(10_000).emitWithAck('ping'), 'pong', transport)
      }
      assert.is((await get('/docs')).status, 200)
      assert.is((await get('/nothing')).body, 'the application')
    })
  }

  it('can be served at any path', async context => {
    const { server, get } = await start(context)
    docs.serve(server, small, { path: '/' })
    assert.match((await get('/')).body, 'href="./page.css"')
    docs.serve(server, small, { path: '/a/b/' })
    assert.match((await get('/a/b')).body, 'href="./b/page.css"')
    assert.is((await get('/a/b/page.css')).status, 200)
    assert.throws(
      () => docs.serve(server, small, { path: 'docs' }),
      'ackwire: serve path: expected a path such as "/docs"',
    )
  })
})

describe('serve with a Socket.IO server', it => {
  it('shows the page on the server that it listens on', async context => {
    const { server, get } = await start(context)
    const sockets = new Server(server)
    context.defer(() => sockets.close())
    docs.serve(sockets, small)
    assert.is((await get('/docs')).status, 200)
    assert.throws(
      () => docs.serve(new Server(), small),
      'ackwire: serve: the Socket.IO server listens on no HTTP server yet',
    )
  })
})

describe('handler', it => {
  it('answers requests for the page and its files, and others with 404', async context => {
    const { get } = await start(context, docs.handler(corpus, options))
    assert.match((await get('/docs')).body, 'user_sign_up')
    assert.is((await get('/docs/asyncapi.yaml')).body, docs.render(corpus, options))
    assert.is((await get('/docs/page.js?x')).status, 200)
    assert.equal([(await get('/docs/')).status, (await get('/docs/')).headers['location']], [308, '../docs'])
    for (const path of ['/', '/other', '/docs/other']) assert.is((await get(path)).status, 404, path)
    assert.is((await get('/docs', 'POST')).status, 404)
  })

  it('passes other requests on', async context => {
    const handle = docs.handler(small, { path: '/reference' })
    const { get } = await start(context, (request, response) =>
      handle(request, response, () => notFound(request, response)),
    )
    assert.is((await get('/reference')).status, 200)
    assert.is((await get('/docs')).body, 'the application')
  })

  it('takes nothing else from the application with the root path', async context => {
    const handle = docs.handler(small, { path: '/' })
    const { get } = await start(context, (request, response) => {
      const url = request.url ?? ''
      // As under `app.use('/api', …)`.
      if (url.startsWith('/api')) Object.assign(request, { originalUrl: url, url: url.slice(4).replace(/^\/?/, '/') })
      handle(request, response, () => notFound(request, response))
    })
    for (const path of ['/', '/?x', '/page.css', '/asyncapi.yaml', '/api/', '/api/?x', '/api/asyncapi.json'])
      assert.is((await get(path)).status, 200, path)
    // From `/api`, the page's `./page.css` would be that of the application.
    for (const path of ['/api', '/api?x']) {
      const { status, headers } = await get(path)
      assert.equal([status, headers['location']], [308, './api/'], path)
      assert.is((await get(path, 'POST')).body, 'the application', path)
    }
    for (const path of ['/users/', '/v1/asyncapi.yaml', '/a/page.css', '//', '/api/users/'])
      assert.is((await get(path)).body, 'the application', path)
  })

  it('shows a third-party document', async context => {
    const document: docs.AsyncApiDocument = JSON.parse(JSON.stringify(docs.document(corpus, options)))
    const { get } = await start(context, docs.handler(document))
    assert.equal(JSON.parse((await get('/docs/asyncapi.json')).body), document)
  })
})

describe('the servers that the page may connect to', it => {
  const policyOf = async (given: docs.ServeOptions, context: TestContext) =>
    start(context, docs.handler(small, given))
      .then(({ get }) => get('/docs'))
      .then(({ headers }) => /connect-src ([^;]*)/.exec(String(headers['content-security-policy']))?.[1])

  it('are its own host and those in the document', async context => {
    assert.is(await policyOf({}, context), "'self'")
    const servers = {
      production: { host: 'chat.example.org', protocol: 'wss' },
      local: { host: 'localhost:3000' },
    } as const
    assert.is(
      await policyOf({ servers }, context),
      "'self' https://chat.example.org wss://chat.example.org http://localhost:3000 ws://localhost:3000",
    )
  })

  it('are those in a third-party document, except entries without a host', async context => {
    const { components, ...rest } = JSON.parse(JSON.stringify(docs.document(small))) as docs.AsyncApiDocument
    const servers: unknown = {
      a: { $ref: '#/components/servers/a' },
      b: null,
      c: { host: 1 },
      d: { $ref: '#/nowhere' },
    }
    const content = {
      ...rest,
      servers,
      components: { ...components, servers: { a: { host: 'a.example', protocol: 'wss' } } },
    }
    // Its type is only known where we have written it.
    const { get } = await start(context, docs.handler(content as docs.AsyncApiDocument))
    const { headers } = await get('/docs')
    assert.match(String(headers['content-security-policy']), "connect-src 'self' https://a.example wss://a.example;")
  })

  it('are those that are given, or none', async context => {
    const url = ['https://a.example/path', 'http://b.example:81']
    assert.is(
      await policyOf({ console: { url } }, context),
      'https://a.example wss://a.example http://b.example:81 ws://b.example:81',
    )
    assert.is(await policyOf({ console: false }, context), "'none'")
    await policyOf({ console: { url: 'nowhere' } }, context).then(assert.unreachable, (error: unknown) =>
      assert.match(String(error), 'console.url: expected an address'),
    )
  })
})
