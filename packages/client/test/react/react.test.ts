import { resolve } from 'node:path'
import * as assert from 'uvu/assert'
import type { Page } from 'playwright-core'
import { describe, type TestContext } from '../../../../test/harness.js'
import { eventually, inBrowser, open } from '../../../../test/browser.js'
import { start } from './server.js'

/** Opens a part of the page in a browser, with its server. */
const openPart = async (context: TestContext, part: string, react: '18' | '19' = '19', html = '') => {
  const server = await start(context, react, html)
  const opened = await open(context, `${server.url}/${part}`)
  return { server, ...opened, ...using(opened.page) }
}

/** Returns helpers that read the page's outputs and press its buttons. */
const using = (page: Page) => ({
  shows: (id: string, text: string) =>
    eventually(async () => assert.is(await page.locator(`#${id}`).textContent(), text, id)),
  press: (name: string, index = 0) => page.getByRole('button', { name, exact: true }).nth(index).click(),
})

for (const react of ['19', '18'] as const) {
  describe(`with React ${react}`, it => {
    it(
      'connects once, receives outputs sent on connection, and disconnects with its component',
      inBrowser,
      async context => {
        const { page, server, shows, press, troubles } = await openPart(context, 'connected', react)
        await shows('status', 'connected')
        await shows('all', '["you"]')
        server.emit('bob')
        await shows('all', '["you","bob"]')
        await shows('latest', 'bob')
        await shows('again', 'bob')
        assert.is(server.seen.transports, 1)

        const listeners = async (count: string) => {
          await press('Count')
          assert.is(await page.title(), count)
        }
        await listeners('3')
        await press('Unmount', 1)
        await eventually(() => listeners('2'))

        await press('Unmount')
        await eventually(() => assert.is(server.sockets(), 0))
        await press('Mount')
        await shows('all', '["you"]')
        assert.is(server.seen.transports, 2)
        assert.equal(troubles, [])
      },
    )

    it('shows the outcome of a call, and aborts it with its component', inBrowser, async context => {
      const { server, shows, press, troubles } = await openPart(context, 'calls', react)
      // A call from an effect, which strict mode runs twice; the first call was aborted.
      await shows('sign-up', 'success')
      await shows('reply', '5')
      await press('Bob')
      await shows('suggestion', 'bob2')
      await shows('sign-up', 'error')
      await press('Eve')
      await shows('reply', '3')
      await shows('suggestion', 'false')

      await press('Wait')
      await shows('wait', 'pending')
      await press('Wait')
      await eventually(() => assert.is(server.seen.heard.filter(event => event === 'wait').length, 2))
      // The older call settles, and the state stays that of the latest.
      server.answer(0)
      await shows('how', 'at last')
      await shows('wait', 'pending')
      await press('Abort')
      await shows('wait-error', 'ABORTED')
      await shows('how', 'ABORTED')

      await press('Wait')
      await shows('wait', 'pending')
      await eventually(() => assert.is(server.seen.heard.filter(event => event === 'wait').length, 3))
      server.answer()
      await shows('how', 'at last')
      await shows('wait', 'success')
      await press('Wait')
      await press('Abort')
      await shows('wait-error', 'ABORTED')
      await press('Wait')
      await shows('wait', 'pending')
      await press('Unmount', 1)
      await press('Tell')
      await shows('ended', 'ABORTED')
      assert.equal(troubles, [])

      await press('Mount')
      await press('Mistake')
      await shows('thrown', 'TypeError: Do not know how to serialize a BigInt')
    })
  })
}

describe('a component', it => {
  it('does not send a call that was waiting for a connection after it is unmounted', inBrowser, async context => {
    const { server, shows, press } = await openPart(context, 'calls')
    await shows('status', 'connected')
    server.seen.heard.length = 0
    await press('Close')
    await shows('status', 'disconnected')
    // Connecting takes a while, so the call has to wait.
    await press('Connect')
    await press('Unmount', 1)
    await shows('status', 'connected')
    assert.equal(server.seen.heard, [])
  })

  it('shows the state of the connection while the server is away', inBrowser, async context => {
    const { server, shows } = await openPart(context, 'connected')
    await shows('status', 'connected')
    await server.stop()
    await shows('status', 'connecting')
    await shows('refusal', 'websocket error')
    await server.restart()
    await shows('status', 'connected')
    await shows('refusal', '')
    await shows('all', '["you","you"]')
  })

  it('shows why its connection was refused', inBrowser, async context => {
    const { shows } = await openPart(context, 'refused')
    await shows('status', 'disconnected')
    await shows('refusal', 'UNAUTHORIZED')
  })

  it('reads a stream until it is stopped', inBrowser, async context => {
    const { page, server, shows, press, troubles } = await openPart(context, 'streams')
    await shows('items', '[3,4,5,6,7]')
    await shows('stream', 'open')
    assert.equal([server.seen.heard, server.seen.open], [['tail app.log'], 1])
    await press('Stop')
    await shows('stream', 'idle')
    await shows('items', '[3,4,5,6,7]')
    await eventually(() => assert.is(server.seen.open, 0))
    await press('Start')
    await shows('stream', 'open')
    await eventually(() => assert.is(server.seen.open, 1))

    await press('Other')
    await shows('stream', 'error')
    await shows('instead', 'app.log')
    await shows('items', '[]')
    await eventually(() => assert.is(server.seen.open, 0))
    await press('Short')
    await shows('stream', 'done')
    await shows('result', 'the end')
    await shows('items', '[3,4,5,6,7]')
    // The last items came with the end, so that no timer may show them as those of an open stream.
    assert.is(await page.locator('#stream').textContent(), 'done')

    // An existing connection, over which calls are sent at once.
    await press('Unmount', 1)
    server.seen.heard.length = 0
    await press('Mount')
    await shows('items', '[3,4,5,6,7]')
    assert.equal([server.seen.heard, server.seen.open], [['tail app.log'], 1])
    await press('Unmount')
    await eventually(() => assert.is(server.seen.open, 0))
    assert.equal(troubles, [])
  })

  it('has the client of a namespace while it is mounted', inBrowser, async context => {
    const { server, shows, press, troubles } = await openPart(context, 'games')
    await shows('game', 'connected')
    await shows('moved', '10')
    await press('Second')
    await shows('moved', '20')
    await shows('game', 'connected')
    await eventually(() => assert.equal([server.sockets('/game-1'), server.sockets('/game-2')], [0, 1]))
    // Outputs of another namespace must not appear here.
    await press('Quiet')
    await shows('moved', '')
    await eventually(() => assert.equal([server.sockets('/game-2'), server.sockets('/game-quiet')], [0, 1]))
    await press('Unmount', 1)
    await eventually(() => assert.equal([server.sockets('/'), server.sockets('/game-quiet')], [1, 0]))
    assert.is(server.seen.transports, 1)
    assert.equal(troubles, [])
  })

  it('makes queries and mutations of calls', inBrowser, async context => {
    const { server, shows, press, troubles } = await openPart(context, 'queries')
    await shows('list', '["milk"]')
    await shows('suggestion', 'bob2')
    // An error that is not transient is not retried.
    await shows('failures', '1')
    await press('Add')
    await shows('list', '["milk","bread"]')
    await shows('wait', 'pending')
    server.answer()
    await shows('wait', 'success')
    assert.equal(troubles, [])
  })

  it('is rendered on a server without a connection, and hydrates', inBrowser, async context => {
    // Imported dynamically, since TypeScript compiles the page with other options than this file.
    const { Page } = (await import(resolve(import.meta.dirname, 'page.tsx'))) as { readonly Page: React }
    const { createElement } = (await import('react')) as unknown as { readonly createElement: React }
    const { renderToString } = await import('react-dom/server')
    const server = await start(context)
    for (const part of ['connected', 'calls', 'streams', 'games', 'queries']) {
      const html = renderToString(createElement(Page, { part, url: server.url }) as never)
      assert.match(html, /<output/)
    }
    const html = renderToString(createElement(Page, { part: 'connected', url: server.url }) as never)
    assert.match(html, '<output id="status">connecting</output>')
    assert.is(server.seen.transports, 0)

    const { shows, troubles } = await openPart(context, 'connected', '19', html)
    await shows('status', 'connected')
    await shows('all', '["you"]')
    assert.equal(troubles, [])
  })
})

type React = (...args: readonly unknown[]) => unknown
