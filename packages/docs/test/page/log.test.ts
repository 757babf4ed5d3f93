import * as assert from 'uvu/assert'
import { describe } from '../../../../test/harness.js'
import { eventually, inBrowser, isCut } from '../../../../test/browser.js'
import { openConsole } from './open-console.js'

describe('the log', it => {
  it('says how many came and how many are kept, also while it is paused', inBrowser, async context => {
    const { app, page, panel, connect, show } = await openConsole(context, '#/events/send_user_joined')
    await connect()
    const log = page.getByRole('region', { name: 'Live log' })
    await page.getByRole('button', { name: 'Live log' }).click()
    const emit = (count: number) => {
      for (let id = 1; id <= count; id++) app.io.emit('user_joined', { id: `the ${id}th` })
    }
    emit(700)
    await page.getByRole('button', { name: 'Live log 500 of 701' }).waitFor()
    await panel.getByText('the latest 5 of 700', { exact: true }).waitFor()
    await log.getByRole('button', { name: 'Pause' }).click()
    emit(600)
    await page.getByRole('button', { name: 'Live log 500 of 1,301' }).waitFor()
    await log.getByRole('button', { name: 'Resume (500 of 600)' }).click()
    await log.getByText('the 600th').first().waitFor()
    await page.getByRole('button', { name: 'Live log 500 of 1,301' }).waitFor()
    await show('#/events/receive_ping')
    await show('#/events/send_user_joined')
    await panel.getByText('the latest 5 of 1,300', { exact: true }).waitFor()
    await log.getByRole('button', { name: 'Clear' }).click()
    await page.getByRole('button', { name: 'Live log 0' }).waitFor()
  })

  it('searches whole values, their answers too', inBrowser, async context => {
    const { app, page, press, connect } = await openConsole(context, '#/events/receive_user_sign_up')
    await connect()
    await press('valid')
    await press('Send')
    await page.getByText('Acknowledged').waitFor()
    app.io.emit('user_joined', { id: `${'x'.repeat(400)}needle` })
    await page.getByRole('button', { name: 'Live log' }).click()
    const log = page.getByRole('region', { name: 'Live log' })
    for (const [words, count] of [
      ['needle', 1],
      ['welcome, friend', 1],
      ['needle welcome', 0],
    ] as const) {
      await log.getByRole('searchbox').fill(words)
      await eventually(async () => assert.is(await log.locator('.line').count(), count, words))
    }
  })

  it('opens, wraps and copies the items of a stream and long values', inBrowser, async context => {
    const { page, panel, press, connect, app, show } = await openConsole(context, '#/events/receive_count_down')
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
    await connect()
    await panel.getByRole('form', { name: 'Try count_down' }).getByRole('textbox').fill('3')
    await press('Start')
    await panel.getByText('{"left":1}').click()
    const item = panel.getByRole('region', { name: 'item 3', exact: true })
    assert.is(await item.innerText(), '{\n  "left": 1\n}')
    await item.hover()
    await panel.getByRole('button', { name: 'Copy item 3' }).click()
    await eventually(async () =>
      assert.equal(JSON.parse(await page.evaluate<string>('navigator.clipboard.readText()')), { left: 1 }),
    )
    await show('#/events/send_user_joined')
    app.io.emit('user_joined', { id: 'y'.repeat(3_000) })
    const value = panel.getByRole('region', { name: 'the received value', exact: true })
    await value.hover()
    assert.ok(await isCut(value))
    await panel.getByRole('button', { name: 'Wrap the received value' }).click()
    await eventually(async () => assert.not.ok(await isCut(value)))
  })
})
