import { event, router } from '@ackwire/core'
import * as docs from '@ackwire/docs'
import * as assert from 'uvu/assert'
import { describe, type TestContext } from '../../../test/harness.js'
import { saying } from '../../../test/saying.js'
import { notFound, start } from './listening.js'

const small = router({ secret_event: event.input().ack() })
const PATHS = ['/docs', '/docs/', '/docs/page.css', '/docs/page.js', '/docs/asyncapi.yaml', '/docs/asyncapi.json']

/** Given as JavaScript could, with what the types forbid. */
const optionsOf = (allow: unknown): docs.ServeOptions => {
  const options: docs.ServeOptions = {}
  Reflect.set(options, 'allow', allow)
  return options
}

/** Both ways to show the page on a server. */
const WAYS: Readonly<Record<string, (context: TestContext, options: docs.ServeOptions) => ReturnType<typeof start>>> = {
  async serve(context, options) {
    const started = await start(context)
    docs.serve(started.server, small, options)
    return started
  },
  async handler(context, options) {
    const handle = docs.handler(small, options)
    return start(context, (request, response) => handle(request, response, () => notFound(request, response)))
  },
}

const no = new Error('no')
const DENIALS: Readonly<Record<string, () => unknown>> = {
  'returns false': () => false,
  'returns a promise of false': async () => false,
  'returns nothing': () => undefined,
  'returns what is only truthy': () => 'yes',
  'returns a promise of what is only truthy': async () => ({ user: 'alice' }),
  'returns a function': () => () => true,
  'returns an object of true': () => Object(true),
  // oxlint-disable-next-line no-thenable
  'returns a thenable of 1': () => ({ then: (resolve: (value: number) => void) => resolve(1) }),
  'returns what throws when it is awaited': () => ({
    // oxlint-disable-next-line no-thenable
    get then() {
      throw no
    },
  }),
  throws: () => {
    throw no
  },
  rejects: () => Promise.reject(no),
  'rejects later': () => new Promise((_, reject) => setTimeout(reject, 5, no)),
}

for (const [way, show] of Object.entries(WAYS))
  describe(`allow of ${way}`, it => {
    for (const [what, allow] of Object.entries(DENIALS))
      it(`that ${what} reveals nothing of the contract`, async context => {
        const { get } = await show(context, optionsOf(allow))
        for (const path of PATHS) {
          const { status, headers, body } = await get(path)
          assert.is(status, 403, path)
          assert.is(headers['cache-control'], 'no-store')
          assert.is(headers['content-type'], 'text/plain; charset=utf-8')
          assert.equal([headers['etag'], headers['location']], [undefined, undefined])
          assert.match(body, /^Forbidden: the server does not allow/)
        }
        const head = await get('/docs', 'HEAD')
        assert.equal([head.status, head.body], [403, ''])
        assert.is((await get('/docs/asyncapi.json', 'GET', { 'If-None-Match': '*' })).status, 403)
      })

    it('is called for each request for the page, and for no other', async context => {
      const asked: (string | undefined)[] = []
      const allow: docs.ServeOptions['allow'] = ({ method, url, headers }) => {
        asked.push(`${method} ${url}`)
        return headers.cookie === 'session=1'
      }
      const { get } = await show(context, { allow })
      const as = { Cookie: 'session=1' }
      const { headers, status } = await get('/docs', 'GET', as)
      assert.is(status, 200)
      const known = { 'If-None-Match': String(headers['etag']) }
      assert.is((await get('/docs', 'GET', { ...as, ...known })).status, 304)
      assert.is((await get('/docs', 'GET', known)).status, 403)
      assert.is((await get('/docs/page.css?x', 'HEAD')).status, 403)
      await get('/other')
      await get('/docs', 'POST', as)
      assert.equal(asked, ['GET /docs', 'GET /docs', 'GET /docs', 'HEAD /docs/page.css?x'])
    })

    it('keeps allowed responses out of shared caches', async context => {
      const { get } = await show(context, { allow: async () => true })
      for (const path of PATHS) assert.is((await get(path)).headers['cache-control'], 'private, no-cache', path)
      const { headers } = await get('/docs')
      const known = await get('/docs', 'GET', { 'If-None-Match': String(headers['etag']) })
      assert.equal([known.status, known.headers['cache-control']], [304, 'private, no-cache'])
      const open = await show(context, {})
      for (const path of PATHS) assert.is((await open.get(path)).headers['cache-control'], 'no-cache', path)
    })

    it('is refused if it is not a function', async context => {
      let refused = 0
      for (const allow of [true, 'admin', null, undefined])
        try {
          await show(context, optionsOf(allow))
        } catch (error) {
          const expected = `ackwire: options.allow: expected a function that takes the request and returns a boolean or a promise of one, got ${JSON.stringify(allow)}`
          assert.ok(error instanceof TypeError && error.message.startsWith(expected), String(error))
          refused++
        }
      assert.is(refused, 4)
    })
  })

describe('allow', it => {
  it('that is slow leaves a request alone that was answered meanwhile', async context => {
    let decide: (allowed: boolean) => void = () => {}
    const decided = new Promise<boolean>(resolve => (decide = resolve))
    const handle = docs.handler(small, { allow: () => decided })
    const { get } = await start(context, (request, response) => {
      handle(request, response)
      response.writeHead(503).end('late')
    })
    assert.is((await get('/docs')).body, 'late')
    decide(true)
    await new Promise(resolve => setTimeout(resolve, 20))
  })

  it('is refused in functions that serve nothing', () => {
    for (const show of [docs.document, docs.render, docs.html] as const)
      assert.throws(
        () => Reflect.apply(show, undefined, [small, { allow: () => true }]),
        saying('options.allow: there is no such option'),
      )
  })
})
