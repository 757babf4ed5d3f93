import { execFile, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { event, router } from '@ackwire/core'
import { attach } from '@ackwire/core/server'
import * as docs from '@ackwire/docs'
import { Type } from '@sinclair/typebox'
import { buildSync } from 'esbuild'
import { Server } from 'socket.io'
import * as assert from 'uvu/assert'
import { describe, type TestContext } from '../../../../test/harness.js'
import { chat, listen, options } from './app.js'
import { type Console, openConsole } from './open-console.js'
import { eventually, inBrowser, need, open, show } from '../../../../test/browser.js'
import { sources } from '../../../../test/sources.js'

const SIGN_UP = '#/events/receive_user_sign_up'

describe('the console', it => {
  it('does not connect or send by itself', inBrowser, async context => {
    const { app, page, requested, show } = await openConsole(context, '')
    for (const hash of [SIGN_UP, '#/events/send_latency_probe', '#/namespaces/admin']) await show(hash)
    await page.waitForTimeout(300)
    assert.is(app.io.engine.clientsCount, 0)
    assert.equal(
      requested.filter(url => url.includes('socket.io')),
      [],
    )
  })

  it('reports a bad email at its field, and sends it on request', inBrowser, async context => {
    const { panel, press, connect, heard, troubles } = await openConsole(context, SIGN_UP)
    assert.ok(await panel.getByRole('button', { name: 'Send', exact: true }).isDisabled())
    await connect()
    await panel.getByRole('textbox', { name: 'email' }).fill('bob at example')
    await panel.getByRole('textbox', { name: 'password' }).fill('correct horse')
    await press('Send')
    const field = panel.locator('[data-path="/0/email"]')
    await field.locator('.issue').waitFor()
    assert.match(await field.innerText(), 'format "email"')
    assert.equal(heard, [])
    await press('Send anyway')
    await panel.getByText('INVALID_INPUT').waitFor()
    assert.match(await panel.locator('.outcome').innerText(), /Failed\s+INVALID_INPUT\s+[\d.]+ ms[^]*\/0\/email/)
    assert.equal(heard, [])
    assert.equal(troubles, [])
  })

  it('signs up, shows the answer and its time, and receives the broadcast', inBrowser, async context => {
    const { page, panel, press, connect, heard, show } = await openConsole(context, SIGN_UP)
    await connect()
    await press('Use "bob@example.com" for email')
    await panel.getByRole('textbox', { name: 'password' }).fill('correct horse')
    await press('Send')
    await panel.getByText('Acknowledged').waitFor()
    assert.match(await panel.locator('.outcome').innerText(), /[\d.]+ ms[^]*"id": 1/)
    assert.equal(heard, [['user_sign_up', { email: 'bob@example.com', password: 'correct horse', newsletter: false }]])
    await press('Send')
    await panel.locator('.outcome').getByText('EMAIL_TAKEN').waitFor()
    await panel.locator('.outcome').first().getByText('2.bob@example.com').waitFor()

    await page.getByRole('button', { name: 'Live log' }).click()
    const log = page.getByRole('region', { name: 'Live log' })
    await log.getByRole('button', { name: /user_joined.*valid/ }).click()
    await eventually(async () => assert.match(await log.innerText(), '"role": "member"'))
    await show('#/events/send_user_joined')
    await panel.getByText('Matches the contract', { exact: true }).waitFor()
  })

  it('shows the items of a stream until its end or until it is cancelled', inBrowser, async context => {
    const { panel, press, connect, heard, troubles } = await openConsole(context, '#/events/receive_count_down')
    await connect()
    const start = async (from: string) => {
      await panel.getByRole('form', { name: 'Try count_down' }).getByRole('textbox').fill(from)
      await press('Start')
    }
    await start('3')
    await panel.getByText('Ended').waitFor()
    const first = panel.locator('.outcome').first()
    const whole = /3 items[^]*\{"left":1\}[^]*\{"left":3\}[^]*"lift off"/
    await eventually(async () => assert.match(await first.innerText(), whole))
    assert.equal(heard.splice(0), [['count_down', false]])

    await start('1000000')
    await panel.getByText('Streaming').waitFor()
    await eventually(async () => assert.match(await first.innerText(), /[1-9]\d\d items/))
    await press('Cancel')
    await panel.getByText('Cancelled').waitFor()
    await eventually(async () => assert.equal(heard, [['count_down', true]]))

    await start('1000001')
    await panel.getByText('TOO_LONG').waitFor()
    assert.equal(troubles, [])
  })

  it('accepts an example with a click, and a value as JSON', inBrowser, async context => {
    const { panel, press, connect, heard } = await openConsole(context, SIGN_UP)
    await connect()
    await press('with a name')
    const valueOf = (name: string) => panel.getByRole('textbox', { name }).inputValue()
    await eventually(async () => assert.is(await valueOf('nickname'), 'alice'))
    await press('JSON')
    const json = panel.getByRole('textbox', { name: 'The argument as JSON' })
    await eventually(async () => assert.equal(JSON.parse(await json.inputValue()).nickname, 'alice'))
    await json.fill('{ "email": "carol@example.com", ')
    await panel.getByText('Not JSON yet').waitFor()
    await json.fill('{ "email": "carol@example.com", "password": "12345678", "newsletter": true }')
    await press('Form')
    await eventually(async () => assert.is(await valueOf('email'), 'carol@example.com'))
    await panel.getByRole('textbox', { name: 'email' }).press('Control+Enter')
    await panel.getByText('Acknowledged').waitFor()
    assert.equal(heard, [['user_sign_up', { email: 'carol@example.com', password: '12345678', newsletter: true }]])
  })

  it('has a form for every kind of schema', inBrowser, async context => {
    const { panel, press, connect, heard } = await openConsole(context, '#/events/receive_send_message')
    await connect()
    await press('Use "lobby" for room')
    await panel.getByRole('textbox', { name: 'text' }).fill('Hello')
    await press('+ mentions')
    await press('+ First item')
    await panel.getByRole('textbox', { name: '1' }).fill('alice')
    await press('+ attachment')
    await panel.getByRole('combobox', { name: 'The kind of attachment' }).selectOption({ index: 1 })
    await panel.getByRole('textbox', { name: 'question' }).fill('Tea?')
    await press('Send')
    await panel.locator('[data-path="/1/attachment/choices/1"]').getByText('A value is required.').waitFor()
    await panel.locator('[data-path="/1/attachment/choices/0"] input').fill('yes')
    await panel.locator('[data-path="/1/attachment/choices/1"] input').fill('no')
    await press('+ labels')
    await panel.getByRole('textbox', { name: 'The name of another key' }).fill('topic')
    await press('+ Add')
    await panel.locator('[data-path="/1/labels/topic"] input').fill('drinks')
    await press('Send')
    await panel.getByText('Acknowledged').waitFor()
    assert.equal(heard[0]?.[1], [
      'lobby',
      {
        text: 'Hello',
        mentions: ['alice'],
        attachment: { kind: 'poll', question: 'Tea?', choices: ['yes', 'no'] },
        labels: { topic: 'drinks' },
      },
    ])
  })

  it('sends the bytes of a file, and shows received bytes', inBrowser, async context => {
    const { panel, press, connect, heard } = await openConsole(context, '#/events/receive_upload_avatar')
    await connect()
    await press('Use "avatar.png" for name')
    const choose = (size: number) =>
      panel.locator('input[type=file]').setInputFiles({
        name: 'a.png',
        mimeType: 'image/png',
        buffer: Buffer.from(Array.from({ length: size }, (_, index) => index % 256)),
      })
    await choose(1001)
    await press('Send')
    await panel.locator('.field').getByText('Expected at most 1000 bytes, got 1001.').waitFor()
    await choose(5)
    await press('Send')
    await panel.getByText('Acknowledged').waitFor()
    assert.equal(heard, [['upload_avatar', ['avatar.png', [0, 1, 2, 3, 4]]]])
    assert.match(await panel.locator('.outcome').innerText(), '<4 bytes: 00 01 02 03>')
  })

  it('shows why a namespace refuses, and connects with the right auth', inBrowser, async context => {
    context.defer(silenced())
    const { panel, press, connect, heard } = await openConsole(context, '#/events/admin_receive_ban_user')
    await press('Connect')
    await panel.locator('[data-path="/auth/token"]').getByText('A value is required.').waitFor()
    await press('Connect anyway')
    await panel.getByText('Refused by the server').waitFor()
    assert.match(await panel.getByRole('alert').first().innerText(), /UNAUTHORIZED[^]*\/auth|UNAUTHORIZED/)
    await panel.getByRole('textbox', { name: 'token' }).fill('wrong')
    await press('Connect')
    await panel.getByText('The connection was refused').waitFor()
    await panel.getByRole('textbox', { name: 'token' }).fill('secret')
    await connect()
    await panel.getByRole('textbox', { name: 'userId' }).fill('7')
    await panel.getByRole('combobox', { name: 'reason' }).selectOption('abuse')
    await press('Send')
    await panel.getByText('A receipt, without a value.').waitFor()
    assert.equal(heard, [['ban_user', { userId: '7', reason: 'abuse' }]])
    await press('Disconnect')
    await panel.getByText('Not connected /admin').waitFor()
  })

  it('connects to a namespace with its parameters', inBrowser, async context => {
    const { panel, press, connect } = await openConsole(context, '#/events/game_id_receive_move')
    await panel.getByRole('textbox', { name: 'id' }).fill('42')
    await connect()
    await panel.getByText('Connected /game-42').waitFor()
    await panel.getByRole('textbox', { name: 'x' }).fill('1')
    await panel.getByRole('textbox', { name: 'y', exact: true }).fill('two')
    await press('Send')
    await panel.locator('[data-path="/1"]').getByText('Expected "integer"').waitFor()
    await panel.getByRole('textbox', { name: 'y', exact: true }).fill('2')
    await press('Send')
    await panel.getByText('"42: 1 2"').waitFor()
  })

  it('answers an output with an ack on request', inBrowser, async context => {
    const { page, panel, press, connect, heard, show } = await openConsole(context, '#/events/receive_start_probe')
    await connect()
    await press('Send')
    await page.getByRole('button', { name: 'Live log' }).click()
    await page.getByText('wants an answer').waitFor()
    await show('#/events/send_latency_probe')
    await press('Answer')
    await panel.locator('.field').getByText('A value is required.').waitFor()
    assert.equal(heard, [])
    await press('Use 1767323045012 for receivedAt')
    await press('Answer')
    await panel.getByText('Answered after').waitFor()
    await page.getByText('answered', { exact: true }).waitFor()
    await eventually(() => assert.equal(heard, [['latency_probe', { receivedAt: 1767323045012 }]]))

    await panel.getByRole('combobox', { name: 'What to answer with' }).selectOption('the error BUSY')
    await panel.getByRole('textbox', { name: 'forMs' }).fill('9')
    await panel.getByRole('checkbox', { name: 'Answer each one' }).check()
    await show('#/events/receive_start_probe')
    await press('Send')
    await page.getByRole('button', { name: /latency_probe.*BUSY/ }).waitFor()
    await eventually(() => {
      const error = Object(heard[1]?.[1])
      assert.equal([Reflect.get(error, 'code'), Reflect.get(error, 'data')], ['BUSY', { forMs: 9 }])
    })
  })

  it('logs received events: validated, filtered, paused', inBrowser, async context => {
    const { app, page, connect } = await openConsole(context, SIGN_UP)
    await connect()
    await page.getByRole('button', { name: 'Live log' }).click()
    const log = page.getByRole('region', { name: 'Live log' })
    const shows = (count: number) => eventually(async () => assert.is(await log.locator('.line').count(), count))
    app.io.emit('user_joined', { id: 'x' })
    app.io.emit('unknown_thing', 1)
    await log.getByRole('button', { name: /user_joined.*not valid/ }).click()
    await eventually(async () => assert.match(await log.innerText(), '/0/email'))
    await log.getByRole('button', { name: /unknown_thing.*unknown/ }).waitFor()
    await log.getByRole('searchbox').fill('thing')
    await shows(1)
    await log.getByRole('searchbox').fill('')
    await log.getByRole('combobox').selectOption('Connections')
    await shows(1)
    await log.getByRole('combobox').selectOption('All')
    await log.getByRole('button', { name: 'Pause' }).click()
    app.io.emit('unknown_thing', 2)
    await log.getByRole('button', { name: 'Resume (1)' }).waitFor()
    await shows(3)
    await log.getByRole('button', { name: 'Resume (1)' }).click()
    await shows(4)
    await log.getByRole('button', { name: 'Clear' }).click()
    await log.getByText('Nothing yet.').waitFor()
  })

  it('keeps up with a fast stream, of which it keeps the latest items', inBrowser, async context => {
    const { app, page, connect } = await openConsole(context, '#/events/send_user_joined')
    await connect()
    await page.getByRole('button', { name: 'Live log' }).click()
    await page.evaluate(`
      globalThis.steps = 0
      new MutationObserver(() => globalThis.steps++).observe(document.querySelector('.lines'), { childList: true })
    `)
    const most = 2_000
    for (let id = 1; id <= most; id++) app.io.emit('user_joined', { id: `the ${id}th` })
    const log = page.getByRole('region', { name: 'Live log' })
    await log.getByText(`the ${most}th`).waitFor()
    assert.is(await log.locator('.line').count(), 500)
    // Rendering each item would block the page.
    const steps = await page.evaluate<number>('globalThis.steps')
    assert.ok(steps < most / 4, `${steps} steps`)
  })

  it('distinguishes an unreachable server from a refusal, and reports a lost connection', inBrowser, async context => {
    const { app, panel, press, connect } = await openConsole(context, SIGN_UP)
    await connect()
    app.io.disconnectSockets(true)
    await panel.getByText('Disconnected', { exact: true }).waitFor()
    await app.close()
    await press('Connect')
    await panel.getByText('Server not reached').waitFor()
  })

  it('connects to another origin and path, and to no others', inBrowser, async context => {
    const http = createServer()
    const io = new Server(http, { path: '/elsewhere/ws', serveClient: false })
    io.on('connection', socket => socket.on('ping', ack => ack()))
    const url = await listen(http)
    context.defer(() => io.close())
    const given = { console: { url, path: '/elsewhere/ws' } }
    const { panel, press, connect, troubles } = await openConsole(context, '#/events/receive_ping', given)
    await connect()
    await press('Send')
    await panel.getByText('A receipt, without a value.').waitFor()
    assert.equal(troubles, [])
  })

  it('does not treat an offset of Socket.IO as an argument', inBrowser, async context => {
    const api = router({ tick: event.output(Type.Integer()) })
    const http = createServer()
    const io = new Server(http, { connectionStateRecovery: {} })
    attach(io, api)
    docs.serve(io, api)
    const url = await listen(http)
    context.defer(() => io.close())
    const { page } = await open(context, `${url}/docs#/events/send_tick`)
    await page.getByRole('button', { name: 'Connect' }).click()
    await page.getByText('Connected /').waitFor()
    for (const to of [io, io.volatile]) {
      to.emit('tick', 7)
      await page
        .getByText('Matches the contract', { exact: true })
        .nth(to === io ? 0 : 1)
        .waitFor()
    }
  })

  it('uses the path of the given Socket.IO server', inBrowser, async context => {
    const api = router({ ping: event.input().ack() })
    const http = createServer()
    const io = new Server(http, { path: '/ws' })
    io.on('connection', socket => socket.on('ping', ack => ack()))
    docs.serve(io, api)
    const url = await listen(http)
    context.defer(() => io.close())
    const { page } = await open(context, `${url}/docs#/events/receive_ping`)
    await page.getByRole('button', { name: 'Connect' }).click()
    await page.getByText('Connected /').waitFor()
  })

  it('reports an invalid answer, and a missing one', inBrowser, async context => {
    const api = router({ count: event.input().ack(Type.Integer()), wait: event.input().ack() })
    const http = createServer()
    const io = new Server(http)
    io.on('connection', socket => {
      socket.on('count', ack => ack('many'))
      socket.on('wait', () => socket.disconnect())
    })
    docs.serve(io, api)
    const url = await listen(http)
    context.defer(() => io.close())
    const { page } = await open(context, `${url}/docs#/events/receive_count`)
    const panel = page.getByRole('complementary', { name: 'Console' })
    const press = (name: string) => panel.getByRole('button', { name, exact: true }).click()
    await press('Connect')
    await press('Send')
    await panel.getByText('The answer does not match the contract').waitFor()
    await panel.getByText('Expected "integer"').waitFor()
    await show(page, '#/events/receive_wait')
    await press('Send')
    await panel.getByText('Disconnected before the acknowledgement').waitFor()
    await panel.getByText('Not connected /').waitFor()
  })

  it('says that an ack is required, and requests it', inBrowser, async context => {
    const api = router({ pay: event.input().ack(Type.Integer(), { required: true }), note: event.input().ack() })
    const http = createServer()
    const io = new Server(http)
    attach(io, api).on.pay(() => 7)
    docs.serve(io, api)
    const url = await listen(http)
    context.defer(() => io.close())
    const { page } = await open(context, `${url}/docs#/events/receive_pay`)
    await page.getByText('required: the server refuses the event if no answer is requested').waitFor()
    await page.getByRole('article').getByText('ack required', { exact: true }).waitFor()
    const panel = page.getByRole('complementary', { name: 'Console' })
    for (const name of ['Connect', 'Send']) await panel.getByRole('button', { name, exact: true }).click()
    await panel.getByText('Acknowledged').waitFor()
    await show(page, '#/events/receive_note')
    await page.getByText('the server answers', { exact: true }).waitFor()
    assert.is(await page.getByRole('article').getByText('ack required', { exact: true }).count(), 0)
  })

  it('is left out if it is disabled', inBrowser, async context => {
    const { page, requested } = await openConsole(context, SIGN_UP, { console: false })
    await page.getByRole('heading', { name: 'user_sign_up' }).waitFor()
    assert.is(await page.getByRole('button', { name: /Connect|Send|Live log/ }).count(), 0)
    assert.not.match(docs.html(chat, { ...options, console: false }), 'socket.io-parser')
    assert.ok(requested.length > 0)
  })
})

describe("the console's code", it => {
  const codeOf = async ({ panel }: Console, tab: string): Promise<string> => {
    await panel.getByRole('tab', { name: tab }).click()
    return panel.getByRole('region', { name: `${tab} code` }).innerText()
  }

  /** Creates a folder with the packages and the contract of the chat. */
  const createFolder = ({ defer }: TestContext): string => {
    const folder = mkdtempSync(join(import.meta.dirname, 'code-'))
    defer(() => rmSync(folder, { recursive: true }))
    return folder
  }

  const run = promisify(execFile)

  it('does the same as the form with socket.io-client', inBrowser, async context => {
    const chatPage = await openConsole(context, SIGN_UP)
    await chatPage.press('with a name')
    const code = await codeOf(chatPage, 'socket.io-client')
    const file = join(createFolder(context), 'call.mjs')
    writeFileSync(file, `${code}\nsocket.close()\n`)
    const { stdout } = await run(process.execPath, [file])
    assert.match(stdout, 'Welcome, alice!')
    assert.is(chatPage.heard.length, 1)
  })

  it('reads a stream with socket.io-client, in Python and with ackwire’s client', inBrowser, async context => {
    const chatPage = await openConsole(context, '#/events/receive_count_down')
    await chatPage.panel.getByRole('form', { name: 'Try count_down' }).getByRole('textbox').fill('2')
    const file = join(createFolder(context), 'read.mjs')
    writeFileSync(file, `${await codeOf(chatPage, 'socket.io-client')}\nsocket.close()\n`)
    assert.is((await run(process.execPath, [file])).stdout.trim(), '{ left: 2 }\n{ left: 1 }')
    const typed = await codeOf(chatPage, 'TypeScript')
    assert.match(typed, 'for await (const item of stream) console.log(item)\nconsole.log(await stream.result)')
    assert.match(typed, 'const stream = client.stream.count_down(2)')
    assert.match(await codeOf(chatPage, 'Python'), `page = sio.call("count_down:next", page['next'], timeout=None)`)
  })

  it('listens and answers like the page', inBrowser, async context => {
    const chatPage = await openConsole(context, '#/events/send_latency_probe')
    await chatPage.press('Use 1767323045012 for receivedAt')
    assert.match(await codeOf(chatPage, 'TypeScript'), 'client.on.latency_probe(value => {')
    const code = await codeOf(chatPage, 'socket.io-client')
    const file = join(createFolder(context), 'listen.mjs')
    // Continues as its author would: requests a probe, and exits once it is answered.
    writeFileSync(
      file,
      `${code}\nsocket.emit('start_probe')\nsocket.on('latency_probe', () => setTimeout(() => socket.close(), 100))\n`,
    )
    assert.match((await run(process.execPath, [file])).stdout, /sentAt: \d+/)
    await eventually(() => assert.equal(chatPage.heard, [['latency_probe', { receivedAt: 1767323045012 }]]))
    await chatPage.show('#/events/send_todo_done')
    assert.match(
      await codeOf(chatPage, 'socket.io-client'),
      "socket.on('todo:done', (arg1, arg2) => console.log(arg1, arg2))",
    )
  })

  it("does the same as the form with ackwire's client, and compiles", inBrowser, async context => {
    const chatPage = await openConsole(context, '#/events/game_id_receive_move')
    await chatPage.panel.getByRole('textbox', { name: 'id' }).fill('42')
    await chatPage.panel.getByRole('textbox', { name: 'x' }).fill('1')
    await chatPage.panel.getByRole('textbox', { name: 'y', exact: true }).fill('2')
    const code = await codeOf(chatPage, 'TypeScript')
    const client = resolve(import.meta.dirname, '../../../client/src/index.ts')
    const file = join(createFolder(context), 'call.ts')
    const found = code
      .replace("'@ackwire/client'", JSON.stringify(client))
      .replace('./contract.js', '../app.js')
      .replace('{ api }', '{ chat as api }')
    writeFileSync(file, `${found}\nprocess.exit()\n`)
    const { stdout } = await run(process.execPath, [...sources, file])
    assert.is(stdout.trim(), '42: 1 2')
    const tsc = resolve(import.meta.dirname, '../../../../node_modules/typescript/bin/tsc')
    const flags =
      '--ignoreConfig --noEmit --strict --skipLibCheck --allowImportingTsExtensions --target es2023 --module nodenext --customConditions ackwire-source --types node'
    const compiled = await run(process.execPath, [tsc, ...flags.split(' '), file]).catch(({ stdout: said }) => said)
    assert.equal(compiled, { stdout: '', stderr: '' })
  })

  const python = {
    name: 'Chromium and Python',
    available: () => need.available === true && spawnSync('python3', ['--version']).status === 0,
    install: 'apt-get install -y chromium python3',
  }

  it('is Python that calls and listens', { ...inBrowser, needs: python }, async context => {
    const chatPage = await openConsole(context, SIGN_UP)
    await chatPage.press('with a name')
    const call = await codeOf(chatPage, 'Python')
    assert.match(
      call,
      'reply = sio.call("user_sign_up", {"email": "alice@example.com", "password": "battery staple", "nickname": "alice", "newsletter": True})',
    )
    await chatPage.show('#/events/send_latency_probe')
    const listener = await codeOf(chatPage, 'Python')
    assert.match(listener, '@sio.on("latency_probe")')
    for (const code of [call, listener]) await run('python3', ['-c', 'import ast, sys; ast.parse(sys.argv[1])', code])

    // Debian's python3-socketio is installed for Debian's Python.
    const interpreters = ['python3', '/usr/bin/python3']
    const able = interpreters.find(each => spawnSync(each, ['-c', 'import socketio, requests']).status === 0)
    if (able === undefined) return console.log('not run: the Python client needs python3-socketio and python3-requests')
    const { stdout } = await run(able, ['-c', call])
    assert.is(stdout.trim(), "{'id': 1, 'welcome': 'Welcome, alice!'}")
  })

  it('is valid code for any event name', { ...inBrowser, needs: python }, async context => {
    const name = `it's "a" \\ \u2028 \n ''' ${'$'}{name} #`
    const api = router({ [name]: event.input(Type.Literal(name)).ack() })
    const folder = createFolder(context)
    const file = join(folder, 'docs.html')
    writeFileSync(file, docs.html(api))
    const { page } = await open(context, pathToFileURL(file).href)
    await page.getByRole('navigation').getByRole('link').nth(2).click()
    const codeFrom = async (tab: string): Promise<string> => {
      await page.getByRole('tab', { name: tab }).click()
      return (await page.getByRole('region', { name: `${tab} code` }).textContent()) ?? ''
    }
    for (const tab of ['TypeScript', 'socket.io-client']) {
      const script = join(folder, 'named.ts')
      writeFileSync(script, await codeFrom(tab))
      const { outputFiles } = buildSync({ entryPoints: [script], write: false, logLevel: 'silent' })
      assert.match(outputFiles[0]?.text ?? '', tab === 'TypeScript' ? 'client.emit[' : 'emitWithAck(')
    }
    const dump =
      'import ast, sys, json; print(json.dumps([n.value for n in ast.walk(ast.parse(sys.argv[1])) if isinstance(n, ast.Constant)]))'
    const { stdout } = await run('python3', ['-c', dump, await codeFrom('Python')])
    assert.is(JSON.parse(stdout).filter((each: unknown) => each === name).length, 2)
  })

  it('can be copied', inBrowser, async context => {
    const { page, panel } = await openConsole(context, SIGN_UP)
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
    // A timer would remove the confirmation, on a busy machine before it is checked.
    await page.evaluate('globalThis.setTimeout = () => 0')
    await panel.getByRole('button', { name: 'Copy TypeScript code' }).click()
    await panel.getByText('Copied').waitFor()
    assert.match(await page.evaluate<string>('navigator.clipboard.readText()'), 'createClient<typeof api>(')
  })
})

/** Silences the server's report of a refusal. */
function silenced(): () => void {
  const { error } = console
  console.error = () => {}
  return () => {
    console.error = error
  }
}
