import { createServer } from 'node:http'
import * as docs from '@ackwire/docs'
import * as assert from 'uvu/assert'
import { describe, type TestContext } from '../../../../test/harness.js'
import { listen } from './app.js'
import { inBrowser, open, type Opened } from '../../../../test/browser.js'

/** Serves the page of a third-party document. */
const openDocument = async (context: TestContext, document: object, hash = ''): Promise<Opened> => {
  const server = createServer(docs.handler(JSON.parse(JSON.stringify(document))))
  context.defer(() => new Promise(resolve => server.close(resolve)))
  return open(context, `${await listen(server)}/docs${hash}`)
}

const channel = (extension: object, messages: object, more: object = {}) => ({
  asyncapi: '3.0.0',
  info: { title: 'Elsewhere', version: '1' },
  channels: { root: { address: '/', messages, ...extension } },
  ...more,
})

const operation = (action: string, message: string) => ({
  action,
  channel: { $ref: '#/channels/root' },
  messages: [{ $ref: `#/channels/root/messages/${message}` }],
})

describe("another tool's document", it => {
  it('is shown with its properties, and without those that it lacks', inBrowser, async context => {
    const { page, troubles } = await openDocument(context, channel({}, {}))
    await page.getByRole('heading', { name: 'Elsewhere' }).waitFor()
    assert.equal(troubles, [])
  })

  it('has positional arguments if its payload is a tuple', inBrowser, async context => {
    const payload = { type: 'array', items: [{ type: 'string', title: 'room' }, { type: 'integer' }], minItems: 1 }
    const document = channel(
      {},
      { move: { name: 'move', payload } },
      { operations: { move: operation('receive', 'move') } },
    )
    const { page } = await openDocument(context, document, '#/events/move')
    await page.getByText('2 in this order').waitFor()
    assert.match(await page.getByRole('main').innerText(), /1\s+room\s+string\s+2\s+optional\s+integer/)
  })

  it('may contain broken references', inBrowser, async context => {
    const payload = {
      type: 'object',
      properties: { a: { $ref: '#/components/schemas/Gone' }, b: { $ref: 'https://example.com/b.json' } },
    }
    const document = channel(
      {},
      { say: { name: 'say', payload } },
      { operations: { say: operation('receive', 'say') } },
    )
    const { page, troubles, requested } = await openDocument(context, document, '#/events/say')
    await page.getByText('Gone (not in this document)').waitFor()
    assert.equal(troubles, [])
    assert.equal(
      requested.filter(url => url.includes('example.com')),
      [],
    )
  })

  it('may describe the client', inBrowser, async context => {
    const more = { 'x-socketio': { perspective: 'client' }, operations: { say: operation('send', 'say') } }
    const document = channel({}, { say: { name: 'say', payload: { type: 'string' } } }, more)
    const { page } = await openDocument(context, document, '#/events/say')
    await page.getByText('Client to server').waitFor()
  })

  it('recognizes a tuple as the only argument by its extension', inBrowser, async context => {
    const tuple = { type: 'array', items: [{ type: 'string' }, { type: 'integer' }], minItems: 2, maxItems: 2 }
    const messages = {
      one: { name: 'one', payload: tuple },
      rest: { name: 'rest', payload: { type: 'array', items: { type: 'string' } }, 'x-socketio': { args: [] } },
    }
    const document = channel({ 'x-socketio': { namespace: '/' } }, messages, {
      operations: { one: operation('receive', 'one'), rest: operation('receive', 'rest') },
    })
    const { page } = await openDocument(context, document, '#/events/one')
    await page.getByRole('heading', { name: 'Argument', exact: true }).waitFor()
    assert.match(await page.getByRole('main').innerText(), 'tuple')
    await page.getByRole('navigation').getByRole('link', { name: 'rest' }).click()
    await page.getByText('any number of').waitFor()
  })

  it('has parameters with a schema, a query, and servers with variables', inBrowser, async context => {
    const extension = {
      address: '/game-{id}',
      'x-socketio': { namespace: '/game-{id}' },
      parameters: {
        id: { description: 'Which game', 'x-socketio': { schema: { type: 'string', pattern: '^[0-9]+$' } } },
      },
      bindings: { ws: { query: { type: 'object', properties: { tenant: { type: 'string' } }, required: ['tenant'] } } },
    }
    const servers = {
      live: { host: '{region}.example.org', protocol: 'wss', variables: { region: { default: 'eu' } } },
    }
    const { page } = await openDocument(context, channel(extension, {}, { servers }), '#/namespaces/root')
    await page.getByText('matches ^[0-9]+$').waitFor()
    const panel = page.getByRole('complementary', { name: 'Console' })
    await panel.getByRole('textbox', { name: 'id', exact: true }).fill('x')
    await panel.getByRole('button', { name: 'Connect' }).click()
    await panel.getByRole('alert').getByText('2 issues: The handshake does not match the contract').waitFor()
    await page.goto(page.url().replace(/#.*/, ''))
    await page.getByText('wss://eu.example.org').waitFor()
    const policy = (await fetch(page.url())).headers.get('content-security-policy') ?? ''
    assert.match(policy, "connect-src 'self' https://eu.example.org wss://eu.example.org;")
  })
})
