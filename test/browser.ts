import { existsSync } from 'node:fs'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import { type Need, shared, type TestContext, type TestOptions } from './harness.js'

/** Where Debian, Ubuntu and others have it. */
const executablePath = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync)

/** The browser, as a part that a machine may lack. */
export const need: Need = {
  name: 'Chromium',
  available: executablePath !== undefined,
  install: 'apt-get install -y chromium',
}

/**
 * The page's tests run in a real browser, on a machine that may have much else to do: what they wait for comes in
 * milliseconds or never, and only what never comes may wait as long as this.
 */
const LONGEST_WAIT_MS = 30_000
export const inBrowser: TestOptions = { needs: need, timeoutMs: 4 * LONGEST_WAIT_MS }

/** Starts a browser that asks nobody for anything by itself. */
export const launch = (): Promise<Browser> =>
  chromium.launch({
    executablePath: executablePath ?? '',
    timeout: LONGEST_WAIT_MS,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  })

/** The browser that the tests of a file share: each has a profile of its own in it. */
export const sharedBrowser = shared({
  open: launch,
  isUsable: browser => browser.isConnected(),
  close: browser => browser.close(),
})

/** A page, what it asked for, and what went wrong on it: errors, and refusals of its Content-Security-Policy. */
export interface Opened {
  readonly page: Page
  readonly troubles: string[]
  readonly requested: string[]
}

/** Opens an address in a profile of its own. */
export const open = async (
  { defer }: TestContext,
  url: string,
  options: BrowserContextOptions = {},
): Promise<Opened> => {
  const browser = await sharedBrowser()
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options })
  defer(() => context.close())
  const page = await context.newPage()
  page.setDefaultTimeout(LONGEST_WAIT_MS)
  const troubles: string[] = []
  const requested: string[] = []
  page.on('pageerror', error => troubles.push(String(error)))
  page.on('console', message => {
    if (message.type() === 'error' || message.type() === 'warning') troubles.push(message.text())
  })
  page.on('request', request => requested.push(request.url()))
  page.on('websocket', socket => requested.push(socket.url()))
  await page.goto(url)
  return { page, troubles, requested }
}

/** Waits until a check no longer throws; after the longest wait its last error is thrown. */
export const eventually = async (check: () => unknown): Promise<void> => {
  const end = performance.now() + LONGEST_WAIT_MS
  for (;;) {
    try {
      return void (await check())
    } catch (error) {
      if (performance.now() > end) throw error
    }
    await new Promise(resume => setTimeout(resume, 20))
  }
}

/** Goes to another part of an open page. What stood there before is gone when this resolves. */
export const show = async (page: Page, hash: string): Promise<void> => {
  // The page's own listener is the older one, so that it has been called before this one.
  await page.evaluate(`new Promise(shown => {
    const hash = ${JSON.stringify(hash)}
    if (location.hash === hash) return shown()
    addEventListener('hashchange', shown, { once: true })
    location.hash = hash
  }).then(() => {})`)
}
