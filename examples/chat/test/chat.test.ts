import * as assert from 'uvu/assert'
import { eventually, inBrowser, launch } from '../../../test/browser.js'
import { startExample } from '../../../test/example.js'
import { describe } from '../../../test/harness.js'
import { lineTo } from '../../../test/line.js'
import { enter, enterAs, listed } from './visitor.js'

describe('the chat example', it => {
  it(
    'lets two users talk, shows who is present and who is typing, and reserves a name for its owner',
    inBrowser,
    async ({ defer }) => {
      const { url, stop } = await startExample('chat')
      defer(() => stop())
      const browser = await launch()
      defer(() => browser.close())
      const alice = await enter(browser, url, 'alice')
      await eventually(async () => assert.equal(await listed(alice.page, 'Here'), ['alice']))
      await alice.says('Is anybody here?')
      await alice.sees('Is anybody here?')

      // Past messages are read, too.
      const bob = await enter(browser, url, 'bob')
      await bob.sees('Is anybody here?')
      for (const { page } of [alice, bob])
        await eventually(async () => assert.equal(await listed(page, 'Here'), ['alice', 'bob']))

      await bob.page.getByLabel('Message', { exact: true }).pressSequentially('I am')
      await alice.sees('bob is typing …')
      await bob.says('I am')
      await alice.sees('I am')
      await bob.sees('I am')
      assert.is((await listed(alice.page, 'Messages')).length, 2)
      await eventually(async () => assert.is(await alice.page.getByText('is typing').count(), 0))

      await bob.goes('kitchen')
      await eventually(async () => assert.equal(await listed(alice.page, 'Here'), ['alice']))
      await eventually(async () => assert.equal(await listed(bob.page, 'Here'), ['bob']))
      assert.equal(await listed(bob.page, 'Messages'), [])
      await bob.says('Alone')
      await bob.sees('Alone')
      await bob.goes('lobby')
      await bob.sees('Is anybody here?')
      await alice.says('Welcome back')
      await bob.sees('Welcome back')
      assert.is((await listed(bob.page, 'Messages')).length, 3)

      const thief = await enter(browser, url, 'alice')
      await thief.sees('The name alice is taken.')
      await thief.page.getByRole('button', { name: 'Choose another' }).click()
      await enterAs(thief.page, 'carol')
      await thief.sees('Welcome back')

      await bob.page.close()
      await eventually(async () => assert.equal(await listed(alice.page, 'Here'), ['alice', 'carol']))
      // A name is free again once its last connection has closed.
      await (await enter(browser, url, 'bob')).sees('Welcome back')
      assert.equal([...alice.troubles, ...bob.troubles], [])
    },
  )

  it('resumes behind the last message after a lost connection', inBrowser, async ({ defer }) => {
    const { url, stop } = await startExample('chat')
    defer(() => stop())
    const browser = await launch()
    defer(() => browser.close())
    const alice = await enter(browser, url, 'alice')
    const line = await lineTo(url)
    defer(() => line.cut())
    const bob = await enter(browser, line.url, 'bob')
    await alice.says('One')
    await bob.sees('One')
    line.cut()
    await bob.sees('connecting')
    await eventually(async () => assert.equal(await listed(alice.page, 'Here'), ['alice']))
    await alice.says('Two')
    await alice.sees('Two')
    line.mend()
    await bob.sees('Two')
    assert.is((await listed(bob.page, 'Messages')).length, 2)
    await eventually(async () => assert.equal(await listed(bob.page, 'Here'), ['alice', 'bob']))
  })

  it('serves its documentation', async ({ defer }) => {
    const { url, stop } = await startExample('chat')
    defer(() => stop())
    assert.match(await (await fetch(`${url}/docs`)).text(), 'A chat with rooms')
    assert.is((await fetch(`${url}/nothing`)).status, 404)
  })
})
