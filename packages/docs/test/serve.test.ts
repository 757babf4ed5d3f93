import { event, router } from '@ackwire/core'
import * as docs from '@ackwire/docs'
import { Server } from 'socket.io'
import { io } from 'socket.io-client'
import * as assert from 'uvu/assert'
import { describe, type TestContext } from '../../../test/harness.js'
import { saying } from '../../../test/saying.js'
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

  const proxies: Readonly<Record<string, (path: string) => string>> = {
    'is not there': path => path,
    'adds a slash': path => (/\.\w+$/.test(path) ? path : path.replace(/\/?$/, '/')),
    'takes a slash away': path => path.replace(/(.)\/$/, '$1'),
    'takes a prefix away': path => path.replace(/^\/tools/, ''),
  }
  for (const [proxy, forward] of Object.entries(proxies)) {
    it(`shows the page with its files, with and without a slash, if a proxy ${proxy}`, async context => {
      const served = await start(context)
      docs.serve(served.server, small, { path: '/a/docs' })
      const mounted = docs.handler(small, { path: '/' })
      const root = await start(context, (request, response) => {
        const url = request.url ?? ''
        // As below `app.use('/a/docs', …)`.
        if (/^\/a\/docs(?![^/?])/.test(url))
          Object.assign(request, { originalUrl: url, url: url.slice(7).replace(/^\/?/, '/') })
        mounted(request, response, () => notFound(request, response))
      })
      const prefix = proxy === 'takes a prefix away' ? '/tools' : ''
      for (const { get } of [served, root]) {
        for (const path of [`${prefix}/a/docs`, `${prefix}/a/docs/`]) {
          const page = await get(forward(path))
          assert.equal([page.status, page.headers['content-type']], [200, 'text/html; charset=utf-8'], path)
          const links = [...page.body.matchAll(/(?:href|src|YAML|JSON)"?[=:]"([^"]*\.\w+)"/g)].map(
            ([, link]) => link ?? '',
          )
          assert.is(new Set(links).size, 4)
          for (const link of links) {
            const file = new URL(link, `http://localhost${path}`).pathname
            const { status, headers } = await get(forward(file))
            assert.is(status, 200, file)
            assert.not.match(String(headers['content-type']), 'html')
          }
        }
      }
    })
  }

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
      saying('ackwire: serve path: expected a path such as "/docs"'),
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
      saying('ackwire: serve: the Socket.IO server listens on no HTTP server yet'),
    )
  })
})

describe('handler', it => {
  it('answers requests for the page and its files, and others with 404', async context => {
    const { get } = await start(context, docs.handler(corpus, options))
    assert.match((await get('/docs')).body, 'user_sign_up')
    assert.is((await get('/docs/asyncapi.yaml')).body, docs.render(corpus, options))
    assert.is((await get('/docs/page.js?x')).status, 200)
    assert.is((await get('/docs/')).body, (await get('/docs')).body)
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
    for (const path of ['/', '/?x', '/page.css', '/asyncapi.yaml', '/api', '/api?x', '/api/', '/api/?x'])
      assert.is((await get(path)).status, 200, path)
    assert.match((await get('/')).body, 'href="./page.css"')
    // From `/api`, `./page.css` would be the application's.
    for (const path of ['/api', '/api/']) assert.match((await get(path)).body, 'href="./api/page.css"')
    for (const path of ['/api/asyncapi.json', '/api/api/asyncapi.json']) assert.is((await get(path)).status, 200, path)
    assert.is((await get('/api', 'POST')).body, 'the application')
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
