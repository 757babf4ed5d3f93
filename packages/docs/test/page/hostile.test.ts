import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { gzipSync } from 'node:zlib'
import { event, router } from '@ackwire/core'
import * as docs from '@ackwire/docs'
import { Type } from '@sinclair/typebox'
import { buildSync } from 'esbuild'
import * as assert from 'uvu/assert'
import { describe, type TestContext } from '../../../../test/harness.js'
import { saying } from '../../../../test/saying.js'
import { assets } from '../../src/site/assets.js'
import { chat, options, startChat } from './app.js'
import { eventually, inBrowser, open, show } from '../../../../test/browser.js'

const EVIL = `"><img src=x onerror=alert(1)>'</script><script>alert(2)</script><!--`

/** Returns the document of a contract whose strings all try to become markup. */
const hostile = () => {
  const schema = Type.Object(
    {
      [EVIL]: Type.String({
        description: EVIL,
        default: EVIL,
        title: EVIL,
        examples: [EVIL],
        pattern: EVIL.replaceAll(/[()]/g, '.') + '|',
      }),
      e: Type.Union([Type.Literal(EVIL), Type.Null()]),
      __proto: Type.Optional(Type.String()),
    },
    {
      title: EVIL,
      description: `[a](javascript:alert(3)) ![b](https://evil.example/i.png) <b onclick=alert(4)>c</b>\n\n${EVIL}`,
    },
  )
  const example = { [EVIL]: EVIL, e: EVIL }
  const api = router(
    {
      [EVIL]: event
        .input(schema, Type.Literal(EVIL))
        .ack(schema)
        .errors({ [EVIL]: schema })
        .describe({
          summary: EVIL,
          description: `${EVIL} [link](javascript:alert(5)) <iframe src="https://evil.example"></iframe>`,
          tags: [EVIL],
          security: ['scheme'],
          externalDocs: { url: `javascript:${EVIL}`, description: EVIL },
          examples: [{ name: EVIL, summary: EVIL, payload: [example, EVIL] }],
        }),
      out: event.output(schema).ack(schema),
      constructor: event.input(Type.String()),
    },
    { auth: schema, description: EVIL },
  )
  const document = docs.document(api, {
    info: { title: EVIL, version: EVIL, contact: { url: 'javascript:alert(6)', name: EVIL } },
    securitySchemes: { scheme: { type: 'http', scheme: 'bearer', description: EVIL } },
  })
  const server = {
    title: EVIL,
    pathname: EVIL,
    protocol: 'wss',
    'x-socketio': { protocol: 5, engineio: 4, transports: [] },
  } as const
  // Such a host is refused when a document is created, but a third-party document may contain one.
  return { ...document, servers: { one: { ...server, host: 'a;script-src *' }, two: { ...server, host: EVIL } } }
}

/** Writes a page that is a single file, and returns its address. */
const writePage = ({ defer }: TestContext, html: string): string => {
  const folder = mkdtempSync(join(tmpdir(), 'ackwire-page-'))
  defer(() => rmSync(folder, { recursive: true }))
  writeFileSync(join(folder, 'docs.html'), html)
  return pathToFileURL(join(folder, 'docs.html')).href
}

describe('a hostile contract', it => {
  it('is shown as text in every view', inBrowser, async context => {
    const document = hostile()
    const { page, troubles, requested } = await open(context, writePage(context, docs.html(document)))
    page.on('dialog', dialog => {
      troubles.push(`dialog: ${dialog.message()}`)
      dialog.dismiss().catch(() => {})
    })
    const hashes = [
      '#/',
      ...Object.keys(document.channels).map(key => `#/namespaces/${encodeURIComponent(key)}`),
      ...Object.keys(document.operations).map(key => `#/events/${encodeURIComponent(key)}`),
      ...Object.keys(document.components.schemas ?? {}).map(key => `#/schemas/${encodeURIComponent(key)}`),
      '#/events/__proto__',
      '#/schemas/constructor',
      '#/events/%E0%A4%A',
    ]
    for (const hash of hashes) {
      await show(page, hash)
      await page.getByRole('heading', { level: 1 }).waitFor()
      for (const tab of await page.getByRole('tab').all()) await tab.click()
      for (const summary of await page.locator('main summary').all()) await summary.click()
      const tags =
        'img, iframe, b, [onclick], [onerror], a[href^="javascript"], script:not([type="application/json"]) + script:not([type])'
      assert.is(await page.locator(tags).count(), 0, hash)
    }
    assert.ok((await page.locator('body').innerText()).length > 100)
    assert.equal(troubles, [])
    assert.equal(
      requested.filter(url => !/^(file|data):/.test(url)),
      [],
    )
  })

  it('adds nothing to the policy', () => {
    const [, policy = ''] = /Content-Security-Policy" content="([^"]*)"/.exec(docs.html(hostile())) ?? []
    assert.match(policy, 'connect-src &#39;none&#39;')
    assert.not.match(policy, 'script-src *')
    assert.throws(
      () => docs.html(chat, { ...options, console: { url: "https://a';script-src *" } }),
      saying('console.url'),
    )
  })
})

describe('the policy', it => {
  it('is kept by the page, which makes no other requests', inBrowser, async context => {
    const app = await startChat()
    context.defer(app.close)
    const { page, troubles, requested } = await open(context, `${app.url}/docs#/events/receive_ping`)
    await page.getByRole('button', { name: 'Connect' }).click()
    await page.getByText('Connected /').waitFor()
    await page.getByRole('button', { name: 'Send', exact: true }).click()
    await page.getByText('A receipt, without a value.').first().waitFor()
    const hosts = new Set(requested.filter(url => !url.startsWith('data:')).map(url => new URL(url).host))
    assert.equal([...hosts], [new URL(app.url).host])
    assert.equal(troubles, [])
    const response = await fetch(`${app.url}/docs`)
    const policy = response.headers.get('content-security-policy') ?? ''
    assert.match(
      policy,
      /^default-src 'none'; script-src 'self'; style-src 'self'; img-src data:; connect-src 'self'; /,
    )
    assert.not.match(policy, 'unsafe')
    assert.not.match(await response.text(), /<script>|<style|\sstyle=|\son\w+=/)
  })

  it('blocks everything that is not part of the page', inBrowser, async context => {
    const app = await startChat()
    context.defer(app.close)
    const { page, troubles } = await open(context, `${app.url}/docs`)
    await page.evaluate(`
      const script = document.createElement('script')
      try { script.text = 'window.wasRun = true' } catch {}
      document.body.append(script)
      fetch('https://example.com').catch(() => {})
      try { document.body.innerHTML += '<p>' } catch {}
    `)
    await eventually(() => assert.ok(troubles.length >= 2, troubles.join('\n')))
    assert.is(await page.evaluate('globalThis.wasRun'), undefined)
  })
})

describe('the page as one file', it => {
  it('needs no host, and connects to the given server', inBrowser, async context => {
    const app = await startChat()
    context.defer(app.close)
    app.io.engine.opts.cors = { origin: '*' }
    const html = docs.html(chat, { ...options, console: { url: app.url } })
    const { page, troubles } = await open(context, `${writePage(context, html)}#/events/receive_ping`)
    await page.getByRole('button', { name: 'Connect' }).click()
    await page.getByText('Connected /').waitFor()
    await page.getByRole('button', { name: 'Send', exact: true }).click()
    await page.getByText('A receipt, without a value.').first().waitFor()
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'AsyncAPI' }).click(),
    ])
    assert.is(download.suggestedFilename(), 'chat-api.asyncapi.json')
    assert.equal(troubles, [])
  })

  it('reports that it knows no server', inBrowser, async context => {
    const { page } = await open(context, `${writePage(context, docs.html(chat, options))}#/events/receive_ping`)
    await page.getByText('does not know where the server is').waitFor()
    assert.ok(await page.getByRole('button', { name: 'Connect' }).isDisabled())
  })

  it('is created from a document, too', inBrowser, async context => {
    const document = docs.document(chat, options)
    const { page } = await open(context, writePage(context, docs.html(document)))
    await page.getByRole('navigation').getByRole('link', { name: 'user_sign_up' }).waitFor()
  })
})

describe('the size of the page', it => {
  it("is at most 120 kB, gzipped, without Socket.IO's client", () => {
    const { outputFiles } = buildSync({
      stdin: { contents: "import { io } from 'socket.io-client'; window.io = io", resolveDir: import.meta.dirname },
      bundle: true,
      minify: true,
      write: false,
      format: 'iife',
      platform: 'browser',
    })
    const { trying, style } = assets()
    const client = gzipSync(outputFiles[0]?.contents ?? '').length
    const whole = gzipSync(trying).length + gzipSync(style).length
    console.log(`the page: ${whole - client} bytes, and Socket.IO's client ${client}`)
    assert.ok(client > 10_000)
    assert.ok(whole - client <= 120_000, `${whole - client} bytes`)
  })
})
