import { existsSync } from 'node:fs'
import { type Browser, type BrowserContextOptions, chromium, type Locator, type Page } from 'playwright-core'
import { type Need, shared, type TestContext, type TestOptions } from './harness.js'

/** The paths of the browser on Debian, Ubuntu and others. */
const executablePath = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync)

/** The browser as an optional part of the machine. */
export const need: Need = {
  name: 'Chromium',
  available: executablePath !== undefined,
  install: 'apt-get install -y chromium',
}

/**
 * The maximum wait in a test of the page. What such a test waits for happens within milliseconds or never, but the machine may be
 * busy, so only a failure takes this long.
 */
const LONGEST_WAIT_MS = 120_000
export const inBrowser: TestOptions = { needs: need, timeoutMs: 4 * LONGEST_WAIT_MS }

/** Launches a browser that makes no requests of its own. */
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

/** The browser shared by the tests of a file. */
export const sharedBrowser = shared({
  open: launch,
  isUsable: browser => browser.isConnected(),
  close: browser => browser.close(),
})

/** A page with its requests, and its problems: errors, and violations of its Content-Security-Policy. */
export interface Opened {
  readonly page: Page
  readonly troubles: string[]
  readonly requested: string[]
}

/** The pages that no test uses, by the options of their profile. A new profile costs more of the processor than most tests. */
const idle = new Map<string, Page[]>()

/** Returns the page of a profile that only this test uses until it ends. */
const takePage = async ({ defer }: TestContext, options: BrowserContextOptions): Promise<Page> => {
  const key = JSON.stringify(options)
  const pages = idle.get(key) ?? []
  idle.set(key, pages)
  const browser = await sharedBrowser()
  let page = pages.pop()
  while (page?.isClosed() === true) page = pages.pop()
  page ??= await (await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options })).newPage()
  defer(() => empty(page).then(() => pages.push(page)))
  return page
}

/** Leaves a page as a new one is: it has no document, no listeners, no permissions, and nothing is stored. */
const empty = async (page: Page): Promise<void> => {
  page.removeAllListeners()
  await page.evaluate('localStorage.clear(), sessionStorage.clear()').catch(() => {})
  await page.goto('about:blank')
  await page.context().clearPermissions()
}

/** Opens an address in an empty profile. */
export const open = async (context: TestContext, url: string, options: BrowserContextOptions = {}): Promise<Opened> => {
  const page = await takePage(context, options)
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

/** The sizes of an element, whose other properties tests outside of a browser have no types of. */
export interface Box {
  readonly scrollWidth: number
  readonly clientWidth: number
  readonly scrollHeight: number
  readonly clientHeight: number
}

/** Returns true if an element's content is wider than the element. */
export const isCut = (element: Locator): Promise<boolean> =>
  element.evaluate(({ scrollWidth, clientWidth }: Box) => scrollWidth > clientWidth)

/** Repeats a check until it no longer throws. @throws The check's last error after the maximum wait. */
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

/** Navigates to another part of an open page, and resolves once the previous part is gone. */
export const show = async (page: Page, hash: string): Promise<void> => {
  // The page's own listener was added earlier, so it runs before this one.
  await page.evaluate(`new Promise(shown => {
    const hash = ${JSON.stringify(hash)}
    if (location.hash === hash) return shown()
    addEventListener('hashchange', shown, { once: true })
    location.hash = hash
  }).then(() => {})`)
}
