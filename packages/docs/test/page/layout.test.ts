import { createServer } from 'node:http'
import { event, router } from '@ackwire/core'
import * as docs from '@ackwire/docs'
import { Type } from '@sinclair/typebox'
import type { Locator } from 'playwright-core'
import * as assert from 'uvu/assert'
import { describe, type TestContext } from '../../../../test/harness.js'
import { listen, startChat } from './app.js'
import { type Box, inBrowser, isCut, open } from '../../../../test/browser.js'

const LONG = 'a_very_long_name_of_an_event_that_nobody_would_write_but_a_generator_that_puts_all_its_words_in_it'

const api = router({
  [LONG]: event.input().describe('Has a summary, too.'),
  tag: event.input(Type.Record(Type.String(), Type.String())).ack(),
})

const serve = async ({ defer }: TestContext): Promise<string> => {
  const server = createServer()
  defer(() => new Promise(resolve => server.close(resolve)))
  docs.serve(server, api)
  return `${await listen(server)}/docs`
}

const desktop = { viewport: { width: 1280, height: 900 } }

/** Returns true if an element lies within another horizontally. */
const isWithin = async (inner: Locator, outer: Locator): Promise<boolean> => {
  const [one, other] = await Promise.all([inner.boundingBox(), outer.boundingBox()])
  assert.ok(one !== null && other !== null)
  return one.x >= other.x && one.x + one.width <= other.x + other.width
}

describe('everything on the page fits', it => {
  it("an event's long name in the overview", inBrowser, async context => {
    const { page } = await open(context, await serve(context), desktop)
    const name = page.locator('.event-list code', { hasText: LONG })
    await name.waitFor()
    assert.ok(await isWithin(name, page.locator('.event-list')))
    const list = page.locator('.event-list')
    assert.not.ok(await isCut(list))
  })

  it('the sign that a failure can be opened', inBrowser, async context => {
    const { page } = await open(context, `${await serve(context)}#/events/receive_tag`, desktop)
    const summary = page.locator('summary', { hasText: 'Any other failure' })
    await summary.waitFor()
    // Overflow makes the content higher than the element.
    assert.not.ok(await summary.evaluate((element: Box) => element.scrollHeight > element.clientHeight))
  })

  it('the button that clears the log on a phone', inBrowser, async context => {
    const app = await startChat()
    context.defer(() => app.close())
    const { page } = await open(context, `${app.url}/docs#/events/receive_user_sign_up`, {
      viewport: { width: 360, height: 740 },
      isMobile: true,
      hasTouch: true,
    })
    await page.getByRole('button', { name: 'Connect', exact: true }).tap()
    await page.getByText('Connected /').waitFor()
    await page.getByRole('button', { name: 'Live log' }).tap()
    await page.getByRole('button', { name: 'Pause', exact: true }).tap()
    const clear = page.getByRole('button', { name: 'Clear', exact: true })
    await clear.waitFor()
    assert.ok(await isWithin(clear, page.locator('.dock')))
    assert.not.ok(await isCut(clear))
  })

  it('the button that adds a key to a record', inBrowser, async context => {
    const { page } = await open(context, `${await serve(context)}#/events/receive_tag`, desktop)
    const add = page.getByRole('button', { name: '+ Add' })
    await add.waitFor()
    assert.not.ok(await isCut(add))
  })
})
