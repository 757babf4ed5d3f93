/**
 * Takes the pictures of the page that the READMEs show, into `packages/docs/screenshots`:
 *
 *     node --conditions=ackwire-source --import ./scripts/typescript.mjs packages/docs/test/page/screenshots.ts
 *
 * With the fonts Inter and JetBrains Mono installed (fonts-inter, fonts-jetbrains-mono) they look as on most systems, and
 * with pngquant they are a third of the size.
 */
import { spawnSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { resolve } from 'node:path'
import type { BrowserContextOptions, Page } from 'playwright-core'
import { startChat } from './app.js'
import { launch, show } from '../../../../test/browser.js'

const folder = resolve(import.meta.dirname, '../../screenshots')
mkdirSync(folder, { recursive: true })

const desktop: BrowserContextOptions = { viewport: { width: 1360, height: 850 } }
const phone: BrowserContextOptions = {
  viewport: { width: 390, height: 780 },
  deviceScaleFactor: 2,
  isMobile: true,
  hasTouch: true,
}

const browser = await launch()

/** Takes one picture, of a chat that has just been started. */
const take = async (name: string, hash: string, options: BrowserContextOptions, act: (page: Page) => Promise<void>) => {
  const app = await startChat()
  const context = await browser.newContext({ ...options, baseURL: app.url, reducedMotion: 'reduce' })
  const page = await context.newPage()
  page.setDefaultTimeout(5_000)
  await page.goto(`/docs${hash}`)
  await act(page)
  await page.mouse.move(0, 0)
  const path = resolve(folder, `${name}.png`)
  await page.screenshot({ path, animations: 'disabled' })
  spawnSync('pngquant', ['--force', '--strip', '--ext', '.png', path])
  await context.close()
  await app.close()
}

const press = (page: Page, name: string): Promise<void> => page.getByRole('button', { name, exact: true }).click()

const connect = async (page: Page): Promise<void> => {
  await press(page, 'Connect')
  await page.getByText('Connected /').waitFor()
}

const signUp = async (page: Page): Promise<void> => {
  await connect(page)
  await press(page, 'valid')
  await press(page, 'Send')
  await page.getByText('Acknowledged').waitFor()
}

const overview = async (page: Page): Promise<void> => page.getByRole('heading', { name: 'Chat API' }).waitFor()

await take('overview', '', { ...desktop, colorScheme: 'light' }, overview)
await take('event', '#/events/receive_user_sign_up', { ...desktop, colorScheme: 'light' }, signUp)
await take('event-dark', '#/events/receive_user_sign_up', { ...desktop, colorScheme: 'dark' }, signUp)
await take('form-dark', '#/events/receive_send_message', { ...desktop, colorScheme: 'dark' }, async page => {
  await connect(page)
  await press(page, 'Use "lobby" for room')
  await press(page, 'Use "Hello there!" for text')
  await press(page, '+ attachment')
  await press(page, 'Send')
  await page.locator('.field').getByText('A value is required.').first().waitFor()
  await page.locator('.panel').evaluate('panel => panel.scrollTo(0, 0)')
})
await take('log', '#/events/send_latency_probe', { ...desktop, colorScheme: 'light' }, async page => {
  await connect(page)
  await show(page, '#/events/receive_user_sign_up')
  await press(page, 'valid')
  await press(page, 'Send')
  await page.getByText('Acknowledged').waitFor()
  await press(page, 'Send')
  await page.getByText('Failed', { exact: true }).waitFor()
  await show(page, '#/events/receive_start_probe')
  await press(page, 'Send')
  await show(page, '#/events/send_latency_probe')
  await press(page, 'Use 1767323045012 for receivedAt')
  await page.getByRole('button', { name: 'Live log' }).click()
  await page.getByText('wants an answer').waitFor()
})
await take('refused', '#/events/admin_receive_ban_user', { ...desktop, colorScheme: 'light' }, async page => {
  await page.getByRole('textbox', { name: 'token' }).fill('of yesterday')
  await press(page, 'Connect')
  await page.getByText('Refused by the server').waitFor()
})
await take('phone', '#/events/receive_user_sign_up', { ...phone, colorScheme: 'light' }, overviewOfEvent)
await take('phone-dark', '#/events/receive_user_sign_up', { ...phone, colorScheme: 'dark' }, async page => {
  await signUp(page)
  await page.locator('.call').evaluate('form => scrollTo(0, form.getBoundingClientRect().top + scrollY - 70)')
})

await browser.close()

async function overviewOfEvent(page: Page): Promise<void> {
  await page.getByRole('heading', { level: 1 }).waitFor()
}
