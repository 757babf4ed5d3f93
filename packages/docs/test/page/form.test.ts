import { createServer } from 'node:http'
import { event, router, type Router } from '@ackwire/core'
import { attach } from '@ackwire/core/server'
import * as docs from '@ackwire/docs'
import { Type } from '@sinclair/typebox'
import { Server } from 'socket.io'
import * as assert from 'uvu/assert'
import { describe, type TestContext } from '../../../../test/harness.js'
import { listen } from './app.js'
import { eventually, inBrowser, open, show } from '../../../../test/browser.js'
import { openConsole } from './open-console.js'

const SIGN_UP = '#/events/receive_user_sign_up'
const focused = '(document.activeElement?.id ?? "") + "|" + document.activeElement?.tagName'

/** Opens the page of a contract, whose server tells what it has heard. */
const openForm = async (context: TestContext, api: Router, hash: string) => {
  const http = createServer()
  const io = new Server(http)
  const heard: unknown[][] = []
  attach(io, api)
  io.on('connection', socket => {
    heard.push(['auth', socket.handshake.auth])
    socket.prependAny((...given: unknown[]) => heard.push(given.filter(each => typeof each !== 'function')))
  })
  docs.serve(io, api)
  context.defer(() => io.close())
  const opened = await open(context, `${await listen(http)}/docs${hash}`)
  const panel = opened.page.getByRole('complementary', { name: 'Console' })
  const press = (name: string) => panel.getByRole('button', { name, exact: true }).click()
  return { ...opened, io, heard, panel, press, show: (next: string) => show(opened.page, next) }
}

describe('the JSON view', it => {
  it('keeps a text that is not JSON, and sends nothing until it is', inBrowser, async context => {
    const { panel, press, connect, heard, page } = await openConsole(context, SIGN_UP)
    await connect()
    await press('valid')
    await press('JSON')
    const editor = panel.locator('textarea.json')
    const broken = '{ "email": "carol@example.com", '
    await editor.fill(broken)
    await press('Send')
    await panel.getByRole('alert').getByText('1 issue').waitFor()
    assert.is(await panel.getByRole('button', { name: 'Send anyway' }).count(), 0)
    assert.is(await editor.getAttribute('aria-invalid'), 'true')
    assert.is(await panel.getByRole('region', { name: 'TypeScript code' }).count(), 0)
    await press('Form')
    await editor.waitFor()
    assert.is(await editor.inputValue(), broken)
    await editor.press('Control+Enter')
    await show(page, '#/events/receive_ping')
    await show(page, SIGN_UP)
    assert.is(await editor.inputValue(), broken)
    assert.equal(heard, [])
    await editor.fill('{ "email": "carol@example.com", "password": "12345678", "newsletter": true }')
    await press('Send')
    await panel.getByText('Acknowledged').waitFor()
    assert.equal(heard, [['user_sign_up', { email: 'carol@example.com', password: '12345678', newsletter: true }]])
  })

  it('keeps a list of arguments that is none', inBrowser, async context => {
    const { panel, press, connect, heard } = await openConsole(context, '#/events/receive_send_message')
    await connect()
    await press('JSON')
    const editor = panel.getByRole('textbox', { name: 'The arguments as JSON' })
    await editor.fill('{ "room": "lobby" }')
    await press('Send')
    await panel.locator('.field').getByText('Expected a list of the arguments').waitFor()
    await press('Form')
    assert.is(await editor.inputValue(), '{ "room": "lobby" }')
    await editor.fill('["lobby", { "text": "Hi" }]')
    await press('Send')
    await panel.getByText('Acknowledged').waitFor()
    assert.equal(heard, [['send_message', ['lobby', { text: 'Hi' }]]])
  })

  it('connects with no other auth and query than what is written', inBrowser, async context => {
    const api = router({ ping: event.input().ack() })
    const { panel, press, heard } = await openForm(context, api, '#/events/receive_ping')
    await panel.getByText('Handshake').click()
    const editor = (name: string) => panel.getByRole('textbox', { name: `${name} as JSON` })
    for (const text of ['{ "token": ', '"token"', '["token"]']) {
      await editor('auth').fill(text)
      await press('Connect')
      await panel.locator('[data-path="/auth"] .issue').waitFor()
      assert.is(await panel.getByRole('button', { name: 'Connect anyway' }).count(), 0)
    }
    await editor('auth').fill('{ "token": "a" }')
    await editor('query').fill('{')
    await press('Connect')
    await panel.locator('[data-path="/query"] .issue').waitFor()
    assert.equal(heard, [])
    await editor('query').fill('{ "version": 2 }')
    await editor('query').press('Control+Enter')
    await press('Connect')
    await panel.getByText('Connected /').waitFor()
    await eventually(() => assert.equal(heard, [['auth', { token: 'a' }]]))
  })
})

const Shape = Type.Union([
  Type.Object({ kind: Type.Literal('circle'), name: Type.String(), radius: Type.Number() }),
  Type.Object({ kind: Type.Literal('square'), name: Type.String(), side: Type.Number() }),
])

describe('the form', it => {
  const api = router({
    draw: event.input(Shape).ack(),
    count: event.input(Type.Integer(), Type.Unknown()),
    join: event
      .input(Type.String({ title: 'room', description: 'Where it is said.' }))
      .ack()
      .limit({ rate: { perSocket: { calls: 5, seconds: 1 } } }),
    place: event.input(
      Type.Object(
        { at: Type.Object({ x: Type.Number() }, { description: 'On the map.' }) },
        { description: 'A place.' },
      ),
    ),
  })

  it('lists what is wrong, announces it once, and each issue leads to its field', inBrowser, async context => {
    const { page, panel, press, connect } = await openConsole(context, SIGN_UP)
    await connect()
    await panel.getByRole('textbox', { name: 'email' }).fill('bob at example')
    await press('Send')
    const issues = panel.getByRole('list', { name: 'Issues' }).getByRole('button')
    await eventually(async () => assert.is(await issues.count(), 2))
    assert.is(await panel.getByRole('alert').count(), 1)
    await issues.filter({ hasText: '/0/password' }).click()
    assert.is(await page.evaluate(focused), `${encodeURIComponent('/0/password').replace(/^/, 'field')}|INPUT`)
    assert.is(await panel.getByRole('textbox', { name: 'password' }).getAttribute('aria-invalid'), 'true')
    await panel.getByRole('textbox', { name: 'password' }).fill('correct horse')
    await eventually(async () => assert.is(await issues.count(), 1))
    assert.match(await panel.getByRole('alert').innerText(), '2 issues')
  })

  it('keeps Send, the issues and the last outcome in sight at any length', inBrowser, async context => {
    const { page, panel, press, connect } = await openConsole(
      context,
      SIGN_UP,
      {},
      { viewport: { width: 1440, height: 560 } },
    )
    await connect()
    await press('valid')
    await press('Send')
    const outcome = panel.locator('.outcome').first()
    await outcome.getByText('Acknowledged').waitFor()
    const isInSight = async (name: string) => {
      const box = await panel.locator(name).first().boundingBox()
      const dock = await page.locator('.dock').boundingBox()
      assert.ok(box !== null && dock !== null && box.y > 0 && box.y + 20 < dock.y, `${name} ${JSON.stringify(box)}`)
    }
    for (const to of [0, 80, 160]) {
      await panel.evaluate(`document.querySelector('.panel').scrollTo(0, ${to})`)
      for (const name of ['.send', '.outcome']) await isInSight(name)
    }
    await panel.evaluate(`document.querySelector('.panel').scrollTo(0, 0)`)
    await panel.getByRole('textbox', { name: 'email' }).fill('')
    await press('Send')
    await panel.getByRole('list', { name: 'Issues' }).waitFor()
    for (const name of ['.send', '.issue-summary']) await isInSight(name)
  })

  it('changes no number', inBrowser, async context => {
    const { panel, press, heard } = await openForm(context, api, '#/events/receive_count')
    await press('Connect')
    await panel.getByText('Connected /').waitFor()
    const field = panel.getByRole('textbox', { name: 'arg1' })
    const code = panel.getByRole('region', { name: 'TypeScript code' })
    for (const text of ['9007199254740993', '0x10', '1e999', '0b1', '12345678901234567890', ' ', 'Infinity']) {
      await field.fill(text)
      await press('Send')
      await panel.locator('[data-path="/0"] .issue').waitFor()
      assert.is(await field.inputValue(), text)
      if (text !== ' ') await eventually(async () => assert.match(await code.innerText(), `count('${text}'`))
    }
    await field.fill('9007199254740991')
    const any = panel.getByRole('textbox', { name: 'arg2 as JSON' })
    for (const text of ['9007199254740993', '{ "id": 12345678901234567890 }', '0.12345678901234567890123']) {
      await any.fill(text)
      await press('Send')
      await panel.locator('[data-path="/1"] .issue').waitFor()
      assert.is(await any.inputValue(), text)
      assert.is(await panel.getByRole('button', { name: 'Send anyway' }).count(), 0)
    }
    await any.fill('{ "text": "9007199254740993", "n": [1.50, 1e3, 0.1, -0.0, 100000000000000000000] }')
    await press('Send')
    await panel.getByText('Sent', { exact: true }).waitFor()
    await eventually(() =>
      assert.equal(heard.at(-1), [
        'count',
        9007199254740991,
        { text: '9007199254740993', n: [1.5, 1000, 0.1, 0, 1e20] },
      ]),
    )
  })

  it("keeps what was typed when a union's kind or the view is changed", inBrowser, async context => {
    const { panel, press, show } = await openForm(context, api, '#/events/receive_draw')
    const kind = panel.getByRole('combobox', { name: /^The kind of/ })
    const field = (name: string) => panel.getByRole('textbox', { name, exact: true })
    await field('name').fill('Bob')
    await field('radius').fill('7')
    await kind.selectOption({ index: 1 })
    await field('side').fill('3')
    assert.is(await field('name').inputValue(), 'Bob')
    await press('JSON')
    await press('Form')
    await kind.selectOption({ index: 0 })
    assert.is(await field('radius').inputValue(), '7')
    await show('#/events/receive_count')
    await show('#/events/receive_draw')
    await kind.selectOption({ index: 1 })
    assert.is(await field('side').inputValue(), '3')
  })

  it('has the name and the description of each part, and says limits as sentences', inBrowser, async context => {
    const { page, panel, show } = await openForm(context, api, '#/events/receive_join')
    const room = panel.getByRole('textbox', { name: 'room', exact: true })
    assert.is(
      await room.getAttribute('aria-describedby'),
      await panel.getByText('Where it is said.').getAttribute('id'),
    )
    const main = page.getByRole('main')
    await main.locator('.argument-name').getByText('room', { exact: true }).waitFor()
    await main.getByText('join 5 calls per second and connection.').waitFor()
    await show('#/events/receive_place')
    await panel.getByText('A place.').waitFor()
    const group = panel.getByRole('group', { name: 'at' })
    assert.is(await group.getAttribute('aria-describedby'), await panel.getByText('On the map.').getAttribute('id'))
    await group.getByRole('textbox', { name: 'x' }).waitFor()
  })

  it('says in a sentence what an event needs', inBrowser, async context => {
    const { page } = await openConsole(context, '#/events/admin_receive_ban_user')
    await page.getByText('Needs token: a bearer token, sent in the handshake’s auth as token.').waitFor()
  })
})
