/**
 * Retakes the screenshots of the examples' READMEs, with windows side by side:
 *
 *     node --conditions=ackwire-source --import ./scripts/typescript.mjs examples/screenshots.ts
 *
 * If pngquant is installed, the files are a third of the size.
 */
import { spawnSync } from 'node:child_process'
import { resolve } from 'node:path'
import type { Page } from 'playwright-core'
import { launch } from '../test/browser.js'
import { startExample } from '../test/example.js'
import { enter } from './chat/test/visitor.js'

const browser = await launch()

/** Takes one screenshot of the windows that `act` opens, each with its own storage. */
const take = async (
  name: string,
  size: { readonly width: number; readonly height: number },
  act: (open: () => Promise<Page>, url: string) => Promise<readonly Page[]>,
  main?: string,
): Promise<void> => {
  const { url, stop } = await startExample(name, main)
  const open = async (): Promise<Page> => {
    const page = await (await browser.newContext({ viewport: size, reducedMotion: 'reduce' })).newPage()
    await page.goto(url)
    return page
  }
  const frames = []
  for (const page of await act(open, url))
    frames.push((await page.screenshot({ animations: 'disabled', caret: 'hide' })).toString('base64'))
  const viewport = { width: frames.length * (size.width + 16) + 16, height: size.height + 32 }
  const all = await browser.newPage({ viewport })
  const frame = (data: string) =>
    `<img src="data:image/png;base64,${data}" style="border-radius:10px;box-shadow:0 1px 6px #0003">`
  await all.setContent(
    `<body style="margin:0;display:flex;gap:16px;padding:16px;background:#dfe3ee">${frames.map(frame).join('')}`,
  )
  const path = resolve(import.meta.dirname, name, 'screenshot.png')
  await all.screenshot({ path })
  spawnSync('pngquant', ['--force', '--strip', '--ext', '.png', path])
  await stop()
}

const chatSize = { width: 640, height: 480 }
await take('chat', chatSize, async (_, url) => {
  const window = (name: string) =>
    enter(browser, url, name, { viewport: chatSize, reducedMotion: 'reduce', locale: 'en-GB' })
  const [alice, bob] = [await window('alice'), await window('bob')]
  for (const [one, other, text] of [
    [alice, bob, 'Hi! Is anybody here?'],
    [bob, alice, 'I am. Did you see that each room is a stream?'],
    [alice, bob, 'Yes, and it resumes where it was after a reconnect.'],
  ] as const) {
    await one.says(text)
    await other.sees(text)
  }
  await bob.page.getByLabel('Message', { exact: true }).pressSequentially('And the names')
  await alice.sees('bob is typing …')
  return [alice.page, bob.page]
})

await take('tic-tac-toe', { width: 420, height: 680 }, async open => {
  const [x, o] = [await open(), await open()]
  await x.getByRole('button', { name: 'Find' }).click()
  await x.getByText('Waiting').waitFor()
  await o.getByRole('button', { name: 'Find' }).click()
  for (const [index, [page, other, cell]] of (
    [
      [x, o, 5],
      [o, x, 1],
      [x, o, 3],
      [o, x, 7],
      [x, o, 4],
    ] as const
  ).entries()) {
    await page.getByRole('button', { name: `Cell ${cell}: empty` }).click()
    await other.getByRole('button', { name: `Cell ${cell}: ${index % 2 === 0 ? 'X' : 'O'}` }).waitFor()
  }
  await o.getByRole('button', { name: 'Cell 5:' }).click()
  await o.getByText('X is already there.').waitFor()
  return [x, o]
})

await take('downloader', { width: 480, height: 440 }, async open => {
  const page = await open()
  await page.getByRole('button', { name: 'Download' }).click()
  await page.waitForFunction(`document.querySelector('progress').value > 0.6`)
  return [page]
})

await take(
  'vanilla',
  { width: 420, height: 500 },
  async open => {
    const [one, other] = [await open(), await open()]
    await one.getByLabel('Another option').fill('Both')
    await one.getByRole('button', { name: 'Suggest' }).click()
    await other.getByRole('button', { name: 'Both' }).click()
    await one.getByRole('button', { name: 'Tabs' }).click()
    await other.getByText('Tabs1').waitFor()
    await other.getByLabel('Another option').fill('Tabs')
    await other.getByRole('button', { name: 'Suggest' }).click()
    await other.getByText('Tabs is already an option.').waitFor()
    return [one, other]
  },
  'main.js',
)
await browser.close()
