import * as assert from 'uvu/assert'
import { describe } from '../../../../test/harness.js'
import { eventually, inBrowser, show } from '../../../../test/browser.js'
import { openConsole } from './open-console.js'

const AVATAR = '#/events/receive_upload_avatar'

describe('the page, after it was loaded again', it => {
  it('has the drafts, the handshake, the code and the log as they were', inBrowser, async context => {
    const { page, panel, press, heard, connect } = await openConsole(context, AVATAR)
    await panel.getByText('Handshake').click()
    await panel.getByRole('textbox', { name: 'query as JSON' }).fill('{ "version": 2 }')
    await panel.getByRole('textbox', { name: 'auth as JSON' }).fill('{ "token": "secret" }')
    await panel.getByRole('textbox', { name: 'name' }).fill('a.png')
    const buffer = Buffer.from([1, 2, 3])
    await panel.locator('input[type=file]').setInputFiles({ name: 'a.png', mimeType: 'image/png', buffer })
    await panel.getByText('a.png <3 bytes').waitFor()
    await panel.getByRole('tab', { name: 'Python' }).click()
    await show(page, '#/events/receive_user_sign_up')
    await press('JSON')
    await panel.locator('.call textarea.json').fill('{ "email": ')
    await show(page, '#/events/game_id_receive_move')
    await panel.getByRole('textbox', { name: 'id' }).fill('42')
    await page.getByRole('button', { name: 'Live log' }).click()
    await page.getByRole('searchbox', { name: 'Filter the log' }).fill('word')

    await page.reload()
    assert.is(await panel.getByRole('textbox', { name: 'id' }).inputValue(), '42')
    assert.is(await page.getByRole('searchbox', { name: 'Filter the log' }).inputValue(), 'word')
    await panel.getByRole('region', { name: 'Python code' }).waitFor()
    await show(page, '#/events/receive_user_sign_up')
    await eventually(async () => {
      const texts = await panel
        .locator('textarea.json')
        .evaluateAll((all: { value: string }[]) => all.map(each => each.value))
      assert.ok(texts.includes('{ "email": '), JSON.stringify(texts))
    })
    await show(page, AVATAR)
    await panel.getByText('Handshake').click()
    assert.equal(JSON.parse(await panel.getByRole('textbox', { name: 'query as JSON' }).inputValue()), { version: 2 })
    assert.is(await panel.getByRole('textbox', { name: 'auth as JSON' }).inputValue(), '')
    await connect()
    await press('Send')
    await panel.getByText('Acknowledged').waitFor()
    assert.equal(heard, [['upload_avatar', ['a.png', [1, 2, 3]]]])
  })

  it('has auth only if that was asked for, and until it is not', inBrowser, async context => {
    const { page, panel, connect } = await openConsole(context, '#/events/admin_receive_ban_user')
    const token = panel.getByRole('textbox', { name: 'token' })
    const tick = panel.getByRole('checkbox', { name: 'Remember auth on this device' })
    await token.fill('secret')
    assert.not.match(await page.evaluate<string>('JSON.stringify([localStorage, sessionStorage])'), 'secret')
    await page.reload()
    assert.is(await token.inputValue(), '')
    await token.fill('secret')
    await tick.check()
    await page.reload()
    assert.is(await token.inputValue(), 'secret')
    await connect()
    await panel.getByRole('button', { name: 'Disconnect' }).click()
    await tick.uncheck()
    assert.not.match(await page.evaluate<string>('JSON.stringify([localStorage, sessionStorage])'), 'secret')
    await page.reload()
    assert.is(await token.inputValue(), '')
  })
})

describe('a link that carries a call', it => {
  it('fills in the form elsewhere, sends nothing, and has no auth', inBrowser, async context => {
    const { app, page, panel } = await openConsole(context, '#/events/receive_send_message')
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
    await panel.getByText('Handshake').click()
    await panel.getByRole('textbox', { name: 'auth as JSON' }).fill('{ "token": "secret" }')
    await panel.getByRole('textbox', { name: 'room' }).fill('a room & "more"')
    await panel.getByRole('textbox', { name: 'text' }).fill('50 % ?')
    await panel.getByRole('button', { name: 'Copy a link to this call' }).click()
    await eventually(async () => assert.match(await page.evaluate<string>('navigator.clipboard.readText()'), '?args='))
    const link = await page.evaluate<string>('navigator.clipboard.readText()')
    assert.not.match(link, 'secret')
    const sockets = app.io.engine.clientsCount

    // The page writes nothing more once it is left.
    await page.evaluate('sessionStorage.clear()')
    await page.goto('about:blank')
    await page.goto(link)
    await eventually(async () =>
      assert.is(await panel.getByRole('textbox', { name: 'room' }).inputValue(), 'a room & "more"'),
    )
    assert.is(await panel.getByRole('textbox', { name: 'text' }).inputValue(), '50 % ?')
    assert.not.match(page.url(), 'args')
    assert.is(app.io.engine.clientsCount, sockets)
    await panel.getByRole('textbox', { name: 'text' }).fill('changed')
    await page.reload()
    await eventually(async () => assert.is(await panel.getByRole('textbox', { name: 'text' }).inputValue(), 'changed'))
  })

  it('that is no list of arguments is shown as it is', inBrowser, async context => {
    const { panel } = await openConsole(context, '#/events/receive_send_message?args=%7B%22room%22')
    await eventually(async () => assert.is(await panel.locator('textarea.json').last().inputValue(), '{"room"'))
  })
})
