import type { Browser } from 'playwright-core'
import * as assert from 'uvu/assert'
import { inBrowser, launch } from '../../../test/browser.js'
import { startExample } from '../../../test/example.js'
import { describe, type TestContext } from '../../../test/harness.js'
import { lineTo } from '../../../test/line.js'

/** Opens the page in a browser window with its own storage. */
const join = async (browser: Browser, url: string) => {
  const page = await (await browser.newContext()).newPage()
  page.setDefaultTimeout(30_000)
  const troubles: string[] = []
  page.on('pageerror', error => troubles.push(String(error)))
  await page.goto(url)
  const press = (name: string) => page.getByRole('button', { name }).click()
  return {
    page,
    troubles,
    press,
    /** Clicks a cell; cells are numbered from 1. */
    plays: (cell: number) => press(`Cell ${cell}:`),
    sees: (text: string) => page.getByText(text, { exact: true }).waitFor(),
    seesIn: (cell: number, what: string) => page.getByRole('button', { name: `Cell ${cell}: ${what}` }).waitFor(),
  }
}

/**
 * Starts the example with two matched players, and returns the browser for others. The second connects through `line` if given.
 */
const startMatch = async ({ defer }: TestContext, line?: (url: string) => Promise<string>) => {
  const { url, stop } = await startExample('tic-tac-toe')
  defer(stop)
  const browser = await launch()
  defer(() => browser.close())
  const [x, o] = [await join(browser, url), await join(browser, (await line?.(url)) ?? url)]
  await x.press('Find an opponent')
  await x.sees('Waiting for an opponent …')
  await o.press('Find an opponent')
  await x.sees('You are X; it is your turn')
  await o.sees('You are O; it is X’s turn')
  return { browser, url, x, o }
}

describe('the tic-tac-toe example', it => {
  it(
    'matches two players, refuses moves against the rules, and lets others watch existing games',
    inBrowser,
    async context => {
      const { browser, url, x, o } = await startMatch(context)
      for (const hash of ['#0123456789abcdef', '#nothing'])
        await (await join(browser, `${url}/${hash}`)).sees('There is no such game')
      const watcher = await join(browser, x.page.url())
      await watcher.sees('You are watching; it is X’s turn')

      await o.plays(1)
      await o.sees('It is X’s turn.')
      await watcher.plays(1)
      await watcher.sees('You are only watching.')
      await x.plays(1)
      for (const one of [x, o, watcher]) await one.seesIn(1, 'X')
      await o.sees('You are O; it is your turn')
      await o.plays(1)
      await o.sees('X is already there.')

      for (const [one, cell, mark] of [
        [o, 4, 'O'],
        [x, 2, 'X'],
        [o, 5, 'O'],
        [x, 3, 'X'],
      ] as const) {
        await one.plays(cell)
        for (const other of [x, o, watcher]) await other.seesIn(cell, mark)
      }
      await x.sees('You have won!')
      await o.sees('You have lost')
      await watcher.sees('X has won')
      await o.plays(9)
      await o.sees('The game is over.')
      await o.press('Another game')
      await o.press('Find an opponent')
      await x.press('Another game')
      await x.press('Find an opponent')
      await o.sees('You are X; it is your turn')
      await x.seesIn(1, 'empty')
      assert.equal([...x.troubles, ...o.troubles, ...watcher.troubles], [])
    },
  )

  it('keeps the game through a lost connection and a reload', inBrowser, async context => {
    let line: Awaited<ReturnType<typeof lineTo>> | undefined
    const { x, o } = await startMatch(context, async url => {
      line = await lineTo(url)
      context.defer(() => line?.cut())
      return line.url
    })
    await x.plays(5)
    await o.seesIn(5, 'X')
    line?.cut()
    await o.sees('Connection lost; the game is paused')
    await x.sees('Your opponent is away; the game is paused')
    line?.mend()
    await o.sees('You are O; it is your turn')
    await o.plays(1)
    await x.seesIn(1, 'O')

    await x.page.reload()
    await x.sees('You are X; it is your turn')
    await x.seesIn(1, 'O')
    await x.plays(2)
    await o.seesIn(2, 'X')
  })
})
