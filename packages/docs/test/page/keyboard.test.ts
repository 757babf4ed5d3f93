import axe from 'axe-core'
import * as assert from 'uvu/assert'
import { describe } from '../../../../test/harness.js'
import { eventually, inBrowser, show } from '../../../../test/browser.js'
import { openConsole } from './open-console.js'

const focused = `(() => {
  const { tagName, id, innerText, ariaLabel } = document.activeElement ?? {}
  return [tagName, decodeURIComponent(id ?? ''), ariaLabel ?? innerText ?? ''].join(' ').trim()
})()`

describe('the keyboard', it => {
  it('is at the heading of a new view, and at what was added, and is never lost', inBrowser, async context => {
    const { page, panel, connect, press, heard } = await openConsole(context, '#/events/receive_send_message')
    const isAt = (element: string) => eventually(async () => assert.is(await page.evaluate<string>(focused), element))
    await connect()
    await press('+ mentions')
    await isAt('BUTTON  + First item')
    await page.keyboard.press('Enter')
    await isAt('INPUT field/1/mentions/0')
    await press('+ Item')
    await isAt('INPUT field/1/mentions/1')
    await press('Remove mentions 2')
    await isAt('INPUT field/1/mentions/0')
    await press('Remove mentions')
    await isAt('TEXTAREA field/1/text')
    await page.keyboard.press('Enter')
    await press('Send')
    await press('Send anyway')
    await isAt('BUTTON  Send')
    await page.getByRole('navigation').getByRole('link', { name: 'ping' }).click()
    await isAt('H1  ping')
    await eventually(() => assert.equal(heard, []))
    await show(page, '#/events/admin_receive_ban_user')
    await isAt('H1  ban_user')
    await panel.getByRole('textbox', { name: 'token' }).fill('secret')
    await page.keyboard.press('Enter')
    await panel.getByText('Connected /admin', { exact: true }).waitFor()
    await isAt('BUTTON  Disconnect')
    await panel.getByRole('textbox', { name: 'userId' }).fill('7')
    await page.keyboard.press('Enter')
    await panel.getByRole('combobox', { name: 'reason' }).selectOption('spam')
    assert.equal(heard, [])
    await panel.getByRole('textbox', { name: 'userId' }).press('Control+Enter')
    await panel.getByText('A receipt, without a value.').waitFor()
  })

  it('has its keys listed', inBrowser, async context => {
    const { page } = await openConsole(context, '')
    await page.getByRole('heading', { name: 'Chat API' }).waitFor()
    await page.keyboard.press('?')
    await page.getByRole('dialog', { name: 'Keys' }).getByText('Ctrl Enter').waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('dialog', { name: 'Keys' }).waitFor({ state: 'hidden' })
  })

  for (const colorScheme of ['light', 'dark'] as const)
    it(
      `meets no obstacle that axe finds while the page is used, in ${colorScheme} colours`,
      inBrowser,
      async context => {
        const browser = { colorScheme, bypassCSP: true }
        const { page, panel, connect, press } = await openConsole(context, '#/events/receive_send_message', {}, browser)
        await page.addScriptTag({ content: axe.source })
        await page.getByRole('button', { name: 'Live log' }).click()
        await connect()
        await press('+ mentions')
        await press('+ First item')
        await press('+ attachment')
        await press('+ labels')
        await press('Send')
        await panel.getByRole('list', { name: 'Issues' }).waitFor()
        const obstacles = (): Promise<readonly string[]> =>
          page.evaluate(
            `axe.run({ resultTypes: ['violations'], rules: { 'target-size': { enabled: true } } }).then(({ violations }) => violations.flatMap(({ id, nodes }) => nodes.map(node => id + ': ' + node.html.slice(0, 200) + ' ' + node.failureSummary)))`,
          )
        assert.equal(await obstacles(), [])
        await press('JSON')
        await panel.locator('.call textarea.json').fill('[')
        await press('Send')
        await show(page, '#/events/receive_user_sign_up')
        await press('valid')
        await press('Send')
        await panel.getByText('Acknowledged').waitFor()
        await page.locator('.line-head').first().click()
        assert.equal(await obstacles(), [])
      },
    )
})
