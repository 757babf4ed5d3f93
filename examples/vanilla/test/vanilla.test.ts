import { createClient } from '@ackwire/client'
import * as assert from 'uvu/assert'
import { eventually, inBrowser, open } from '../../../test/browser.js'
import { startExample } from '../../../test/example.js'
import { describe } from '../../../test/harness.js'
import { api } from '../contract.js'

describe('the vanilla example', it => {
  it('counts votes, accepts suggestions, and shows why one was refused', inBrowser, async context => {
    const { url, stop } = await startExample('vanilla', 'main.js')
    context.defer(() => stop())
    const { page, troubles, requested } = await open(context, url)
    const ben = createClient(api, url)
    context.defer(() => ben.close())
    const shows = (texts: readonly string[]) =>
      eventually(async () => assert.equal(await page.getByRole('listitem').allTextContents(), texts))
    const says = (text: string) => eventually(async () => assert.is(await page.getByRole('alert').textContent(), text))

    await shows(['Tabs0', 'Spaces0'])
    await page.getByRole('button', { name: 'Tabs' }).click()
    await shows(['Tabs1', 'Spaces0'])
    await page.getByRole('button', { name: 'Spaces' }).click()
    await ben.emit.vote('Tabs')
    await shows(['Tabs1', 'Spaces1'])
    await page.getByRole('button', { name: 'Spaces', pressed: true }).waitFor()

    const suggest = async (option: string) => {
      await page.getByLabel('Another option').fill(option)
      await page.getByRole('button', { name: 'Suggest' }).click()
    }
    await suggest('Tabs')
    await says('Tabs is already an option.')
    await suggest('x'.repeat(25))
    await says('Expected string length less or equal to 24')
    await suggest('Both')
    await says('')
    await shows(['Tabs1', 'Spaces1', 'Both0'])
    for (const option of ['4', '5', '6', '7', '8']) await ben.emit.suggest(option)
    await suggest('9')
    await says('8 options are the maximum.')

    // A vote counts only while its window is open.
    ben.close()
    await eventually(async () => assert.is(await page.getByRole('listitem').first().textContent(), 'Tabs0'))
    assert.equal(troubles, [])
    const { host } = new URL(url)
    assert.equal(new Set(requested.map(address => new URL(address).host)), new Set([host]))
  })
})
