import type { RequestListener } from 'node:http'
import { createRequire } from 'node:module'
import { router } from '@ackwire/core'
import * as docs from '@ackwire/docs'
import * as assert from 'uvu/assert'
import { describe } from '../../../test/harness.js'
import { notFound, start } from './listening.js'

const small = router({})
const FILES = ['', '/page.css', '/page.js', '/asyncapi.yaml', '/asyncapi.json']

/** The part of Express that these tests use. */
interface Application extends RequestListener {
  use(...given: readonly (string | RegExp | docs.Handler | Application)[]): Application
}
interface Express {
  (): Application
  Router(): Application
}

/** A guard that refuses every request. */
const guard: docs.Handler = (_request, response) => void response.writeHead(401).end('sign in')

/** Request targets that are other spellings of the page's path, or might be taken for it. */
const OTHERS = [
  '/x/docs',
  '/x/docs/',
  '/x/docs/asyncapi.yaml',
  '/docs/docs',
  '/DOCS',
  '/docs/ASYNCAPI.yaml',
  '//docs',
  '/docs//',
  '/docs//asyncapi.yaml',
  '/docs/asyncapi.yaml/',
  '/%64ocs',
  '/docs%2Fasyncapi.yaml',
  '/docs/../docs',
  '/docs/./asyncapi.yaml',
  '/x/../docs/asyncapi.json',
  '/docs;a=b',
  '/docs#a',
  '/docs\\asyncapi.yaml',
  '/x?/docs',
  'http://127.0.0.1/docs',
  'http://127.0.0.1/docs/asyncapi.yaml',
]

describe('handler, at its own path only', it => {
  it('answers at no other path in any form', async context => {
    const handle = docs.handler(small, { path: '/docs' })
    const { get } = await start(context, (request, response) =>
      handle(request, response, () => notFound(request, response)),
    )
    for (const file of FILES) assert.is((await get(`/docs${file}?x=/a#b`)).status, 200, file)
    for (const path of OTHERS) assert.is((await get(path)).body, 'the application', path)
  })

  it('leaves the paths above a path of several parts to others', async context => {
    const handle = docs.handler(small, { path: '/api/docs' })
    const { get } = await start(context, (request, response) =>
      handle(request, response, () => notFound(request, response)),
    )
    const { body } = await get('/api/docs')
    assert.match(body, 'href="./docs/page.css"')
    assert.is((await get('/api/docs/')).body, body)
    for (const path of ['/docs', '/docs/page.js', '/x/api/docs', '/']) assert.is((await get(path)).status, 404, path)
  })
})

const require = createRequire(import.meta.url)
const VERSIONS: Readonly<Record<string, Express>> = { express: require('express'), 'express-4': require('express-4') }

for (const [name, express] of Object.entries(VERSIONS)) {
  describe(`handler, in ${name}`, it => {
    it('is not reached past a guard on its path', async context => {
      const app = express()
        .use('/docs', guard)
        .use(docs.handler(small, { path: '/docs' }), notFound)
      const { get } = await start(context, app)
      for (const file of FILES) assert.is((await get(`/docs${file}`)).status, 401, file)
      for (const path of OTHERS) assert.not.match((await get(path)).body, /ackwire|asyncapi|html/, path)
    })

    it('is not reached past a guard, mounted below a pattern', async context => {
      const every = name === 'express' ? /.*/ : '*'
      for (const mount of [every, '/:any', /^\/\w+/]) {
        const app = express()
          .use('/docs', guard)
          .use(mount, docs.handler(small, { path: '/docs' }), notFound)
        const { get } = await start(context, app)
        for (const path of ['/docs', '/docs/page.css', '/x/docs', '/x/docs/asyncapi.json'])
          // Below `/:any` this is the handler's own path.
          if (!(path.startsWith('/x') && mount !== every))
            assert.not.equal((await get(path)).status, 200, `${path} below ${String(mount)}`)
      }
    })

    it('answers below its mount path', async context => {
      const below = express.Router().use('/v1', docs.handler(small, { path: '/docs' }))
      const app = express()
        .use('/api', docs.handler(small, { path: '/docs' }))
        .use('/nested', below)
        .use('/here', docs.handler(small, { path: '/' }))
        .use(notFound)
      const { get } = await start(context, app)
      for (const at of ['/api/docs', '/api/docs/', '/nested/v1/docs', '/here', '/here/']) {
        const { body } = await get(at)
        const files = [...body.matchAll(/(?:href|src)="(\.[^"]+)"/g)].map(([, file = '']) => file)
        assert.is(files.length, 4, at)
        for (const file of files)
          assert.is((await get(new URL(file, `http://host${at}`).pathname)).status, 200, `${at} ${file}`)
      }
      for (const path of ['/docs', '/nested/docs', '/nested/v1', '/api/x/docs', '/api/', '/here/docs'])
        assert.is((await get(path)).body, 'the application', path)
    })

    it('repeats its path if mounted there', async context => {
      const { get } = await start(context, express().use('/docs', docs.handler(small, { path: '/docs' }), notFound))
      assert.is((await get('/docs')).body, 'the application')
      assert.is((await get('/docs/docs')).status, 200)
    })
  })
}
